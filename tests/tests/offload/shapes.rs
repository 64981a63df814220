//! Signatures and bodies that `#[offload]` takes.
#![deny(warnings, clippy::pedantic)]

use std::borrow::Cow;
use std::fmt::Display;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use steadfast::offload;

struct Store {
    rows: Vec<u32>,
}

trait Sum {
    fn sum(self: Arc<Self>) -> impl Future<Output = u32> + Send;
}

impl Sum for Store {
    #[offload]
    fn sum(self: Arc<Self>) -> u32 {
        self.rows.iter().sum()
    }
}

impl Store {
    #[offload]
    fn into_rows(self) -> Vec<u32> {
        // One field of it: the whole is taken nevertheless.
        self.rows
    }

    #[offload]
    fn sorted(mut self) -> Self {
        self.rows.sort_unstable();
        self
    }

    #[offload]
    fn boxed(self: Box<Self>, add: u32) -> Vec<u32> {
        self.rows.iter().map(|row| row + add).collect()
    }

    #[offload(pool = "cpu")]
    fn of(rows: Vec<u32>) -> Self {
        Self { rows }
    }
}

#[tokio::test]
async fn receivers_are_owned() {
    let store = Store::of(vec![3, 1, 2]).await.sorted().await;
    assert_eq!(store.into_rows().await, [1, 2, 3]);
    assert_eq!(Box::new(Store { rows: vec![1] }).boxed(1).await, [2]);
    assert_eq!(Arc::new(Store { rows: vec![1, 2] }).sum().await, 3);
}

/// The documentation stays.
#[offload]
#[must_use]
pub(crate) fn generic<T, const N: usize>(
    values: [T; N],
    join: impl Fn(&str, &str) -> String + Send + 'static,
) -> String
where
    T: Display + Send + 'static,
{
    values.iter().map(ToString::to_string).reduce(|one, other| join(&one, &other)).unwrap_or_default()
}

#[tokio::test]
async fn generics_and_impl_traits() {
    assert_eq!(generic([1, 2, 3], |one, other| format!("{one}+{other}")).await, "1+2+3");
}

#[offload]
fn patterns((a, mut b): (u32, u32), [c, ..]: [u32; 2], Store { rows }: Store, _: u8, mut own: u32) -> u32 {
    b += 1;
    own += 1;
    a + b + c + own + rows.iter().sum::<u32>()
}

#[tokio::test]
async fn patterns_in_arguments() {
    assert_eq!(patterns((1, 2), [3, 9], Store { rows: vec![1] }, 0, 4).await, 1 + 3 + 3 + 5 + 1);
}

#[offload]
fn ways_out(path: PathBuf, early: bool) -> io::Result<usize> {
    if early {
        return Ok(0);
    }
    let text = std::fs::read_to_string(path)?;
    Ok(text.len())
}

#[tokio::test]
async fn return_and_question_mark_leave_the_work() {
    assert_eq!(ways_out(PathBuf::new(), true).await.unwrap(), 0);
    assert!(ways_out("Cargo.toml".into(), false).await.unwrap() > 0);
    assert!(ways_out("no such file".into(), false).await.is_err());
}

#[offload]
fn opaque(up_to: u32) -> impl Iterator<Item = u32> + Send {
    (0..up_to).filter(|number| number % 2 == 0)
}

#[offload]
fn nested_opaque() -> Result<Box<impl Display + Send>, io::Error> {
    Ok(Box::new("text"))
}

#[tokio::test]
async fn what_it_returns_may_be_opaque() {
    assert_eq!(opaque(5).await.collect::<Vec<_>>(), [0, 2, 4]);
    assert_eq!(nested_opaque().await.unwrap().to_string(), "text");
}

#[offload]
fn lives_for_ever(text: &'static str, cow: Cow<'static, str>, f: fn(&str) -> usize) -> &'static str {
    assert_eq!(f(&cow), 3);
    text
}

#[offload]
fn coerced(boxed: bool) -> Box<dyn Display + Send> {
    if boxed { Box::new(1) } else { Box::new("text") }
}

#[offload]
fn unit() {
    let _ = 1;
}

#[offload]
fn with_inner_attributes() -> i32 {
    #![allow(unused_variables)]
    let x = 1;
    2
}

#[offload]
fn r#match(#[cfg(any())] gone: String, r#type: u8) -> u8 {
    r#type
}

#[tokio::test]
async fn types_and_names() {
    assert_eq!(lives_for_ever("text", "cow".into(), str::len).await, "text");
    assert_eq!(coerced(true).await.to_string() + &coerced(false).await.to_string(), "1text");
    unit().await;
    assert_eq!(with_inner_attributes().await, 2);
    assert_eq!(r#match(7).await, 7);
}

#[test]
fn the_future_crosses_threads() {
    fn is_send<T: Send>(_: &T) {}
    is_send(&unit());
    is_send(&opaque(1));
}
