//! Loops, labels, and code that never gets to its end.

use std::ops::ControlFlow;

use steadfast::checked;

use crate::{other, send};

#[checked(__ask_everything)]
async fn labels(limit: usize) -> usize {
    let mut count = 0;
    'outer: loop {
        let mut inner = 0;
        loop {
            inner += 1;
            count += inner;
            if count > limit {
                break 'outer count;
            }
            if inner > 3 {
                continue 'outer;
            }
            other().await;
        }
    }
}

#[checked(__ask_everything)]
async fn a_labelled_block(number: u8) -> &'static str {
    'found: {
        let half = number / 2;
        if half > 3 {
            break 'found "large";
        }
        other().await;
        "small"
    }
}

#[checked(__ask_everything)]
async fn for_over_a_range() -> u32 {
    let mut sum = 0;
    for number in 0..4 {
        let double = number * 2;
        other().await;
        sum += double;
    }
    sum
}

#[checked(__ask_everything)]
async fn for_over_owned_values(words: Vec<String>) -> usize {
    let mut total = 0;
    for word in words {
        let length = word.len();
        drop(word);
        other().await;
        total += length;
    }
    total
}

#[checked(__ask_everything)]
async fn for_with_a_pattern(pairs: &[(u8, &str)]) -> String {
    let mut text = String::new();
    for &(number, word) in pairs {
        let times = usize::from(number);
        text.push_str(&word.repeat(times));
        other().await;
    }
    text
}

#[checked(__ask_everything)]
async fn while_let_over_a_stack() -> u32 {
    let mut stack = vec![1];
    let mut seen = 0;
    while let Some(top) = stack.pop() {
        seen += 1;
        if top < 4 {
            let next = top + 1;
            stack.push(next);
        }
        other().await;
    }
    seen
}

#[checked(__ask_everything)]
async fn while_with_a_condition() -> u8 {
    let mut left = 3_u8;
    while left > 0 {
        let less = left - 1;
        other().await;
        left = less;
    }
    left
}

#[checked(__ask_everything)]
async fn endless_with_return(mut left: u8) -> &'static str {
    loop {
        let now = left;
        other().await;
        if now == 0 {
            return "done";
        }
        left -= 1;
    }
}

#[allow(clippy::needless_return)]
#[checked(__ask_everything)]
async fn nothing_but_a_return() -> u8 {
    let number = 4;
    other().await;
    return number;
}

#[allow(clippy::manual_let_else)]
#[checked(__ask_everything)]
async fn a_diverging_arm(text: Option<&str>) -> usize {
    let text = match text {
        Some(text) => text,
        None => return 0,
    };
    other().await;
    text.len()
}

#[checked(__ask_everything)]
async fn a_diverging_else(text: Option<&str>) -> usize {
    let Some(text) = text else {
        let zero = 0;
        other().await;
        return zero;
    };
    other().await;
    text.len()
}

#[checked(__ask_everything)]
async fn a_break_with_a_value(numbers: &[u8]) -> Option<u8> {
    let mut numbers = numbers.iter();
    let found = loop {
        let Some(number) = numbers.next() else { break None };
        if *number > 2 {
            break Some(*number);
        }
        other().await;
    };
    other().await;
    found
}

#[checked(__ask_everything)]
async fn control_flow(numbers: &[u8]) -> ControlFlow<u8> {
    let end = numbers.iter().try_for_each(|number| {
        let large = *number > 2;
        if large { ControlFlow::Break(*number) } else { ControlFlow::Continue(()) }
    });
    other().await;
    end
}

#[checked(__ask_everything)]
async fn never_returns(counter: &std::sync::atomic::AtomicU8) -> std::convert::Infallible {
    let order = std::sync::atomic::Ordering::Relaxed;
    loop {
        let before = counter.fetch_add(1, order);
        other().await;
        let _ = before;
    }
}

#[tokio::test]
async fn all_of_them_run() {
    assert!(send(labels(10)).await > 10);
    assert_eq!(send(a_labelled_block(9)).await, "large");
    assert_eq!(send(for_over_a_range()).await, 12);
    assert_eq!(send(for_over_owned_values(vec!["ab".to_owned()])).await, 2);
    assert_eq!(send(for_with_a_pattern(&[(2, "ab")])).await, "abab");
    assert_eq!(send(while_let_over_a_stack()).await, 4);
    assert_eq!(send(while_with_a_condition()).await, 0);
    assert_eq!(send(endless_with_return(2)).await, "done");
    assert_eq!(send(nothing_but_a_return()).await, 4);
    assert_eq!(send(a_diverging_arm(Some("ab"))).await, 2);
    assert_eq!(send(a_diverging_else(None)).await, 0);
    assert_eq!(send(a_break_with_a_value(&[1, 3])).await, Some(3));
    assert_eq!(send(control_flow(&[1, 3])).await, ControlFlow::Break(3));
    let counter = std::sync::atomic::AtomicU8::new(0);
    let endless = send(never_returns(&counter));
    let limit = std::time::Duration::from_millis(1);
    assert!(tokio::time::timeout(limit, endless).await.is_err());
}
