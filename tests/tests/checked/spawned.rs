//! Nested `async` blocks, handed to tasks and kept in variables.

use std::sync::{Arc, Mutex};

use steadfast::checked;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

use crate::{other, send};

#[checked(__ask_everything)]
async fn a_task(shared: Arc<Mutex<Vec<u8>>>) -> usize {
    let handle = tokio::spawn(async move {
        let before = shared.lock().unwrap().len();
        let again = Arc::clone(&shared);
        other().await;
        let after = again.lock().unwrap().len();
        before + after
    });
    handle.await.unwrap()
}

#[checked(__ask_everything)]
async fn tasks_in_a_loop() -> u32 {
    let mut handles = Vec::new();
    for number in 0..3 {
        let handle = tokio::spawn(async move {
            let double = number * 2;
            other().await;
            double
        });
        handles.push(handle);
    }
    let mut sum = 0;
    for handle in handles {
        let number = handle.await.unwrap();
        sum += number;
    }
    sum
}

#[checked(__ask_everything)]
async fn a_set() -> usize {
    let mut set = JoinSet::new();
    for number in 0..3 {
        set.spawn(async move {
            let text = "a".repeat(number);
            other().await;
            text
        });
    }
    let mut total = 0;
    while let Some(joined) = set.join_next().await {
        let text = joined.unwrap();
        total += text.len();
    }
    total
}

#[checked(__ask_everything)]
async fn a_block_that_borrows(list: &[u8]) -> usize {
    let offset = 1;
    let block = async {
        let length = list.len();
        other().await;
        length + offset
    };
    block.await
}

#[checked(__ask_everything)]
async fn a_block_whose_type_comes_from_outside() -> Vec<u8> {
    let block = async {
        let list = Vec::new();
        other().await;
        list
    };
    let list: Vec<u8> = block.await;
    list
}

#[checked(__ask_everything)]
async fn blocks_with_errors() -> Result<u8, std::num::ParseIntError> {
    let block = async {
        let number = "3".parse::<u8>()?;
        other().await;
        Ok::<_, std::num::ParseIntError>(number)
    };
    let number = block.await?;
    Ok(number)
}

#[checked(__ask_everything)]
async fn blocks_in_blocks() -> u8 {
    let outer = async {
        let one = 1;
        let inner = async move {
            let two = one + 1;
            other().await;
            two
        };
        let two = inner.await;
        two + one
    };
    outer.await
}

#[checked(__ask_everything)]
async fn a_channel() -> u8 {
    let (sender, mut receiver) = mpsc::channel(1);
    let task = tokio::spawn(async move {
        for number in 0..3 {
            let sent = sender.send(number).await;
            if sent.is_err() {
                break;
            }
        }
    });
    let mut last = 0;
    while let Some(number) = receiver.recv().await {
        last = number;
    }
    task.await.unwrap();
    last
}

#[checked(__ask_everything)]
async fn an_answer() -> Option<&'static str> {
    let (sender, receiver) = oneshot::channel();
    let task = tokio::spawn(async move { sender.send("yes") });
    let answer = receiver.await.ok();
    let sent = task.await;
    drop(sent);
    answer
}

#[checked(__ask_everything)]
async fn off_the_runtime(text: String) -> usize {
    let handle = tokio::task::spawn_blocking(move || {
        let length = text.len();
        length * 2
    });
    handle.await.unwrap()
}

#[checked(__ask_everything)]
fn a_plain_function_that_spawns(number: u8) -> tokio::task::JoinHandle<u8> {
    let next = number + 1;
    tokio::spawn(async move {
        let last = next + 1;
        other().await;
        last
    })
}

#[checked(__ask_everything)]
async fn selected() -> &'static str {
    let slow = std::future::pending::<()>();
    let fast = async {
        let word = "fast";
        other().await;
        word
    };
    tokio::select! {
        () = slow => "slow",
        word = fast => word,
    }
}

#[checked(__ask_everything)]
async fn joined() -> (u8, usize) {
    let first = async {
        let one = 1;
        other().await;
        one
    };
    let second = a_block_that_borrows(&[1, 2]);
    tokio::join!(first, second)
}

#[checked(__ask_everything)]
async fn timed(limit: std::time::Duration) -> Option<u8> {
    let work = async {
        let number = 3;
        other().await;
        number
    };
    let outcome = tokio::time::timeout(limit, work).await;
    outcome.ok()
}

#[checked(__ask_everything)]
async fn pinned() -> u8 {
    let mut future = std::pin::pin!(async {
        let number = 4;
        other().await;
        number
    });
    let number = (&mut future).await;
    other().await;
    number
}

#[checked(__ask_everything)]
async fn boxed_blocks() -> u8 {
    let mut blocks: Vec<std::pin::Pin<Box<dyn Future<Output = u8> + Send>>> = Vec::new();
    let base = 1;
    blocks.push(Box::pin(async move {
        let number = base + 1;
        other().await;
        number
    }));
    blocks.push(Box::pin(async move { base }));
    let mut sum = 0;
    for block in blocks {
        let number = block.await;
        sum += number;
    }
    sum
}

#[tokio::test]
async fn all_of_them_run() {
    assert_eq!(send(a_task(Arc::new(Mutex::new(vec![1])))).await, 2);
    assert_eq!(send(tasks_in_a_loop()).await, 6);
    assert_eq!(send(a_set()).await, 3);
    assert_eq!(send(a_block_that_borrows(&[1])).await, 2);
    assert!(send(a_block_whose_type_comes_from_outside()).await.is_empty());
    assert_eq!(send(blocks_with_errors()).await, Ok(3));
    assert_eq!(send(blocks_in_blocks()).await, 3);
    assert_eq!(send(a_channel()).await, 2);
    assert_eq!(send(an_answer()).await, Some("yes"));
    assert_eq!(send(off_the_runtime("ab".to_owned())).await, 4);
    assert_eq!(send(a_plain_function_that_spawns(1)).await.unwrap(), 3);
    assert_eq!(send(selected()).await, "fast");
    assert_eq!(send(joined()).await, (1, 3));
    assert_eq!(send(timed(std::time::Duration::from_secs(9))).await, Some(3));
    assert_eq!(send(pinned()).await, 4);
    assert_eq!(send(boxed_blocks()).await, 3);
}
