use tokio::time::{sleep, timeout};

async fn spins(address: &str) -> TcpStream {
    loop {
        match TcpStream::connect(address).await {
            Ok(stream) => return stream,
            Err(error) => log::warn!("{error}"), //~ retry_without_pause
        }
    }
}

async fn five_times(client: &Client) -> Result<Data, Error> {
    let mut last = None;
    for _ in 0..5 {
        let result = client.load().await;
        match result {
            Ok(data) => return Ok(data),
            Err(error) => last = Some(error), //~ retry_without_pause
        }
    }
    Err(last.unwrap())
}

async fn counted(client: &Client) -> Result<Data, Error> {
    let mut attempts = 0;
    loop {
        if let Ok(data) = client.load().await { //~ retry_without_pause
            break Ok(data);
        } else if attempts > 5 {
            return Err(Error::Unavailable);
        }
        attempts += 1;
    }
}

async fn with_a_limit(client: &Client) -> Result<Data, Error> {
    let mut attempts = 0;
    loop {
        match client.load().await {
            Ok(data) => break Ok(data),
            Err(error) => { //~ retry_without_pause
                attempts += 1;
                if attempts >= 5 {
                    return Err(error);
                }
            }
        }
    }
}

async fn pauses(client: &Client) -> Data {
    loop {
        match client.load().await {
            Ok(data) => return data,
            Err(error) => {
                log::warn!("{error}");
                sleep(PAUSE).await;
            }
        }
    }
}

async fn pauses_behind(client: &Client) -> Data {
    loop {
        match client.load().await {
            Ok(data) => return data,
            Err(error) => log::warn!("{error}"),
        }
        sleep(PAUSE).await;
    }
}

async fn pauses_in_front(client: &Client, mut ticks: Interval) -> Data {
    loop {
        ticks.tick().await;
        match client.load().await {
            Ok(data) => return data,
            Err(error) => log::warn!("{error}"),
        }
    }
}

async fn another_each_time(addresses: &[Address]) -> Option<TcpStream> {
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => return Some(stream),
            Err(error) => log::warn!("{error}"),
        }
    }
    None
}

async fn a_port_each_time() -> Option<TcpListener> {
    for port in 8000..9000 {
        match TcpListener::bind(("localhost", port)).await {
            Ok(listener) => return Some(listener),
            Err(error) => log::debug!("{port}: {error}"),
        }
    }
    None
}

async fn something_changes(client: &mut Client) -> Data {
    loop {
        match client.load().await {
            Ok(data) => return data,
            Err(_) => client.use_next_server(),
        }
    }
}

async fn only_some_errors(row: &Row) -> Result<(), Error> {
    loop {
        match row.compare_and_swap().await {
            Ok(()) => return Ok(()),
            Err(Error::Conflict) => continue,
            Err(error) => return Err(error),
        }
    }
}

async fn the_call_waits(mut events: Events, client: &Client) -> Data {
    loop {
        match timeout(LIMIT, client.load()).await {
            Ok(data) => return data,
            Err(_) => log::warn!("too slow"),
        }
    }
}

async fn work_in_rounds(mut jobs: Jobs) {
    loop {
        match jobs.run_one().await {
            Ok(()) => log::info!("done"),
            Err(error) => log::warn!("{error}"),
        }
    }
}

async fn another_port_each_time(range: Range<u16>) -> Option<TcpListener> {
    for _ in 0..150 {
        let port = fastrand::u16(range.clone());
        match TcpListener::bind(("localhost", port)).await {
            Ok(listener) => return Some(listener),
            Err(_) => continue,
        }
    }
    None
}
