//! Errors, options, and statements whose value is not used.

use std::error::Error;
use std::fmt;

use steadfast::checked;

use crate::{other, send};

#[derive(Debug, PartialEq)]
enum Failure {
    Number(std::num::ParseIntError),
    Empty,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("failed")
    }
}

impl Error for Failure {}

impl From<std::num::ParseIntError> for Failure {
    fn from(error: std::num::ParseIntError) -> Self {
        Self::Number(error)
    }
}

#[checked(__ask_everything)]
async fn converted_by_the_question_mark(text: &str) -> Result<u8, Failure> {
    let number = text.parse::<u8>()?;
    let positive = (number > 0).then_some(number).ok_or(Failure::Empty)?;
    other().await;
    Ok(positive)
}

#[checked(__ask_everything)]
async fn boxed_errors(text: &str) -> Result<u8, Box<dyn Error + Send + Sync>> {
    let number = text.parse::<u8>()?;
    other().await;
    if number == 0 {
        return Err("zero".into());
    }
    Ok(number)
}

#[checked(__ask_everything)]
async fn any_error(text: &str) -> anyhow::Result<u8> {
    use anyhow::Context;

    let number = text.parse::<u8>().with_context(|| format!("{text} is no number"))?;
    anyhow::ensure!(number > 0, "zero");
    other().await;
    Ok(number)
}

#[checked(__ask_everything)]
async fn question_mark_on_an_await() -> Result<u8, Failure> {
    let number = converted_by_the_question_mark("3").await?;
    converted_by_the_question_mark("4").await?;
    let _ = converted_by_the_question_mark("x").await;
    Ok(number)
}

#[checked(__ask_everything)]
async fn options(words: &[&str]) -> Option<usize> {
    let first = words.first()?;
    let length = first.len();
    other().await;
    let second = words.get(1)?.len();
    Some(length + second)
}

#[allow(clippy::let_underscore_future)]
#[checked(__ask_everything)]
async fn values_that_nobody_uses(list: &mut Vec<u8>) -> usize {
    list.push(1);
    list.pop();
    other().await;
    list.insert(0, 4);
    let _ = list.first();
    let _ = other();
    list.len()
}

#[checked(__ask_everything)]
async fn a_future_that_is_kept_for_later() -> u8 {
    let later = converted_by_the_question_mark("3");
    other().await;
    let number = later.await;
    number.unwrap_or_default()
}

#[checked(__ask_everything)]
async fn an_expression_with_attributes(number: Option<u8>) -> u8 {
    #[allow(clippy::unnecessary_literal_unwrap)]
    let three = Some(3).unwrap();
    #[allow(clippy::let_and_return)]
    let number = {
        let number = number.unwrap_or(three);
        number
    };
    other().await;
    number
}

#[checked(__ask_everything)]
async fn the_last_expression_is_an_await(text: &str) -> Result<u8, Failure> {
    let text = text.trim();
    converted_by_the_question_mark(text).await
}

#[checked(__ask_everything)]
async fn the_last_expression_is_a_match(text: &str) -> &'static str {
    let outcome = converted_by_the_question_mark(text).await;
    match outcome {
        Ok(_) => "number",
        Err(Failure::Empty) => "zero",
        Err(Failure::Number(_)) => "text",
    }
}

#[checked(__ask_everything)]
async fn nothing() {
    other().await;
}

#[allow(clippy::unused_async)]
#[checked(__ask_everything)]
async fn really_nothing() {}

#[checked(__ask_everything)]
async fn unit_values() {
    let unit = ();
    other().await;
    drop(Some(unit));
}

#[tokio::test]
async fn all_of_them_run() {
    assert_eq!(send(converted_by_the_question_mark("0")).await, Err(Failure::Empty));
    assert!(send(boxed_errors("0")).await.is_err());
    assert!(send(any_error("x")).await.is_err());
    assert_eq!(send(question_mark_on_an_await()).await, Ok(3));
    assert_eq!(send(options(&["a", "bc"])).await, Some(3));
    assert_eq!(send(values_that_nobody_uses(&mut Vec::new())).await, 1);
    assert_eq!(send(a_future_that_is_kept_for_later()).await, 3);
    assert_eq!(send(an_expression_with_attributes(None)).await, 3);
    assert_eq!(send(the_last_expression_is_an_await(" 1 ")).await, Ok(1));
    assert_eq!(send(the_last_expression_is_a_match("x")).await, "text");
    send(nothing()).await;
    send(really_nothing()).await;
    send(unit_values()).await;
}
