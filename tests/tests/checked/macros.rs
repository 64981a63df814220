//! Functions that macros write, and macros inside of functions.

use steadfast::checked;

use crate::{other, send};

macro_rules! adds {
    ($name:ident, $number:expr, $ty:ty) => {
        #[checked(__ask_everything)]
        async fn $name(value: $ty) -> $ty {
            let added = $number;
            let sum = value + added;
            other().await;
            sum
        }
    };
}

adds!(adds_one, 1, u8);
adds!(adds_two_and_a_half, 2.5, f64);

macro_rules! with_a_body {
    ($name:ident($argument:ident) $body:block) => {
        #[checked(__ask_everything)]
        async fn $name($argument: &str) -> usize $body
    };
}

with_a_body!(measured(text) {
    let length = text.len();
    other().await;
    length
});

macro_rules! hygienic {
    ($value:expr) => {{
        let inner = $value;
        let double = inner * 2;
        double
    }};
}

#[checked(__ask_everything)]
async fn with_a_macro_inside(number: u32) -> u32 {
    let inner = hygienic!(number + 1);
    other().await;
    let again = hygienic!(inner);
    again
}

#[checked(__ask_everything)]
async fn formatted(name: &str) -> String {
    let text = format!("{name}: {}", name.trim().len());
    let more = format_args!("{text}!").to_string();
    other().await;
    more
}

#[checked(__ask_everything)]
async fn asserted(list: &std::sync::Mutex<Vec<u8>>) -> usize {
    assert!(list.lock().unwrap().is_empty(), "{:?}", list.lock().unwrap());
    assert_eq!(list.lock().unwrap().len(), 0);
    let length = list.lock().unwrap().len();
    debug_assert!(length == 0);
    other().await;
    length
}

#[checked(__ask_everything)]
async fn selected(numbers: &mut tokio::sync::mpsc::Receiver<u8>) -> Option<u8> {
    let mut sleep = std::pin::pin!(tokio::time::sleep(std::time::Duration::from_secs(60)));
    loop {
        tokio::select! {
            biased;
            number = numbers.recv() => {
                let number = number?;
                if number > 1 {
                    break Some(number);
                }
            }
            () = &mut sleep => break None,
        }
    }
}

#[checked(__ask_everything)]
async fn joined_and_tried() -> Result<(u8, u8), std::num::ParseIntError> {
    let parse = async |text: &str| {
        let number = text.parse::<u8>()?;
        other().await;
        Ok(number)
    };
    let (first, second) = tokio::try_join!(parse("1"), parse("2"))?;
    Ok((first, second))
}

#[checked(__ask_everything)]
async fn vectors() -> usize {
    let list = vec![1, 2, 3];
    let zeros = vec![0_u8; 3];
    other().await;
    list.len() + zeros.len()
}

#[checked(__ask_everything)]
async fn polled_by_hand() -> u8 {
    let mut left = 2;
    std::future::poll_fn(|context| {
        let now = left;
        if now == 0 {
            return std::task::Poll::Ready(());
        }
        left -= 1;
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
    left
}

tokio::task_local! {
    static DEPTH: u8;
}

#[checked(__ask_everything)]
async fn task_locals() -> u8 {
    let scoped = DEPTH.scope(3, async {
        let depth = DEPTH.get();
        other().await;
        depth
    });
    scoped.await
}

#[checked(__ask_everything)]
async fn instrumented() -> u8 {
    use tracing::Instrument;

    let span = tracing::info_span!("work");
    let work = async {
        let number = 3;
        other().await;
        number
    };
    work.instrument(span).await
}

#[tokio::test]
async fn all_of_them_run() {
    assert_eq!(send(adds_one(1)).await, 2);
    assert!(send(adds_two_and_a_half(1.0)).await > 3.0);
    assert_eq!(send(measured("ab")).await, 2);
    assert_eq!(send(with_a_macro_inside(1)).await, 8);
    assert_eq!(send(formatted("ab")).await, "ab: 2!");
    assert_eq!(send(asserted(&std::sync::Mutex::default())).await, 0);
    let (sender, mut receiver) = tokio::sync::mpsc::channel(4);
    sender.send(1).await.unwrap();
    sender.send(2).await.unwrap();
    assert_eq!(send(selected(&mut receiver)).await, Some(2));
    assert_eq!(joined_and_tried().await, Ok((1, 2)));
    assert_eq!(send(vectors()).await, 6);
    assert_eq!(send(polled_by_hand()).await, 0);
    assert_eq!(send(task_locals()).await, 3);
    assert_eq!(send(instrumented()).await, 3);
}
