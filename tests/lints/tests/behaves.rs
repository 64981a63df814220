//! The functions that compile under all lints also work.

use steadfast_tests_lints as lints;

use lints::{Client, Error, Fetch};
use tokio as _;

#[tokio::test(start_paused = true)]
async fn functions() -> Result<(), Error> {
    assert_eq!(lints::plain(1).await, 2);
    let mut list = vec![1];
    lints::unit(&mut list).await;
    assert!(list.is_empty());
    lints::nothing().await;
    assert_eq!(lints::one_line(1).await?, 1);
    drop((lints::forever(), lints::diverging()));
    assert_eq!(lints::fallible(1).await?, 1);
    assert_eq!(lints::value_on_elapsed(1).await, 1);
    assert_eq!(lints::composed(vec![0], "x".to_owned(), "", vec![]).await?, [0, 1]);
    assert!(matches!(lints::composed(vec![], String::new(), "", vec![]).await, Err(Error::Refused { .. })));
    assert_eq!(lints::everything(std::time::Duration::from_secs(1), 3, 2).await?, 1);
    assert_eq!(lints::queued(1).await?, 1);
    assert_eq!(lints::patterns((vec![], "x".to_owned()), [1, 2], 0, "").await?, [1]);
    assert_eq!(lints::early(Some(0)).await?, 1);
    assert_eq!(lints::impls::<_, 3>(1, "x").await?.to_string(), "1x3");
    assert_eq!(lints::boxed("x".to_owned()).await?, "x");
    assert_eq!(lints::absorbed(vec![0], "")?, [0, 1]);
    assert_eq!(lints::requires_await(1).await?, 1);
    assert_eq!(lints::part(1).await?, 1);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn methods() -> Result<(), Error> {
    let mut client = Client::new("x".to_owned());
    assert_eq!(client.get("y".to_owned()).await?, "y");
    assert_eq!(client.put("yz").await?, 3);
    assert_eq!(client.fetch(1).await?, 1);
    assert_eq!(client.describe("a".to_owned()).await?, "axyz");
    assert_eq!(client.close().await?, 3);
    Ok(())
}

/// The next item.
async fn next<S: steadfast::Stream>(items: &mut std::pin::Pin<Box<S>>) -> Option<S::Item> {
    std::future::poll_fn(|cx| items.as_mut().poll_next(cx)).await
}

#[tokio::test]
async fn bridges() -> std::io::Result<()> {
    let guard = std::sync::Arc::new(1);
    let table = lints::Table::read("".into(), std::sync::Arc::clone(&guard), 0, (7, 8)).await?;
    let mut table = table.sorted().await;
    assert_eq!((table.first(), next(&mut Box::pin(table.walk(1, guard))).await), (Some(7), Some(7)));
    assert_eq!((table.push(3).await, lints::take(4).await), (2, 4));
    assert_eq!(std::sync::Arc::new(table).sum(1).await, 12);
    lints::nothing_elsewhere().await;
    assert_eq!(
        lints::load("no such file").is_err(),
        next(&mut Box::pin(lints::lines("Cargo.toml".into(), true))).await.is_none()
    );
    assert_eq!(
        next(&mut Box::pin(lints::lines("Cargo.toml".into(), false))).await.transpose()?.as_deref(),
        Some("[package]")
    );
    assert!(next(&mut Box::pin(lints::endless())).await.is_some_and(|item| item.is_ok()));
    assert!(next(&mut Box::pin(lints::moments(1))).await.is_some());
    Ok(())
}
