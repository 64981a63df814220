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
    let next = Counter { count: 1 }.next().max(1);
    Counter { count: 2 }.wait().await?;
    let _ = Counter { count: 3 }.count.to_string();
    other().await;
    Ok(next + u32::from(Counter { count: 4 }.wait().await?))
}

const fn sum(first: u32, #[cfg(any(unix, not(unix)))] second: u32, #[cfg(any())] third: u32) -> u32 {
    first + second
}

#[checked(__ask_everything)]
async fn arguments_that_are_not_compiled(number: u32) -> u32 {
    let sum = sum(
        number,
        #[cfg(any(unix, not(unix)))]
        u32::from(Counter { count: number }),
        #[cfg(any())]
        number.third(),
    );
    other().await;
    self::sum(
        #[cfg(any(unix, not(unix)))]
        sum,
        number,
        #[cfg(any())]
        number,
    )
}

#[checked(__ask_everything)]
async fn an_async_closure_that_is_called_twice(numbers: &[u32], more: u32) -> u32 {
    let offset = &more;
    let each: Vec<_> = numbers
        .iter()
        .map(async move |number| {
            let sum = sum(*number, *offset);
            other().await;
            let _ = numbers.len();
            sum + offset.count_ones()
        })
        .collect();
    let mut total = 0;
    for future in each {
        total += future.await;
    }
    total
}

/// The future borrows from what the reference stands for, not from the reference.
#[allow(clippy::manual_async_fn)]
#[checked(__ask_everything)]
fn a_block_that_outlives_its_references<'a>(
    text: &'a str,
    list: &'a [u8],
) -> impl Future<Output = usize> + 'a {
    async {
        let length = text.len();
        other().await;
        length + list.len()
    }
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
        Transport::Plain(stream) => Some(u32::from(stream)),
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
        #[cfg(any(unix, not(unix)))]
        count: stream.unwrap_or_default(),
        #[cfg(any())]
        key: key.wait().await,
    }
}

struct Shared<T: ?Sized> {
    value: std::cell::RefCell<T>,
}

impl<T: ?Sized> Shared<T> {
    #[checked(__ask_everything)]
    async fn is_free(&self) -> bool {
        let is_free = self.value.try_borrow().is_ok();
        other().await;
        is_free
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

fn applied<K>(key: &K, measure: impl FnOnce(&K, Option<usize>) -> Option<usize>) -> usize {
    measure(key, Some(1)).unwrap_or_default()
}

#[checked(__ask_everything)]
async fn a_closure_over_references_for_a_function(text: String) -> usize {
    let length = applied(&text, |text, more| more.map(|more| text.len() + more));
    other().await;
    length
}

trait Decoded: Sized {
    fn decoded(byte: u8) -> Self;
}

impl Decoded for Counter {
    fn decoded(byte: u8) -> Self {
        Self { count: u32::from(byte) }
    }
}

struct Store(Vec<u8>);

impl Store {
    fn read<T: Decoded>(&self) -> Result<T, ()> {
        self.0.first().copied().map(T::decoded).ok_or(())
    }

    fn lock<T: Decoded>(&self) -> Option<T> {
        self.read().ok()
    }
}

type Boxed<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;

#[checked]
fn types_that_are_told_behind_the_block(store: Store) -> Boxed<Result<(Counter, Vec<Counter>), ()>> {
    Box::pin(async move {
        let value = store.read()?;
        let mut all = Vec::new();
        if let Some(value) = store.lock() {
            other().await;
            all.push(value);
        }
        match store.read() {
            Ok(value) => {
                other().await;
                all.push(value);
            }
            Err(()) => other().await,
        }
        let locked = store.lock().unwrap();
        other().await;
        all.push(locked);
        Ok((value, all))
    })
}

#[tokio::test(flavor = "current_thread")]
async fn all_of_them_run() {
    assert_eq!(send(calls_on_a_struct_literal()).await, Ok(6));
    assert_eq!(send(code_that_is_not_compiled(Transport::Plain(8))).await.count, 8);
    assert_eq!(send(a_call_that_never_returns(Some(9))).await, 9);
    let shared: &Shared<[u8]> = &Shared { value: std::cell::RefCell::new([1, 2]) };
    assert!(shared.is_free().await);
    assert_eq!(send(a_closure_over_references_for_a_function("abc".to_owned())).await, 4);
    let read = types_that_are_told_behind_the_block(Store(vec![5])).await;
    assert_eq!(read.map(|(counter, all)| (counter.count, all.len())), Ok((5, 3)));
    assert_eq!(send(arguments_that_are_not_compiled(2)).await, 6);
    assert_eq!(send(an_async_closure_that_is_called_twice(&[1, 2], 3)).await, 13);
    assert_eq!(send(a_block_that_outlives_its_references("abc", &[1])).await, 4);
}
