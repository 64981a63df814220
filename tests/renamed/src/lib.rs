//! The policies where `steadfast` has another name, or is reached through another crate's re-export.
#![cfg(test)]

mod facade {
    //! What a framework would have: the policies under a path of its own.
    pub(crate) mod again {
        pub(crate) use ::policies as inside;
    }
}

use std::sync::atomic::{AtomicU32, Ordering};

use policies::{PolicyError, PolicyErrorKind};

#[derive(Debug, policies::Transient)]
#[transient(crate = "::policies")]
enum Error {
    #[transient]
    NotYet,
    #[policy]
    Policy(PolicyError),
}

/// Fails the first time.
async fn attempt(tries: &AtomicU32) -> Result<(), Error> {
    tokio::task::yield_now().await;
    if tries.fetch_add(1, Ordering::Relaxed) == 0 { Err(Error::NotYet) } else { Ok(()) }
}

#[policies::bounded(4, crate = "::policies")]
async fn bounded(x: u32) -> u32 {
    tokio::task::yield_now().await;
    x
}

#[policies::bounded(1, reject, key = key, crate = "::policies")]
async fn refused(key: u32) -> Result<u32, Error> {
    tokio::task::yield_now().await;
    Ok(key)
}

#[policies::timeout(1s, crate = "::policies")]
async fn timeout() -> Result<u32, Error> {
    std::future::pending().await
}

#[policies::retry(crate = "::policies", on = any, budget = "renamed", backoff = exp(10ms, cap = 1s))]
async fn retry(mut list: Vec<u32>, tries: &AtomicU32) -> Result<Vec<u32>, Error> {
    list.push(1);
    attempt(tries).await?;
    Ok(list)
}

// One `crate` is enough for all of them, wherever it stands.
#[policies::timeout(attempt = 1s, total = 10s)]
#[policies::retry(crate = "::policies")]
#[policies::bounded(4)]
async fn all(mut list: Vec<u32>, tries: &AtomicU32) -> Result<Vec<u32>, Error> {
    list.push(1);
    attempt(tries).await?;
    Ok(list)
}

#[facade::again::inside::timeout(attempt = 1s, total = 10s)]
#[facade::again::inside::retry(on = any)]
#[facade::again::inside::bounded(4, crate = "crate::facade::again::inside")]
async fn through_a_facade(mut list: Vec<u32>, tries: &AtomicU32) -> Result<Vec<u32>, Error> {
    list.push(1);
    attempt(tries).await?;
    Ok(list)
}

mod imported {
    use policies::{bounded, retry, timeout};

    use super::{AtomicU32, Error, attempt};

    #[timeout(attempt = 1s, total = 10s)]
    #[retry(on = any)]
    #[bounded(4, crate = policies)]
    pub(super) async fn all(mut list: Vec<u32>, tries: &AtomicU32) -> Result<Vec<u32>, Error> {
        list.push(1);
        attempt(tries).await?;
        Ok(list)
    }
}

macro_rules! from_a_macro {
    ($name:ident, $krate:path) => {
        #[policies::retry(on = any, crate = $krate)]
        async fn $name(tries: &AtomicU32) -> Result<u32, Error> {
            attempt(tries).await?;
            Ok(1)
        }
    };
}

from_a_macro!(by_fragment, ::policies);

#[policies::retry(on = any, crate = "::policies")]
fn blocking(tries: &AtomicU32) -> Result<u32, Error> {
    if tries.fetch_add(1, Ordering::Relaxed) == 0 { Err(Error::NotYet) } else { Ok(1) }
}

/// Functions that are marked, and calls for which the marks are asked.
mod marks {
    #[policies::blocking(crate = "::policies")]
    pub(super) fn load() -> u8 {
        1
    }

    #[super::facade::again::inside::cancel_unsafe(crate = super::facade::again::inside)]
    pub(super) async fn save() -> u8 {
        2
    }
}

use marks::load;

#[policies::checked(crate = policies, __ask_everything)]
async fn asked_by_the_name_of_the_crate() -> u8 {
    load() + marks::save().await
}

#[policies::checked(crate = facade::again::inside, __ask_everything)]
async fn asked_by_a_path_of_the_module() -> u8 {
    load() + marks::save().await
}

#[policies::checked(crate = self::facade::again::inside, __ask_everything)]
async fn asked_by_a_path_of_this_module() -> u8 {
    load() + marks::save().await
}

#[tokio::test]
async fn marks_are_found_by_every_path() {
    let sum = asked_by_the_name_of_the_crate().await + asked_by_a_path_of_the_module().await;
    assert_eq!(sum + asked_by_a_path_of_this_module().await, 9);
}

#[tokio::test(start_paused = true)]
async fn behaves() {
    let tries = || AtomicU32::new(0);
    assert_eq!(bounded(1).await, 1);
    assert_eq!(refused(1).await.unwrap(), 1);
    let Err(Error::Policy(error)) = timeout().await else { panic!("it hangs") };
    assert_eq!(error.kind(), PolicyErrorKind::TimedOut);
    assert_eq!(retry(vec![0], &tries()).await.unwrap(), [0, 1]);
    assert_eq!(all(vec![0], &tries()).await.unwrap(), [0, 1]);
    assert_eq!(through_a_facade(vec![0], &tries()).await.unwrap(), [0, 1]);
    assert_eq!(imported::all(vec![0], &tries()).await.unwrap(), [0, 1]);
    assert_eq!(by_fragment(&tries()).await.unwrap(), 1);
    assert_eq!(blocking(&tries()).unwrap(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_same_as_an_expression() {
    let tries = AtomicU32::new(0);
    let applied: Result<u32, Error> =
        policies::apply!(retry(on = any), timeout(total = 10s), crate = "::policies"; async {
            attempt(&tries).await?;
            Ok::<_, Error>(1)
        })
        .await;
    assert_eq!(applied.unwrap(), 1);
}
