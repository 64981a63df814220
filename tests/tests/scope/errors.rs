//! `GroupError`: what can be asked of it.

use std::error::Error;

use steadfast::scope::{FailureKind, Panics};
use steadfast::{GroupError, Scope, scope};

async fn failed() -> GroupError<String> {
    let outcome = Scope::options().collect().panics(Panics::Collect).run(async |s: Scope<String>| {
        for nth in 0..3 {
            s.spawn_named(format!("child {nth}"), async move { Err::<(), _>(format!("error {nth}")) });
        }
        s.spawn(async { if true { panic!("oh") } else { Ok(()) } });
        Ok(())
    });
    outcome.await.unwrap_err()
}

#[tokio::test]
async fn split_keeps_the_order_on_both_sides() {
    let (even, rest) = failed().await.split(|failure| failure.index().unwrap() % 2 == 0);
    let indices =
        |error: &GroupError<String>| error.failures().iter().map(|f| f.index().unwrap()).collect::<Vec<_>>();
    assert_eq!((indices(&even.unwrap()), indices(&rest.unwrap())), (vec![0, 2], vec![1, 3]));

    let (all, none) = failed().await.split(|_| true);
    assert!(none.is_none());
    assert_eq!(all.unwrap().len(), 4);
    let (none, all) = failed().await.split(|failure| failure.error().is_some_and(String::is_empty));
    assert!(none.is_none());
    assert_eq!(all.unwrap().len(), 4);
}

#[tokio::test]
async fn an_error_without_failures_is_on_the_second_side() {
    let cancelled = scope(async |s: Scope<String>| {
        s.cancel("enough");
        std::future::pending::<Result<(), _>>().await
    });
    let (yes, no) = cancelled.await.unwrap_err().split(|_| true);
    assert!(yes.is_none());
    let no = no.unwrap();
    assert!(no.is_cancelled() && no.is_empty());
    assert_eq!(no.to_string(), "the scope was cancelled: enough");
}

#[tokio::test]
async fn the_first_error_is_easy_to_get() {
    assert_eq!(failed().await.first().unwrap(), "error 0");
    assert_eq!(failed().await.into_first().unwrap(), "error 0");
    assert_eq!((&failed().await).into_iter().count(), 4);
}

#[tokio::test]
async fn it_is_an_error_that_question_mark_takes() {
    async fn boxed() -> Result<(), Box<dyn Error + Send + Sync>> {
        Err(failed().await)?
    }
    async fn any() -> anyhow::Result<()> {
        Err(failed().await)?
    }
    let text = boxed().await.unwrap_err().to_string();
    assert!(text.starts_with("error 0 (task `child 0`, spawned at "), "{text}");
    assert!(text.ends_with("; and 3 more"), "{text}");
    assert_eq!(any().await.unwrap_err().to_string().len(), text.len());
}

#[tokio::test]
async fn a_panic_is_a_kind_with_its_message() {
    let failure = failed().await.into_iter().next_back().unwrap();
    assert_eq!(failure.panic().unwrap().message(), "oh");
    assert!(failure.to_string().starts_with("panicked: oh (task spawned at "), "{failure}");
    let FailureKind::Panic(panic) = failure.into_kind() else { panic!("not a panic") };
    assert_eq!(panic.into_payload().downcast_ref::<&str>(), Some(&"oh"));
}
