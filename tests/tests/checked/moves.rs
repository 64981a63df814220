//! Values that are gone, or not there yet, where something is asked about them.

use std::sync::Arc;

use steadfast::checked;

use crate::{other, send};

#[checked(__ask_everything)]
async fn moved_on(text: String) -> usize {
    let owned = text;
    let taken = owned;
    other().await;
    taken.len()
}

#[checked(__ask_everything)]
async fn dropped(text: String) -> bool {
    let copy = text.clone();
    drop(text);
    other().await;
    drop(copy);
    true
}

#[checked(__ask_everything)]
async fn moved_in_one_branch(text: String, away: bool) -> usize {
    let owned = text;
    if away {
        drop(owned);
        other().await;
        0
    } else {
        other().await;
        owned.len()
    }
}

#[checked(__ask_everything)]
async fn moved_and_set_again() -> String {
    let mut text = String::from("a");
    for _ in 0..2 {
        let before = text;
        other().await;
        text = before + "b";
    }
    text
}

#[checked(__ask_everything)]
async fn moved_into_a_block(list: Vec<u8>) -> usize {
    let owned = list;
    let length = async move {
        let inside = owned;
        other().await;
        inside.len()
    };
    length.await
}

#[checked(__ask_everything)]
async fn partly_moved(pair: (String, String)) -> usize {
    let both = pair;
    let first = both.0;
    other().await;
    let second = both.1;
    first.len() + second.len()
}

struct Job {
    name: String,
    steps: Vec<u8>,
}

#[checked(__ask_everything)]
async fn taken_apart(job: Job) -> usize {
    let Job { name, steps } = job;
    other().await;
    let length = name.len();
    drop(name);
    steps.len() + length
}

#[checked(__ask_everything)]
async fn updated(job: Job) -> Job {
    let renamed = Job { name: "b".to_owned(), ..job };
    other().await;
    renamed
}

#[checked(__ask_everything)]
async fn set_later(early: bool) -> u8 {
    let number;
    other().await;
    if early {
        number = 1;
        other().await;
    } else {
        number = 2;
    }
    number
}

#[checked(__ask_everything)]
async fn taken_out_of_an_option(mut slot: Option<String>) -> String {
    let taken = slot.take();
    other().await;
    let again = slot.replace("b".to_owned());
    drop(again);
    taken.unwrap_or_default()
}

#[checked(__ask_everything)]
async fn shared(text: Arc<str>) -> usize {
    let first = Arc::clone(&text);
    let second = text;
    other().await;
    drop(first);
    Arc::strong_count(&second)
}

#[checked(__ask_everything)]
async fn swapped() -> (u8, u8) {
    let mut one = 1;
    let mut two = 2;
    std::mem::swap(&mut one, &mut two);
    other().await;
    (one, two)
}

#[allow(clippy::let_underscore_future)]
#[checked(__ask_everything)]
async fn thrown_away(text: String) -> u8 {
    let _ = text.len();
    let _ = other();
    let _ = text;
    other().await;
    5
}

struct Noisy<'a>(&'a std::sync::Mutex<Vec<&'static str>>, &'static str);

impl Drop for Noisy<'_> {
    fn drop(&mut self) {
        self.0.lock().unwrap().push(self.1);
    }
}

const fn noisy<'a>(log: &'a std::sync::Mutex<Vec<&'static str>>, name: &'static str) -> Noisy<'a> {
    Noisy(log, name)
}

impl Noisy<'_> {
    const fn name(&self) -> &'static str {
        self.1
    }
}

/// Temporaries end where they would end without the questions.
#[checked(__ask_everything)]
async fn drops_in_the_same_order(log: &std::sync::Mutex<Vec<&'static str>>) -> usize {
    let first = noisy(log, "first");
    noisy(log, "statement").name();
    let length = noisy(log, "temporary").name().len();
    log.lock().unwrap().push("between");
    let _ = noisy(log, "thrown away");
    let second = noisy(log, "second");
    other().await;
    log.lock().unwrap().push("end");
    drop(first);
    second.name().len() + length
}

#[tokio::test]
async fn all_of_them_run() {
    assert_eq!(send(moved_on("ab".to_owned())).await, 2);
    assert!(send(dropped(String::new())).await);
    assert_eq!(send(moved_in_one_branch("ab".to_owned(), false)).await, 2);
    assert_eq!(send(moved_and_set_again()).await, "abb");
    assert_eq!(send(moved_into_a_block(vec![1, 2])).await, 2);
    assert_eq!(send(partly_moved(("a".to_owned(), "bc".to_owned()))).await, 3);
    let job = || Job { name: "a".to_owned(), steps: vec![1, 2] };
    assert_eq!(send(taken_apart(job())).await, 3);
    assert_eq!(send(updated(job())).await.name, "b");
    assert_eq!(send(set_later(true)).await, 1);
    assert_eq!(send(taken_out_of_an_option(Some("a".to_owned()))).await, "a");
    assert_eq!(send(shared("a".into())).await, 1);
    assert_eq!(send(swapped()).await, (2, 1));
    assert_eq!(send(thrown_away(String::new())).await, 5);
}

#[tokio::test]
async fn nothing_is_dropped_earlier_or_later() {
    let log = std::sync::Mutex::new(Vec::new());
    assert_eq!(drops_in_the_same_order(&log).await, 15);
    let log = log.into_inner().unwrap();
    assert_eq!(log, ["statement", "temporary", "between", "thrown away", "end", "first", "second"]);
}
