use std::time::Duration;

use steadfast::stream;
use tokio::time::timeout;

async fn scope<T>(_: impl AsyncFnOnce(u8) -> T) {}

#[stream]
async fn in_a_scope() -> u8 {
    scope(async |s| {
        yield_!(s);
    })
    .await;
}

#[stream]
async fn under_a_timeout() -> u8 {
    let _ = timeout(Duration::from_secs(1), async {
        yield_!(1);
    })
    .await;
}

#[stream]
async fn under_a_policy() -> Result<u8, steadfast::PolicyError> {
    steadfast::apply!(timeout(2s); async {
        yield_!(Ok(1));
        Ok::<_, steadfast::PolicyError>(())
    })
    .await?;
}

#[stream]
async fn in_a_closure(numbers: Vec<u8>) -> u8 {
    numbers.iter().for_each(|number| yield_!(*number));
    numbers.iter().copied().for_each(|number| {
        if number > 1 {
            yield_!(number);
        }
    });
}

#[stream]
async fn in_an_async_block() -> u8 {
    let later = async {
        yield_!(1);
    };
    tokio::join!(later, async move { yield_!(2) });
    tokio::spawn(async {
        for number in 0..3 {
            yield_!(number);
        }
    });
}

#[stream]
async fn in_an_item() -> u8 {
    async fn inner() {
        yield_!(1);
    }
    struct Inner;
    impl Inner {
        async fn method(&self) {
            yield_!(2);
        }
    }
    inner().await;
    Inner.method().await;
}

fn main() {}
