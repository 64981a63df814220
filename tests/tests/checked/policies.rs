//! Functions with policies, which are checked as well: the questions stand in the body that is retried and timed.

use std::io;

use steadfast::{PolicyError, bounded, checked, retry, timeout};

use crate::{other, send};

#[checked(__ask_everything)]
#[retry(on = any, backoff = constant(1ms), jitter = none)]
async fn retried(words: Vec<String>) -> io::Result<usize> {
    let mut total = 0;
    for word in words {
        let length = word.len();
        total += length;
        other().await;
    }
    Ok(total)
}

#[retry(on = any, attempts = 2)]
#[checked(__ask_everything)]
async fn retried_below(mut list: Vec<u8>, text: &str) -> Result<usize, std::num::ParseIntError> {
    let number: u8 = text.parse()?;
    list.push(number);
    other().await;
    Ok(list.len())
}

#[timeout(5s)]
#[checked(__ask_everything)]
async fn timed(path: &str) -> io::Result<String> {
    let text = tokio::fs::read_to_string(path).await?;
    let trimmed = text.trim();
    Ok(trimmed.to_owned())
}

#[checked(__ask_everything)]
#[bounded(2)]
async fn limited(number: u8) -> u8 {
    let next = number + 1;
    other().await;
    next
}

#[timeout(attempt = 1s, total = 5s)]
#[retry(on = any, idempotent)]
#[bounded(8)]
#[checked(__ask_everything)]
async fn all_of_it(numbers: &[u8]) -> Result<u32, PolicyError> {
    let mut sum = 0;
    for number in numbers {
        let wide = u32::from(*number);
        other().await;
        sum += wide;
    }
    Ok(sum)
}

struct Client {
    name: String,
}

impl Client {
    #[retry(on = any)]
    #[checked(__ask_everything)]
    async fn get(&mut self, suffix: String) -> io::Result<String> {
        let name = &mut self.name;
        name.push_str(&suffix);
        let copy = name.clone();
        other().await;
        Ok(copy)
    }
}

#[checked(__ask_everything)]
impl Client {
    #[timeout(1s)]
    async fn renamed(&self) -> Result<String, PolicyError> {
        let name = self.name.to_uppercase();
        other().await;
        Ok(name)
    }

    async fn applied(&self) -> io::Result<usize> {
        let path = "Cargo.toml";
        let text = steadfast::apply!(retry(on = any), timeout(attempt = 2s); tokio::fs::read_to_string(path))
            .await?;
        Ok(text.len() + self.name.len())
    }
}

#[tokio::test]
async fn all_of_them_run() {
    assert_eq!(send(retried(vec!["ab".to_owned()])).await.unwrap(), 2);
    assert_eq!(send(retried_below(vec![1], "2")).await, Ok(2));
    assert!(!send(timed("Cargo.toml")).await.unwrap().is_empty());
    assert_eq!(send(limited(1)).await, 2);
    assert_eq!(send(all_of_it(&[1, 2])).await.unwrap(), 3);
    let mut client = Client { name: "a".to_owned() };
    assert_eq!(send(client.get("b".to_owned())).await.unwrap(), "ab");
    assert_eq!(send(client.renamed()).await.unwrap(), "AB");
    assert!(send(client.applied()).await.unwrap() > 2);
}
