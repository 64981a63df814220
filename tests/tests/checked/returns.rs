//! Return types that say little, and functions that are not `async` themselves.

use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;

use steadfast::checked;

use crate::{other, send};

#[allow(clippy::manual_async_fn, clippy::elidable_lifetime_names)]
#[checked(__ask_everything)]
fn captures_its_lifetime<'a>(text: &'a str) -> impl Future<Output = usize> + use<'a> {
    async move {
        let length = text.len();
        other().await;
        length
    }
}

#[checked(__ask_everything)]
fn captures_nothing(text: &str) -> impl Future<Output = usize> + Send + use<> {
    let length = text.len();
    async move {
        let double = length * 2;
        other().await;
        double
    }
}

#[checked(__ask_everything)]
fn boxed<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
    Box::pin(async move {
        let length = text.len();
        other().await;
        length
    })
}

#[checked(__ask_everything)]
async fn an_iterator(words: &[String]) -> impl Iterator<Item = &str> {
    let words = words.iter();
    other().await;
    words.map(String::as_str)
}

#[checked(__ask_everything)]
async fn something_to_display(number: u8) -> impl Display + use<> {
    let next = number + 1;
    other().await;
    format!("<{next}>")
}

#[checked(__ask_everything)]
async fn a_future_in_a_future(number: u8) -> impl Future<Output = u8> {
    let next = number + 1;
    other().await;
    async move {
        let last = next + 1;
        other().await;
        last
    }
}

#[checked(__ask_everything)]
async fn a_trait_object(large: bool) -> Box<dyn Display + Send> {
    let number = 3;
    other().await;
    if large {
        return Box::new("large");
    }
    Box::new(number)
}

#[checked(__ask_everything)]
async fn an_array_as_a_slice() -> &'static [u8] {
    let list = &[1, 2, 3];
    other().await;
    list
}

#[checked(__ask_everything)]
async fn a_function() -> fn(&str) -> usize {
    let length = |text: &str| text.len();
    other().await;
    length
}

#[checked(__ask_everything)]
async fn never(number: u8) -> Result<std::convert::Infallible, u8> {
    let next = number + 1;
    other().await;
    Err(next)
}

#[checked(__ask_everything)]
async fn recursive(left: u8) -> u8 {
    let next = left.saturating_sub(1);
    if next == 0 {
        return 1;
    }
    let rest = Box::pin(recursive(next)).await;
    rest + 1
}

#[checked(__ask_everything)]
async fn a_block_as_tail() -> u8 {
    let one = 1;
    {
        let two = one + 1;
        other().await;
        two
    }
}

#[checked(__ask_everything)]
async fn temporaries_in_the_tail(list: &std::sync::Mutex<Vec<u8>>) -> usize {
    let extra = 1;
    other().await;
    list.lock().unwrap().len() + extra
}

#[tokio::test]
async fn all_of_them_run() {
    assert_eq!(send(captures_its_lifetime("ab")).await, 2);
    assert_eq!(send(captures_nothing("ab")).await, 4);
    assert_eq!(send(boxed("ab")).await, 2);
    assert_eq!(send(an_iterator(&["a".to_owned()])).await.count(), 1);
    assert_eq!(format!("{}", send(something_to_display(1)).await), "<2>");
    assert_eq!(send(a_future_in_a_future(1)).await.await, 3);
    assert_eq!(send(a_trait_object(true)).await.to_string(), "large");
    assert_eq!(send(an_array_as_a_slice()).await.len(), 3);
    assert_eq!(send(a_function()).await("ab"), 2);
    assert_eq!(send(never(1)).await.unwrap_err(), 2);
    assert_eq!(recursive(3).await, 3);
    assert_eq!(send(a_block_as_tail()).await, 2);
    assert_eq!(send(temporaries_in_the_tail(&std::sync::Mutex::default())).await, 1);
}
