//! Types that are told only behind the place of the question: behind an `async` block, or by the function that takes a
//! closure. Each function stands here twice: with what the rules ask, and with every question at every place.

use std::collections::HashMap;
use std::num::ParseIntError;
use std::pin::Pin;

use tokio::sync::mpsc;

use crate::{other, send};

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Failure = Box<dyn std::error::Error + Send + Sync>;

trait Kept: Sized {
    fn kept(number: u32) -> Self;
}

impl Kept for u32 {
    fn kept(number: u32) -> Self {
        number
    }
}

impl Kept for Result<u32, Failure> {
    fn kept(number: u32) -> Self {
        Ok(number)
    }
}

/// A store that gives whatever is wanted.
#[derive(Clone)]
struct Store(u32);

impl Store {
    async fn fetch<T: Kept>(&self) -> T {
        other().await;
        T::kept(self.0)
    }

    fn lock<T: Kept>(&self) -> T {
        T::kept(self.0)
    }

    fn spawn<T: Kept>(&self, more: u32) -> T {
        T::kept(self.0 + more)
    }
}

async fn same<T: Send>(value: T) -> T {
    other().await;
    value
}

fn logged<T: std::fmt::Debug>(value: &T) -> usize {
    format!("{value:?}").len()
}

async fn mapped<F, R>(texts: &[&str], each: F) -> Result<Vec<u32>, Failure>
where
    F: Fn(Result<u32, ParseIntError>) -> R + Send,
    R: Future<Output = Option<Result<u32, Failure>>> + Send,
{
    let mut all = Vec::new();
    for text in texts {
        if let Some(number) = each(text.parse()).await {
            all.push(number?);
        }
    }
    Ok(all)
}

/// What can be called, without being a bound on a closure: that is not told its parameters.
trait Handler<A> {
    type Answer;

    fn handle(&self, argument: A) -> Self::Answer;
}

impl<A, F: Fn(A) -> R, R> Handler<A> for F {
    type Answer = R;

    fn handle(&self, argument: A) -> R {
        self(argument)
    }
}

async fn handled<H: Handler<Store>>(handler: H) -> u32
where
    H::Answer: Future<Output = u32>,
{
    handler.handle(Store(3)).await
}

trait Emptied {
    fn emptied(&mut self) -> u32;
}

impl Emptied for Store {
    fn emptied(&mut self) -> u32 {
        std::mem::take(&mut self.0)
    }
}

enum Choice {
    Number(u32),
}

type Measure = dyn Fn(&str, Option<usize>) -> Option<usize> + Send;

fn measured(text: &str, measure: Box<Measure>) -> usize {
    let length = measure(text, Some(1));
    drop(measure);
    length.unwrap_or_default()
}

fn shown(value: Option<Box<dyn std::fmt::Debug + Send>>, bytes: Option<&[u8]>) -> usize {
    value.map_or(0, |value| format!("{value:?}").len()) + bytes.map_or(0, <[u8]>::len)
}

macro_rules! in_both_modes {
    ($($name:ident: $checked:meta;)*) => {$(
        mod $name {
            use super::*;

            #[$checked]
            async fn an_error_of_another_type(texts: &[&str]) -> Result<Vec<u32>, Failure> {
                mapped(texts, |number| async move {
                    match number {
                        Ok(0) => None,
                        Ok(number) => Some(Ok(number)),
                        Err(error) => Some(Err(error.into())),
                    }
                })
                .await
            }

            #[$checked]
            async fn an_error_in_a_variable(texts: &[&str]) -> Result<Vec<u32>, Failure> {
                mapped(texts, |number| async move {
                    let number = number.map_err(Into::into);
                    if number.is_err() {
                        other().await;
                    }
                    Some(number)
                })
                .await
            }

            #[$checked]
            fn a_collection(numbers: Vec<u32>) -> Boxed<Result<Vec<u64>, Failure>> {
                Box::pin(async move {
                    other().await;
                    Ok(numbers.into_iter().map(|number| number.into()).collect())
                })
            }

            #[$checked]
            fn early_returns(text: String) -> Boxed<Result<u32, Failure>> {
                Box::pin(async move {
                    if text.is_empty() {
                        return Err("empty".into());
                    }
                    let number = text.parse()?;
                    let found = same(text.parse()).await?;
                    other().await;
                    if text.len() == 1 {
                        return Ok(number);
                    }
                    match text.len() {
                        2 => Ok(found),
                        _ => Err(text.into()),
                    }
                })
            }

            #[$checked]
            fn found_in_a_loop(texts: Vec<String>) -> Boxed<Option<u32>> {
                Box::pin(async move {
                    let mut found = None;
                    let mut rest = texts.iter();
                    let first = loop {
                        let Some(text) = rest.next() else { break Default::default() };
                        if let Ok(number) = text.parse() {
                            break number;
                        }
                        other().await;
                    };
                    for text in rest {
                        let number = text.parse();
                        other().await;
                        if let Ok(number) = number {
                            found = Some(number);
                        }
                    }
                    if found.is_none() {
                        let _ = found.replace(first);
                    }
                    found
                })
            }

            #[$checked]
            fn a_map(texts: Vec<String>) -> Boxed<Result<HashMap<usize, u32>, Failure>> {
                Box::pin(async move {
                    let mut map = HashMap::new();
                    for text in texts {
                        let _ = map.insert(text.len(), text.parse()?);
                        map.insert(0, Default::default());
                        other().await;
                    }
                    let first = map.get(&0);
                    let is_empty = first.is_none();
                    let _ = map.remove(&0);
                    if is_empty {
                        other().await;
                    }
                    Ok(map)
                })
            }

            #[$checked]
            async fn a_channel(numbers: Vec<u32>) -> u32 {
                let (sender, mut receiver) = mpsc::channel(1);
                let (back, mut sums) = mpsc::channel(8);
                let task = tokio::spawn(async move {
                    let first = receiver.recv().await;
                    let _ = receiver.recv().await;
                    if first.is_some() {
                        other().await;
                    }
                    while let Some(number) = receiver.recv().await {
                        logged(&number);
                        let _ = back.send(number).await;
                    }
                });
                for number in numbers {
                    sender.send(number).await.ok();
                }
                drop(sender);
                let is_done = task.await.is_ok();
                let mut sum = u32::from(is_done);
                while let Some(number) = sums.recv().await {
                    sum += number;
                }
                sum
            }

            #[$checked]
            async fn a_variable_around_the_block(text: &str) -> u32 {
                let mut number = None;
                let mut all = Vec::new();
                let fill = async {
                    let mut given = text.parse().ok();
                    other().await;
                    let _ = number.take();
                    std::mem::swap(&mut number, &mut given);
                    let _ = std::mem::take(&mut given);
                    all.push(Default::default());
                    all.extend(number);
                };
                fill.await;
                number.unwrap_or(1_u32) + all.into_iter().sum::<u32>()
            }

            #[$checked]
            fn whatever_is_wanted(store: Store) -> Boxed<Vec<u32>> {
                Box::pin(async move {
                    let mut all = Vec::new();
                    let guard = store.lock();
                    other().await;
                    logged(&guard);
                    all.push(guard);
                    let task = store.spawn(1);
                    other().await;
                    all.push(task);
                    let time = std::time::Duration::from_secs(1);
                    if let Ok(number) = tokio::time::timeout(time, store.fetch()).await {
                        all.push(number);
                    }
                    let number = tokio::time::timeout(time, store.fetch()).await.unwrap_or_default();
                    all.push(number);
                    all.push(same(store.lock()).await);
                    all.push(store.fetch().await);
                    all
                })
            }

            #[$checked]
            async fn a_block_that_never_ends(store: Store) -> u32 {
                let forever = async {
                    loop {
                        other().await;
                    }
                };
                let wanted = async {
                    other().await;
                    store.lock()
                };
                tokio::select! {
                    biased;
                    number = wanted => number,
                    _ = forever => 0,
                }
            }

            #[$checked]
            async fn a_constant_behind_a_reference(number: Option<&Choice>) -> u32 {
                let choice = number.unwrap_or(&Choice::Number(7));
                other().await;
                let Choice::Number(number) = choice;
                *number
            }

            #[$checked]
            async fn a_parameter_that_is_told_by_the_handler() -> u32 {
                handled(|mut store| async move {
                    let emptied = Emptied::emptied(&mut store);
                    other().await;
                    emptied + Emptied::emptied(&mut store)
                })
                .await
            }

            #[$checked]
            async fn a_closure_in_an_argument(text: String) -> usize {
                let length = measured(&text, Box::new(|text, more| more.map(|more| text.len() + more)));
                other().await;
                let length = length + shown(Some(Box::new(text.len())), Some(&[1, 2]));
                length + measured(&text, Box::new(move |text, _| text.len().checked_add(1)))
            }

            #[tokio::test(flavor = "current_thread", start_paused = true)]
            async fn all_of_them_run() {
                let texts = || vec!["7".to_owned(), "x".to_owned(), "8".to_owned()];
                assert_eq!(send(an_error_of_another_type(&["0", "7"])).await.ok(), Some(vec![7]));
                assert!(send(an_error_in_a_variable(&["0", "x"])).await.is_err());
                assert_eq!(a_collection(vec![1, 2]).await.ok(), Some(vec![1, 2]));
                assert_eq!(early_returns("7".to_owned()).await.ok(), Some(7));
                assert_eq!(found_in_a_loop(texts()).await, Some(8));
                assert_eq!(a_map(vec!["7".to_owned()]).await.ok(), Some(HashMap::from([(1, 7)])));
                assert_eq!(send(a_channel(vec![1, 2, 3, 4])).await, 8);
                assert_eq!(a_variable_around_the_block("3").await, 6);
                assert_eq!(whatever_is_wanted(Store(1)).await, [1, 2, 1, 1, 1, 1]);
                assert_eq!(a_block_that_never_ends(Store(4)).await, 4);
                assert_eq!(a_constant_behind_a_reference(None).await, 7);
                assert_eq!(a_parameter_that_is_told_by_the_handler().await, 3);
                assert_eq!(a_closure_in_an_argument("abc".to_owned()).await, 11);
            }
        }
    )*};
}

in_both_modes! {
    asked: steadfast::checked;
    everything: steadfast::checked(__ask_everything);
}
