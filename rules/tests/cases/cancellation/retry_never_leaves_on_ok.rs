use tokio::time::sleep;

async fn does_it_three_times(client: &Client) {
    for attempt in 1..=3 {
        match client.register().await {
            Ok(()) => log::info!("registered"), //~ retry_never_leaves_on_ok
            Err(error) => {
                log::warn!("attempt {attempt}: {error}");
                sleep(PAUSE).await;
            }
        }
    }
}

async fn without_a_success_arm(client: &Client) {
    for _ in 0..MAX_RETRIES {
        if let Err(error) = client.register().await { //~ retry_never_leaves_on_ok
            log::warn!("{error}");
            sleep(PAUSE).await;
        }
    }
}

async fn while_there_are_attempts(client: &Client) {
    let mut attempts = 0;
    while attempts < 5 {
        let result = client.register().await;
        match result {
            Ok(id) => log::info!("registered as {id}"), //~ retry_never_leaves_on_ok
            Err(_) => sleep(PAUSE).await,
        }
        attempts += 1;
    }
}

async fn leaves(client: &Client) {
    for attempt in 1..=3 {
        match client.register().await {
            Ok(()) => break,
            Err(error) => {
                log::warn!("attempt {attempt}: {error}");
                sleep(PAUSE).await; //~ sleep_after_last_attempt
            }
        }
    }
}

async fn leaves_behind_it(client: &Client) -> Option<Id> {
    let mut id = None;
    for attempt in 1..=3 {
        match client.register().await {
            Ok(new) => id = Some(new),
            Err(error) => log::warn!("attempt {attempt}: {error}"),
        }
        if id.is_some() {
            return id;
        }
        sleep(PAUSE).await;
    }
    None
}

async fn by_the_head(client: &Client) {
    let mut retries_left = 5;
    while retries_left > 0 {
        match client.register().await {
            Ok(()) => retries_left = 0,
            Err(_) => retries_left -= 1,
        }
    }
}

async fn reconnects(client: &Client) {
    for attempt in 0..10 {
        match client.connect().await {
            Ok(connection) => connection.serve().await,
            Err(error) => sleep(PAUSE * attempt).await,
        }
    }
}

async fn counts(client: &Client) -> u32 {
    let mut successes = 0;
    for _attempt in 0..100 {
        match client.ping().await {
            Ok(()) => successes += 1,
            Err(error) => log::warn!("{error}"),
        }
    }
    successes
}

async fn other_work(items: &[Item]) {
    for item in items {
        match store(item).await {
            Ok(()) => log::info!("stored"),
            Err(error) => log::warn!("{error}"),
        }
    }
    for shard in 0..8 {
        if let Err(error) = flush(shard).await {
            log::warn!("{error}");
        }
    }
}

async fn ends_by_failure(cursor: &mut Cursor) {
    for attempt in 0..10 {
        match cursor.advance().await {
            Ok(()) => log::info!("on"),
            Err(_) => break,
        }
    }
}
