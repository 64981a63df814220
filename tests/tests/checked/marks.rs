//! Functions that are marked, and functions of the same names, which are not.

use std::pin::pin;
use std::time::Duration;

use steadfast::{blocking, cancel_unsafe, checked};
use steadfast_tests_marked::orders::{Journal, transfer};
use tokio::sync::mpsc::Receiver;
use tokio::time::timeout;

use crate::{other, send};

/// Takes a number and gives it back later.
#[cancel_unsafe]
async fn take(numbers: &mut Vec<u8>) -> Option<u8> {
    let number = numbers.pop();
    other().await;
    number
}

#[cancel_unsafe]
fn keep<T: Clone + Send>(value: &T) -> impl Future<Output = T> + use<T> {
    let copy = value.clone();
    async move {
        other().await;
        copy
    }
}

#[blocking]
const fn count(numbers: &[u8]) -> usize {
    numbers.len()
}

mod namesakes {
    use std::future::{Ready, ready};

    pub(super) fn transfer<T>(value: T) -> Ready<T> {
        ready(value)
    }

    pub(super) const fn count<T: Copy>(_: T) -> usize {
        1
    }

    pub(super) struct Log(pub(super) Vec<u8>);

    impl Log {
        pub(super) async fn append(&mut self, number: u8) -> usize {
            self.0.push(number);
            crate::other().await;
            self.0.len()
        }
    }
}

#[checked]
async fn awaited(mut numbers: Vec<u8>) -> (Option<u8>, usize) {
    let first = take(&mut numbers).await;
    let kept = keep(&numbers).await;
    let length = transfer("abc").await + namesakes::count(&numbers);
    (first.or_else(|| kept.first().copied()), length)
}

#[checked(__ask_everything)]
async fn of_the_same_name(mut log: namesakes::Log, mut news: Receiver<u8>) -> usize {
    let mut sum = 0;
    loop {
        tokio::select! {
            biased;
            Some(item) = news.recv() => sum += usize::from(item),
            length = log.append(1), if sum < 10 => sum += 10 * length,
            text = namesakes::transfer("ab") => return sum + text.len(),
        }
    }
}

#[checked]
async fn polled_on(mut numbers: Vec<u8>, mut news: Receiver<u8>) -> Option<u8> {
    let mut future = pin!(take(&mut numbers));
    let mut more = 0;
    loop {
        tokio::select! {
            biased;
            Some(item) = news.recv() => more += item,
            number = &mut future => return number.map(|number| number + more),
        }
    }
}

#[checked]
async fn late_and_on(journal: &mut Journal) -> usize {
    let lines = {
        let mut future = pin!(journal.append("a"));
        match timeout(Duration::ZERO, &mut future).await {
            Ok(lines) => lines,
            Err(_) => future.await,
        }
    };
    lines + journal.len().await
}

#[checked]
async fn left_with_it(journal: &mut Journal, mut stop: Receiver<()>) -> usize {
    loop {
        tokio::select! {
            biased;
            lines = journal.append("b") => if lines > 3 { return lines },
            _ = stop.recv() => return 0,
        }
    }
}

#[checked]
async fn shadowed(take: impl AsyncFn(u8) -> u8, mut news: Receiver<u8>) -> u8 {
    loop {
        tokio::select! {
            biased;
            Some(item) = news.recv() => assert!(item > 0),
            number = take(1) => return number,
        }
    }
}

#[tokio::test]
async fn all_of_them_run() {
    let news = |items: &[u8]| {
        let (tx, rx) = tokio::sync::mpsc::channel(8);
        for item in items {
            tx.try_send(*item).unwrap();
        }
        rx
    };
    assert_eq!(send(awaited(vec![1, 2])).await, (Some(2), 4));
    assert_eq!(send(of_the_same_name(namesakes::Log(Vec::new()), news(&[1, 2]))).await, 5);
    assert_eq!(send(polled_on(vec![7], news(&[1]))).await, Some(8));
    let mut journal = Journal::open().await;
    assert_eq!(send(late_and_on(&mut journal)).await, 2);
    assert_eq!(send(left_with_it(&mut journal, tokio::sync::mpsc::channel(1).1)).await, 4);
    assert_eq!(shadowed(async |number| number, news(&[1])).await, 1);
    assert_eq!(count(&[1]), 1);
}
