use std::io;

use steadfast::stream;

#[stream]
async fn wrong_item() -> u8 {
    yield_!("text");
}

#[stream]
async fn not_in_ok() -> io::Result<u8> {
    yield_!(1);
}

#[stream]
async fn question_mark_without_result() -> u8 {
    let text = std::fs::read_to_string("file")?;
    yield_!(text.len() as u8);
}

#[stream]
async fn last_expression() -> u8 {
    yield_!(1);
    2
}

#[stream]
async fn last_expression_of_results() -> io::Result<u8> {
    yield_!(Ok(1));
    Ok(2)
}

#[stream]
async fn wrong_error() -> Result<u8, String> {
    let number: u8 = "1".parse::<u8>()?;
    yield_!(Ok(number));
}

struct ParseResult;

#[stream]
async fn named_like_a_result() -> ParseResult {
    yield_!(ParseResult);
}

fn main() {}
