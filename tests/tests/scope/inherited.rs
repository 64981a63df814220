//! S15: only what was registered is inherited.

use std::convert::Infallible;

use steadfast::scope;

tokio::task_local! {
    static REQUEST: u32;
    static TENANT: &'static str;
    static TRANSACTION: u32;
}

async fn seen() -> Result<(Option<u32>, Option<&'static str>, Option<u32>), Infallible> {
    let now = || (REQUEST.try_get().ok(), TENANT.try_get().ok(), TRANSACTION.try_get().ok());
    let before = now();
    tokio::task::yield_now().await;
    assert_eq!(now(), before, "in every poll");
    Ok(before)
}

#[tokio::test]
async fn only_registered_task_locals_reach_a_child() {
    scope::inherit(&REQUEST);
    scope::inherit(&TENANT);
    scope::inherit(&REQUEST);
    let work = scope(async |s| {
        let child = s.spawn(seen()).await.unwrap()?;
        let later = TENANT.sync_scope("other", || s.spawn(seen())).await.unwrap()?;
        let blocking = s.spawn_blocking(|| Ok(REQUEST.get())).await.unwrap()?;
        Ok((child, later, blocking))
    });
    let (child, later, blocking) =
        TRANSACTION.scope(9, TENANT.scope("mine", REQUEST.scope(7, work))).await.unwrap();
    assert_eq!(child, (Some(7), Some("mine"), None));
    assert_eq!(later, (Some(7), Some("other"), None));
    assert_eq!(blocking, 7);

    let without = scope(async |s| s.spawn(seen()).await.unwrap()).await.unwrap();
    assert_eq!(without, (None, None, None));
}
