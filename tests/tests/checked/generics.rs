//! Type parameters, lifetimes, `impl Trait` and `async` closures as parameters.

use std::fmt::{Debug, Display};
use std::future::Future;
use std::hash::Hash;
use std::pin::Pin;

use steadfast::checked;

use crate::{other, send};

#[checked(__ask_everything)]
async fn a_clone<T: Clone>(value: T) -> (T, T) {
    let copy = value.clone();
    other().await;
    (value, copy)
}

#[checked(__ask_everything)]
async fn an_async_function<T: Clone + Send, F: AsyncFn(T) -> T>(value: T, run: F) -> T {
    let copy = value.clone();
    let once = run(copy).await;
    drop(value);
    let again = run(once);
    again.await
}

#[checked(__ask_everything)]
async fn an_async_function_once(run: impl AsyncFnOnce() -> u8) -> u8 {
    let number = run().await;
    other().await;
    number
}

#[checked(__ask_everything)]
async fn an_async_function_mut(mut run: impl AsyncFnMut(u8)) {
    for number in 0..2 {
        let next = number + 1;
        run(next).await;
    }
}

#[checked(__ask_everything)]
async fn a_future<F: Future>(future: F) -> F::Output {
    let waiting = future;
    let output = waiting.await;
    other().await;
    output
}

#[checked(__ask_everything)]
async fn a_function_that_gives_futures<F, Fut>(make: F) -> u8
where
    F: Fn(u8) -> Fut,
    Fut: Future<Output = u8>,
{
    let first = make(1);
    let second = make(2).await;
    first.await + second
}

#[checked(__ask_everything)]
async fn a_boxed_future(future: Pin<Box<dyn Future<Output = u8> + Send>>) -> u8 {
    let waiting = future;
    let number = waiting.await;
    other().await;
    number
}

#[checked(__ask_everything)]
async fn an_iterator(numbers: impl Iterator<Item = u8>) -> u32 {
    let numbers = numbers;
    let mut sum = 0;
    for number in numbers {
        sum += u32::from(number);
        other().await;
    }
    sum
}

#[checked(__ask_everything)]
async fn displayed(value: impl Display) -> String {
    let text = value.to_string();
    other().await;
    text
}

#[checked(__ask_everything)]
async fn a_trait_object(value: &(dyn Debug + Sync)) -> String {
    let text = format!("{value:?}");
    other().await;
    text
}

#[checked(__ask_everything)]
async fn a_constant_parameter<const N: usize>(numbers: [u8; N]) -> usize {
    let copy = numbers;
    other().await;
    copy.len() + N
}

#[checked(__ask_everything)]
async fn lifetimes<'a>(text: &'a str, other_text: &str) -> &'a str {
    let half = text.len() / 2;
    let head = &text[..half];
    let short = other_text.len() < 3;
    other().await;
    if short { head } else { text }
}

#[checked(__ask_everything)]
async fn higher_ranked(read: for<'a> fn(&'a str) -> &'a str) -> usize {
    let text = String::from("abc");
    let part = read(&text);
    other().await;
    part.len()
}

#[checked(__ask_everything)]
async fn associated<T: IntoIterator<Item: Into<u32>>>(numbers: T) -> u32 {
    let mut sum = 0;
    for number in numbers {
        let number = number.into();
        sum += number;
    }
    other().await;
    sum
}

#[checked(__ask_everything)]
async fn unsized_values(text: &str, list: &[u8]) -> usize {
    let boxed: Box<str> = text.into();
    let shared: std::sync::Arc<[u8]> = list.into();
    other().await;
    boxed.len() + shared.len()
}

#[checked(__ask_everything)]
async fn hashed<K: Hash + Eq + Clone, V: Default>(key: &K) -> usize {
    let mut map = std::collections::HashMap::new();
    let value = V::default();
    map.insert(key.clone(), value);
    other().await;
    map.len()
}

struct Pool<T> {
    items: Vec<T>,
}

impl<T: Clone> Pool<T> {
    #[checked(__ask_everything)]
    async fn first(&self) -> Option<T> {
        let first = self.items.first();
        other().await;
        first.cloned()
    }

    #[checked(__ask_everything)]
    async fn put(&mut self, item: T) -> &mut Self {
        let items = &mut self.items;
        other().await;
        items.push(item);
        self
    }

    #[checked(__ask_everything)]
    async fn into_items(self) -> Vec<T> {
        let Self { items } = self;
        other().await;
        items
    }

    #[checked(__ask_everything)]
    async fn map<U>(self, change: impl Fn(T) -> U) -> Pool<U> {
        let items = self.items.into_iter().map(change).collect();
        other().await;
        Pool { items }
    }
}

#[tokio::test]
async fn all_of_them_run() {
    assert_eq!(send(a_clone(1)).await, (1, 1));
    assert_eq!(an_async_function(1, async |number| number + 1).await, 3);
    assert_eq!(an_async_function_once(async || 3).await, 3);
    let mut sum = 0;
    an_async_function_mut(async |number| sum += number).await;
    assert_eq!(sum, 3);
    assert_eq!(send(a_future(async { 3 })).await, 3);
    assert_eq!(send(a_function_that_gives_futures(|number| async move { number })).await, 3);
    assert_eq!(send(a_boxed_future(Box::pin(async { 3 }))).await, 3);
    assert_eq!(send(an_iterator([1, 2].into_iter())).await, 3);
    assert_eq!(send(displayed(3)).await, "3");
    assert_eq!(send(a_trait_object(&3)).await, "3");
    assert_eq!(send(a_constant_parameter([1, 2])).await, 4);
    assert_eq!(send(lifetimes("abcd", "a")).await, "ab");
    assert_eq!(send(higher_ranked(|text| &text[1..])).await, 2);
    assert_eq!(send(associated([1_u8, 2])).await, 3);
    assert_eq!(send(unsized_values("ab", &[1])).await, 3);
    assert_eq!(send(hashed::<_, String>(&1)).await, 1);
    let mut pool = Pool { items: vec![1] };
    assert_eq!(send(pool.first()).await, Some(1));
    send(pool.put(2)).await;
    assert_eq!(send(pool.map(|number| number * 2)).await.into_items().await, [2, 4]);
}
