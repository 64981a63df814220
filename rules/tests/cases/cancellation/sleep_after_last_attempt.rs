use std::time::Duration;
use tokio::time::{self, sleep};

async fn in_the_arm(client: &Client) -> Result<Data, Error> {
    for attempt in 0..5 {
        match client.load().await {
            Ok(data) => return Ok(data),
            Err(error) => {
                log::warn!("{error}");
                sleep(Duration::from_millis(100 << attempt)).await; //~ sleep_after_last_attempt
            }
        }
    }
    Err(Error::Unavailable)
}

async fn behind_it(client: &Client) -> Result<Data, Error> {
    for _ in 0..5 {
        if let Ok(data) = client.load().await {
            return Ok(data);
        }
        time::sleep(PAUSE).await; //~ sleep_after_last_attempt
    }
    Err(Error::Unavailable)
}

async fn not_after_the_last(client: &Client) -> Result<Data, Error> {
    for attempt in 1..=5 {
        match client.load().await {
            Ok(data) => return Ok(data),
            Err(error) if attempt == 5 => return Err(error),
            Err(_) => sleep(PAUSE).await,
        }
    }
    unreachable!()
}

async fn by_a_condition(client: &Client) -> Result<Data, Error> {
    for attempt in 0..5 {
        match client.load().await {
            Ok(data) => return Ok(data),
            Err(error) => log::warn!("{error}"),
        }
        if attempt < 4 {
            sleep(PAUSE).await;
        }
    }
    Err(Error::Unavailable)
}

async fn in_front(client: &Client) -> Result<Data, Error> {
    for attempt in 0..5 {
        sleep(DELAYS[attempt]).await;
        match client.load().await {
            Ok(data) => return Ok(data),
            Err(error) => log::warn!("{error}"),
        }
    }
    Err(Error::Unavailable)
}

async fn endless(client: &Client) -> Data {
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

async fn work_in_rounds(client: &Client) {
    for round in 0..5 {
        match client.load().await {
            Ok(data) => keep(data),
            Err(error) => log::warn!("{error}"),
        }
        sleep(PAUSE).await;
    }
}

async fn leaves_by_another_way(client: &Client, deadline: Instant) -> Result<Data, Error> {
    for _ in 0..100 {
        match client.load().await {
            Ok(data) => return Ok(data),
            Err(error) => {
                if Instant::now() > deadline {
                    return Err(error);
                }
                sleep(PAUSE).await;
            }
        }
    }
    Err(Error::Unavailable)
}

async fn handed_the_number(client: &Client) -> Result<Data, Error> {
    for attempt in 0..5 {
        if let Ok(data) = client.load(attempt).await {
            return Ok(data);
        }
        time::sleep(PAUSE).await; //~ sleep_after_last_attempt
    }
    Err(Error::Unavailable)
}

async fn asks_a_policy(client: &Client, policy: &Policy) -> Result<Data, Error> {
    for attempt in 0..5 {
        if let Ok(data) = client.load(attempt).await {
            return Ok(data);
        }
        if policy.gives_up(attempt) {
            break;
        }
        time::sleep(PAUSE).await;
    }
    Err(Error::Unavailable)
}

async fn asks_with_the_number(client: &Client, policy: &Policy) -> Result<Data, Error> {
    for attempt in 0..5 {
        match client.load(attempt).await {
            Ok(data) => return Ok(data),
            Err(error) if policy.is_last(attempt) => return Err(error),
            Err(_) => time::sleep(PAUSE).await,
        }
    }
    Err(Error::Unavailable)
}
