//! S9: the body, and what it holds, is gone before the children are waited for.

use steadfast::scope;
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::{Outcome, SECOND};

#[tokio::test(start_paused = true)]
async fn a_child_that_reads_until_the_body_drops_its_sender_ends() {
    let (sender, mut receiver) = mpsc::channel::<i32>(1);
    let outcome: Outcome<()> = timeout(
        10 * SECOND,
        scope(async |s| {
            let sender = sender;
            s.spawn(async move {
                let mut sum = 0;
                while let Some(item) = receiver.recv().await {
                    sum += item;
                }
                assert_eq!(sum, 3);
                Ok(())
            });
            sender.send(1).await.unwrap();
            sender.send(2).await.unwrap();
            Ok(())
        }),
    )
    .await
    .expect("the sender is gone with the body");
    outcome.unwrap();
}
