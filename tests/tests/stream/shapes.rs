//! Signatures and bodies that `#[stream]` takes.
#![deny(warnings, clippy::pedantic)]

use std::fmt::Display;
use std::io;
use std::sync::Arc;

use futures::StreamExt;
use steadfast::{Stream, stream};

struct Table {
    rows: Vec<String>,
}

impl Table {
    #[stream]
    async fn matching<'a>(&'a self, part: &str) -> &'a str {
        for row in &self.rows {
            if row.contains(part) {
                yield_!(row.as_str());
            }
        }
    }

    #[stream]
    async fn drained(&mut self) -> String {
        while let Some(row) = self.rows.pop() {
            yield_!(row);
        }
    }

    #[stream]
    async fn owned(self) -> String {
        for row in self.rows {
            yield_!(row);
        }
    }

    #[stream]
    async fn shared(self: Arc<Self>, from: usize) -> Result<String, io::Error> {
        let row = self.rows.get(from).ok_or_else(|| io::Error::other("none"))?;
        yield_!(Ok(row.clone()));
    }
}

fn table() -> Table {
    Table { rows: vec!["one".to_owned(), "two".to_owned(), "three".to_owned()] }
}

#[tokio::test]
async fn receivers_and_borrows() {
    let mut rows = table();
    let found: Vec<&str> = {
        let part = "o".to_owned();
        rows.matching(&part).collect().await
    };
    assert_eq!(found, ["one", "two"]);
    assert_eq!(Box::pin(rows.drained()).next().await, Some("three".to_owned()));
    assert_eq!(rows.owned().count().await, 2);
    assert_eq!(Arc::new(table()).shared(1).count().await, 1);
}

trait Source {
    type Row: Send;

    #[stream]
    async fn rows(&self) -> Self::Row;

    #[stream]
    async fn twice(&self) -> u8 {
        yield_!(1);
        yield_!(2);
    }
}

impl Source for Table {
    type Row = usize;

    #[stream]
    async fn rows(&self) -> usize {
        for row in &self.rows {
            yield_!(row.len());
        }
    }
}

#[tokio::test]
async fn methods_of_traits() {
    async fn lengths<S: Source>(source: &S) -> Vec<S::Row> {
        source.rows().collect().await
    }
    assert_eq!(lengths(&table()).await, [3, 3, 5]);
    assert_eq!(table().twice().collect::<Vec<_>>().await, [1, 2]);
}

/// The documentation stays.
#[stream]
#[allow(clippy::items_after_statements)]
pub(crate) async fn generic<T, const N: usize>(
    (values, _rest): ([T; N], u8),
    mut copies: usize,
    _: Arc<()>,
) -> T
where
    T: Clone,
{
    let values = values.to_vec();
    fn nested() -> usize {
        1
    }
    while copies >= nested() {
        copies -= 1;
        for value in &values {
            yield_!(value.clone());
        }
    }
}

#[stream]
async fn opaque() -> impl Display {
    yield_!(1);
    yield_!(2);
}

#[stream]
async fn opaque_or_error(fail: bool) -> Result<impl Display, io::Error> {
    if fail {
        Err(io::Error::other("asked for"))?;
    }
    yield_!(Ok("text"));
}

#[stream]
async fn boxed() -> Box<dyn Display> {
    yield_!(Box::new(1));
    yield_!(Box::new("two"));
}

#[stream]
async fn units() {
    yield_!();
    yield_!(());
}

#[stream]
async fn endless() -> u64 {
    let mut number = 0;
    loop {
        yield_!(number);
        number += 1;
    }
}

#[stream]
async fn endless_results() -> io::Result<u64> {
    let mut number = 0;
    loop {
        yield_!(Ok(number));
        number += 1;
    }
}

#[stream]
async fn r#match(r#type: u8) -> u8 {
    yield_!(r#type);
}

#[tokio::test]
async fn types_and_names() {
    let held = Arc::new(());
    let mut copies = Box::pin(generic(([1, 2], 0), 2, Arc::clone(&held)));
    assert_eq!(copies.next().await, Some(1));
    assert_eq!(Arc::strong_count(&held), 2, "also an argument without a name lives as long as the stream");
    assert_eq!(copies.collect::<Vec<_>>().await, [2, 1, 2]);
    let texts: Vec<String> = opaque().map(|item| item.to_string()).collect().await;
    assert_eq!(texts, ["1", "2"]);
    assert!(Box::pin(opaque_or_error(false)).next().await.unwrap().is_ok());
    assert!(Box::pin(opaque_or_error(true)).next().await.unwrap().is_err());
    assert_eq!(boxed().map(|item| item.to_string()).collect::<Vec<_>>().await, ["1", "two"]);
    assert_eq!(units().count().await, 2);
    assert_eq!(endless().skip(5).take(1).collect::<Vec<_>>().await, [5]);
    assert_eq!(endless_results().take(5).count().await, 5);
    assert_eq!(r#match(7).collect::<Vec<_>>().await, [7]);
}

#[stream]
async fn expressions(numbers: Vec<u32>, more: Option<u32>) -> u32 {
    let is_even = |number: &u32| number & 1 == 0 || *number == 1;
    for number in numbers.iter().copied().filter(is_even) {
        match number {
            0 | 1 => yield_!(number),
            other if other > 3 && numbers.iter().any(|number| *number > 3) => {
                yield_!(other * 10);
            }
            _ => {}
        }
    }
    if let Some(more) = more {
        yield_!(more)
    }
    let last = { numbers.last().map_or(0, |last| *last) };
    yield_!(last | 1);
    yield_!(if last > 3 || last == 0 { last } else { 0 });
}

#[tokio::test]
async fn yields_stand_where_expressions_do() {
    let all: Vec<_> = expressions(vec![0, 1, 2, 3, 4], Some(9)).collect().await;
    assert_eq!(all, [0, 1, 40, 9, 5, 4]);
}

#[test]
fn the_type_is_a_stream() {
    fn is_stream<T>(_: &impl Stream<Item = T>) {}
    is_stream::<u8>(&table().twice());
}
