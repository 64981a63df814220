//! Closures in coroutines, and coroutines in closures.

use steadfast::checked;

use crate::{other, send};

#[checked(__ask_everything)]
async fn called_in_place(numbers: &[u8]) -> Vec<u32> {
    let factor = 2;
    let doubled = numbers.iter().map(|number| {
        let wide = u32::from(*number);
        wide * factor
    });
    let list = doubled.collect();
    other().await;
    list
}

#[checked(__ask_everything)]
async fn kept() -> u8 {
    let base = 1;
    let add = move |number: u8| {
        let sum = number + base;
        sum * 2
    };
    other().await;
    add(1)
}

#[checked(__ask_everything)]
async fn that_changes() -> u8 {
    let mut count = 0;
    let mut increase = || {
        let before = count;
        count += 1;
        before
    };
    let first = increase();
    let second = increase();
    other().await;
    first + second + count
}

#[checked(__ask_everything)]
async fn that_is_called_once(text: String) -> usize {
    let consume = move || {
        let owned = text;
        owned.len()
    };
    other().await;
    consume()
}

#[checked(__ask_everything)]
async fn sorted(mut words: Vec<&str>) -> Vec<&str> {
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.retain(|word| !word.is_empty());
    other().await;
    words
}

#[checked(__ask_everything)]
async fn with_a_default(text: Option<&str>) -> String {
    let text = text.map_or_else(|| "none".to_owned(), |text| text.trim().to_owned());
    other().await;
    text
}

#[checked(__ask_everything)]
async fn that_gives_futures() -> u8 {
    let make = |number: u8| async move {
        let next = number + 1;
        other().await;
        next
    };
    let first = make(1).await;
    let second = make(first);
    second.await
}

#[checked(__ask_everything)]
async fn that_is_async() -> u8 {
    let base = 1;
    let run = async |number: u8| {
        let sum = number + base;
        other().await;
        sum
    };
    let first = run(1).await;
    run(first).await
}

#[checked(__ask_everything)]
async fn that_is_async_and_an_expression() -> u8 {
    let run = async |number: u8| number + 1;
    let number = run(1).await;
    other().await;
    number
}

#[checked(__ask_everything)]
async fn returned(base: u8) -> impl Fn(u8) -> u8 {
    let next = base + 1;
    other().await;
    move |number| number + next
}

#[checked(__ask_everything)]
async fn with_questions_marks(words: &[&str]) -> Result<u32, std::num::ParseIntError> {
    let parse = |word: &str| -> Result<u32, std::num::ParseIntError> {
        let number: u32 = word.parse()?;
        Ok(number + 1)
    };
    let mut sum = 0;
    for word in words {
        sum += parse(word)?;
        other().await;
    }
    Ok(sum)
}

#[checked(__ask_everything)]
async fn in_a_function_inside() -> u8 {
    const fn plain(number: u8) -> u8 {
        let next = number + 1;
        next * 2
    }
    async fn inner(number: u8) -> u8 {
        let next = plain(number);
        other().await;
        next
    }
    let number = inner(1).await;
    plain(number)
}

#[checked(__ask_everything)]
async fn folded(numbers: &[u8]) -> u32 {
    let sum = numbers.iter().copied().filter(|number| number % 2 == 1).fold(0, |sum, number| {
        let number = u32::from(number);
        sum + number
    });
    other().await;
    sum
}

#[tokio::test]
async fn all_of_them_run() {
    assert_eq!(send(called_in_place(&[1])).await, [2]);
    assert_eq!(send(kept()).await, 4);
    assert_eq!(send(that_changes()).await, 3);
    assert_eq!(send(that_is_called_once("ab".to_owned())).await, 2);
    assert_eq!(send(sorted(vec!["a", "", "bc"])).await, ["bc", "a"]);
    assert_eq!(send(with_a_default(None)).await, "none");
    assert_eq!(send(that_gives_futures()).await, 3);
    assert_eq!(that_is_async().await, 3);
    assert_eq!(send(that_is_async_and_an_expression()).await, 2);
    assert_eq!(send(returned(1)).await(1), 3);
    assert_eq!(send(with_questions_marks(&["1", "2"])).await, Ok(5));
    assert_eq!(send(in_a_function_inside()).await, 10);
    assert_eq!(send(folded(&[1, 2, 3])).await, 4);
}
