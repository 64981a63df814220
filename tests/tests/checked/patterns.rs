//! Every way to bind a name.

use std::collections::HashMap;

use steadfast::checked;

use crate::{other, send};

enum Event {
    Key { code: u8, shift: bool },
    Click(i32, i32),
    Quit,
}

#[checked(__ask_everything)]
async fn matched(event: Event) -> i32 {
    let number = match event {
        Event::Key { code, shift: true } => i32::from(code) * 2,
        Event::Key { code, .. } => {
            let code = i32::from(code);
            other().await;
            code
        }
        Event::Click(x, y) if x > y => x - y,
        Event::Click(x, y) => {
            let sum = x + y;
            other().await;
            sum
        }
        Event::Quit => 0,
    };
    other().await;
    number
}

#[checked(__ask_everything)]
async fn by_reference(event: &Event) -> bool {
    let is_key = matches!(event, Event::Key { .. });
    if let Event::Click(x, y) = event {
        let sum = x + y;
        other().await;
        return sum > 0;
    }
    is_key
}

#[checked(__ask_everything)]
async fn nested(value: Option<Result<(u8, &str), String>>) -> usize {
    let Some(Ok((number, text))) = value else { return 0 };
    let length = text.len();
    other().await;
    usize::from(number) + length
}

#[checked(__ask_everything)]
async fn let_chains(first: Option<u8>, second: Result<u8, ()>) -> u8 {
    if let Some(first) = first
        && let Ok(second) = second
        && first < second
    {
        let between = second - first;
        other().await;
        between
    } else {
        0
    }
}

#[checked(__ask_everything)]
async fn bound_whole(numbers: [u8; 3]) -> usize {
    let all @ [first, .., last] = numbers;
    let ref_to_all = &all;
    other().await;
    ref_to_all.len() + usize::from(first + last)
}

#[checked(__ask_everything)]
async fn mutable_parts(pair: (u8, String)) -> (u8, String) {
    let (mut number, mut text) = pair;
    number += 1;
    other().await;
    text.push('b');
    (number, text)
}

#[checked(__ask_everything)]
async fn shadowed(number: &str) -> u32 {
    let number = number.trim();
    let number: u32 = number.parse().unwrap_or_default();
    let number = number + 1;
    other().await;
    let number = number * 2;
    number
}

#[checked(__ask_everything)]
async fn tuple_assignment() -> (u8, u8) {
    let mut one = 1;
    let mut two = 2;
    (one, two) = (two, one + 1);
    other().await;
    [two, _] = [5, two];
    (one, two)
}

#[checked(__ask_everything)]
async fn in_the_parameters((first, second): (u8, u8), [third, ..]: [u8; 2]) -> u8 {
    let sum = first + second;
    other().await;
    sum + third
}

#[checked(__ask_everything)]
async fn with_underscores(_unused: u8, _: String) -> u8 {
    let _number = 3;
    let (_, second) = (1, 2);
    other().await;
    second
}

#[checked(__ask_everything)]
async fn raw_names(r#type: u8) -> u8 {
    let r#match = r#type + 1;
    other().await;
    r#match
}

#[checked(__ask_everything)]
async fn constants_in_patterns(number: u8) -> &'static str {
    const LIMIT: u8 = 3;
    let text = match number {
        LIMIT => "limit",
        0..LIMIT => "below",
        _ => "above",
    };
    other().await;
    text
}

#[checked(__ask_everything)]
async fn while_let_with_a_reference(map: &mut HashMap<u8, Vec<u8>>) -> usize {
    let mut count = 0;
    for (key, list) in map.iter_mut() {
        let key = *key;
        while let Some(last) = list.pop() {
            count += usize::from(last + key);
        }
        other().await;
    }
    count
}

#[checked(__ask_everything)]
async fn a_struct_literal(code: u8) -> Event {
    let shift = code > 3;
    other().await;
    Event::Key { code, shift }
}

#[tokio::test]
async fn all_of_them_run() {
    assert_eq!(send(matched(Event::Key { code: 1, shift: true })).await, 2);
    assert_eq!(send(matched(Event::Click(1, 2))).await, 3);
    assert_eq!(send(matched(Event::Quit)).await, 0);
    assert!(send(by_reference(&Event::Click(1, 2))).await);
    assert_eq!(send(nested(Some(Ok((1, "ab"))))).await, 3);
    assert_eq!(send(let_chains(Some(1), Ok(3))).await, 2);
    assert_eq!(send(bound_whole([1, 2, 3])).await, 7);
    assert_eq!(send(mutable_parts((1, "a".to_owned()))).await, (2, "ab".to_owned()));
    assert_eq!(send(shadowed(" 1")).await, 4);
    assert_eq!(send(tuple_assignment()).await, (2, 5));
    assert_eq!(send(in_the_parameters((1, 2), [3, 4])).await, 6);
    assert_eq!(send(with_underscores(1, String::new())).await, 2);
    assert_eq!(send(raw_names(1)).await, 2);
    assert_eq!(send(constants_in_patterns(3)).await, "limit");
    assert_eq!(send(while_let_with_a_reference(&mut HashMap::from([(1, vec![1, 2])]))).await, 5);
    assert!(matches!(send(a_struct_literal(4)).await, Event::Key { shift: true, .. }));
}
