//! `PolicyError`: what it says, and how it travels in other people's error types.

use std::error::Error;
use std::future::pending;
use std::io;

use steadfast::{Bulkhead, Executed, PolicyError, PolicyErrorKind, bounded, timeout};
use steadfast_tests::{ms, secs};
use tokio::time::sleep;

/// The same function for every error type that can carry what policies raise.
macro_rules! functions {
    ($($late:ident, $refused:ident: $error:ty;)*) => {$(
        #[timeout(1s)]
        async fn $late() -> Result<(), $error> {
            pending().await
        }

        #[bounded(by = limit, reject)]
        async fn $refused(limit: &Bulkhead) -> Result<(), $error> {
            unreachable!("a permit of {limit:?} is held")
        }
    )*};
}

#[derive(Debug, thiserror::Error)]
enum Api {
    #[error("policy: {0}")]
    Policy(#[from] PolicyError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Takes any error, as `eyre` and others do.
#[derive(Debug)]
struct Anything(String);

impl<E: Error> From<E> for Anything {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

functions! {
    late, refused: PolicyError;
    late_io, refused_io: io::Error;
    late_anyhow, refused_anyhow: anyhow::Error;
    late_boxed, refused_boxed: Box<dyn Error + Send + Sync>;
    late_boxed_locally, refused_boxed_locally: Box<dyn Error>;
    late_api, refused_api: Api;
    late_anything, refused_anything: Anything;
}

/// A bulkhead that is full.
fn full() -> &'static Bulkhead {
    let bulkhead: &'static Bulkhead = Box::leak(Box::new(Bulkhead::new(1)));
    std::mem::forget(bulkhead.try_acquire());
    bulkhead
}

#[tokio::test(start_paused = true)]
async fn a_timeout_says_what_it_knows() {
    let error = late().await.unwrap_err();
    assert_eq!(error.kind(), PolicyErrorKind::TimedOut);
    assert_eq!(error.executed(), Executed::Maybe);
    assert_eq!(error.retry_after(), None);
    assert_eq!(error.function(), "errors::late");
    assert_eq!(error.elapsed(), secs(1));
    assert_eq!(error.to_string(), "`errors::late` timed out after 1s");
    assert!(error.source().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_refusal_says_what_it_knows() {
    let error = refused(full()).await.unwrap_err();
    assert_eq!(error.kind(), PolicyErrorKind::Full);
    assert_eq!(error.executed(), Executed::No);
    assert_eq!(error.retry_after(), None);
    assert_eq!(error.function(), "errors::refused");
    assert_eq!(error.elapsed(), secs(0));
    assert_eq!(error.to_string(), "`errors::refused` is full and takes no waiters");
    assert!(error.source().is_none());
}

#[tokio::test(start_paused = true)]
async fn each_reason_has_its_text() {
    #[bounded(1, queue = 1)]
    async fn queue() -> Result<(), PolicyError> {
        sleep(secs(1)).await;
        Ok(())
    }

    #[bounded(1, max_wait = 250ms)]
    async fn wait() -> Result<(), PolicyError> {
        sleep(secs(1)).await;
        Ok(())
    }

    #[bounded(1, key = key, max_keys = 1, reject)]
    async fn keys(key: u32) -> Result<(), PolicyError> {
        sleep(secs(1)).await;
        let _ = key;
        Ok(())
    }

    #[timeout(attempt = 1500ms)]
    async fn attempt() -> Result<(), PolicyError> {
        pending().await
    }

    let queue = futures::join!(queue(), queue(), queue()).2.unwrap_err();
    assert_eq!(queue.to_string(), "`errors::queue` is full: 1 callers wait, and at most 1 may");
    let wait = futures::join!(wait(), wait()).1.unwrap_err();
    assert_eq!(wait.to_string(), "`errors::wait` is full: no permit came free within 250ms");
    assert_eq!(wait.elapsed(), ms(250));
    let keys = futures::join!(keys(1), keys(2)).1.unwrap_err();
    assert_eq!(keys.to_string(), "`errors::keys` is full: all of its 1 keys are in use");
    let attempt = attempt().await.unwrap_err();
    assert_eq!(attempt.to_string(), "`errors::attempt` timed out after 1.5s");
}

#[tokio::test(start_paused = true)]
async fn debug_shows_it_all_and_a_clone_is_the_same() {
    let error = late().await.unwrap_err();
    let shown = format!("{error:?}");
    for part in ["TimedOut", "errors::late", "timed out after 1s", "elapsed: 1s"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert_eq!(format!("{:?}", error.clone()), shown);
}

#[test]
fn it_can_go_anywhere() {
    fn check<T: Error + Clone + Send + Sync + Unpin + 'static>() {}
    check::<PolicyError>();
    assert!(size_of::<PolicyError>() <= 64, "{} bytes in every `Result`", size_of::<PolicyError>());
}

#[tokio::test(start_paused = true)]
async fn through_an_io_error() {
    for (error, kind, policy) in [
        (late_io().await.unwrap_err(), io::ErrorKind::TimedOut, PolicyErrorKind::TimedOut),
        (refused_io(full()).await.unwrap_err(), io::ErrorKind::ResourceBusy, PolicyErrorKind::Full),
    ] {
        assert_eq!(error.kind(), kind);
        let inside = error.get_ref().and_then(|inside| inside.downcast_ref::<PolicyError>());
        assert_eq!(inside.map(PolicyError::kind), Some(policy));
        let back: Box<PolicyError> = error.into_inner().expect("it is there").downcast().expect("that one");
        assert_eq!(back.kind(), policy);
    }
}

#[tokio::test(start_paused = true)]
async fn through_anyhow() {
    let error = late_anyhow().await.unwrap_err();
    assert_eq!(error.downcast_ref().map(PolicyError::kind), Some(PolicyErrorKind::TimedOut));
    let error = refused_anyhow(full()).await.unwrap_err();
    assert_eq!(error.to_string(), "`errors::refused_anyhow` is full and takes no waiters");
    assert_eq!(error.downcast::<PolicyError>().expect("that one").kind(), PolicyErrorKind::Full);
}

#[tokio::test(start_paused = true)]
async fn through_a_box() {
    let error = late_boxed().await.unwrap_err();
    assert_eq!(error.downcast_ref().map(PolicyError::kind), Some(PolicyErrorKind::TimedOut));
    let error = refused_boxed(full()).await.unwrap_err();
    assert_eq!(error.downcast_ref().map(PolicyError::kind), Some(PolicyErrorKind::Full));
    let error = late_boxed_locally().await.unwrap_err();
    assert_eq!(error.downcast_ref().map(PolicyError::kind), Some(PolicyErrorKind::TimedOut));
    let error = refused_boxed_locally(full()).await.unwrap_err();
    assert_eq!(error.downcast_ref().map(PolicyError::kind), Some(PolicyErrorKind::Full));
}

#[tokio::test(start_paused = true)]
async fn through_a_thiserror_enum() {
    let error = late_api().await.unwrap_err();
    assert_eq!(error.to_string(), "policy: `errors::late_api` timed out after 1s");
    assert!(matches!(error, Api::Policy(policy) if policy.kind() == PolicyErrorKind::TimedOut));
    let error = refused_api(full()).await.unwrap_err();
    assert!(matches!(error, Api::Policy(policy) if policy.kind() == PolicyErrorKind::Full));
}

#[tokio::test(start_paused = true)]
async fn through_a_type_that_takes_any_error() {
    assert_eq!(late_anything().await.unwrap_err().0, "`errors::late_anything` timed out after 1s");
    assert!(refused_anything(full()).await.unwrap_err().0.contains("is full"));
}

/// Up through functions that use `?`, as in a real service.
#[tokio::test(start_paused = true)]
async fn through_several_layers() {
    async fn repository() -> Result<(), Api> {
        late_io().await?;
        Ok(())
    }

    async fn handler() -> anyhow::Result<()> {
        repository().await?;
        Ok(())
    }

    let error = handler().await.unwrap_err();
    let api: &Api = error.downcast_ref().expect("the middle layer's");
    let Api::Io(io) = api else { panic!("{api:?}") };
    let policy: &PolicyError =
        io.get_ref().and_then(|inside| inside.downcast_ref()).expect("the lowest layer's");
    assert_eq!(policy.function(), "errors::late_io");
}

#[test]
fn the_function_is_named_with_its_module_and_without_rawness() {
    mod inner {
        use steadfast::{PolicyError, timeout};

        #[timeout(1s)]
        pub(super) async fn r#match() -> Result<(), PolicyError> {
            std::future::pending().await
        }
    }

    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let error = runtime.expect("no I/O").block_on(inner::r#match()).unwrap_err();
    assert!(error.function().ends_with("inner::match"), "{}", error.function());
}
