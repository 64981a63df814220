//! Shapes of published crates that a question once broke.

use steadfast::checked;

use crate::{other, send};

struct Counter {
    count: u32,
}

impl Counter {
    const fn next(self) -> u32 {
        self.count + 1
    }

    async fn wait(self) -> Result<Self, ()> {
        other().await;
        Ok(self)
    }
}

impl From<Counter> for u32 {
    fn from(counter: Counter) -> Self {
        counter.count
    }
}

#[checked(__ask_everything)]
async fn calls_on_a_struct_literal() -> Result<u32, ()> {
    let next = Some(Counter { count: 1 }.next()).unwrap_or_default();
    Counter { count: 2 }.wait().await?;
    let _ = Counter { count: 3 }.count.to_string();
    other().await;
    Ok(next + u32::from(Counter { count: 4 }.wait().await?))
}

enum Transport {
    Plain(u8),
    #[cfg(any())]
    Secret(Key),
}

#[checked(__ask_everything)]
async fn code_that_is_not_compiled(transport: Transport) -> Counter {
    #[cfg(any())]
    let key = transport.key();
    #[cfg(any())]
    key.wait().await;
    let stream = match transport {
        Transport::Plain(stream) => Some(stream).map(u32::from),
        #[cfg(any())]
        Transport::Secret(key) => key.wait().await,
        #[cfg(any())]
        Transport::Secret(key) => {
            let stream = key.wait().await;
            stream
        }
    };
    other().await;
    #[cfg(any())]
    {
        let key = Key::new();
        key.wait().await;
    }
    Counter {
        #[cfg(all())]
        count: stream.unwrap_or_default(),
        #[cfg(any())]
        key: key.wait().await,
    }
}

fn never_returns(reason: &str) -> ! {
    panic!("{reason}")
}

#[checked(__ask_everything)]
async fn a_call_that_never_returns(number: Option<u8>) -> u8 {
    let block = async {
        other().await;
        match number {
            Some(number) => number,
            None => {
                never_returns("no number");
            }
        }
    };
    let number = block.await;
    if number == 0 {
        never_returns("zero");
    }
    number
}

#[tokio::test(flavor = "current_thread")]
async fn all_of_them_run() {
    assert_eq!(send(calls_on_a_struct_literal()).await, Ok(6));
    assert_eq!(send(code_that_is_not_compiled(Transport::Plain(8))).await.count, 8);
    assert_eq!(send(a_call_that_never_returns(Some(9))).await, 9);
}
