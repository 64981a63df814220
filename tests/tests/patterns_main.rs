//! `#[steadfast::main]`: what is left when the body returns. One test in a file of its own, since a program has one root,
//! which stays cancelled.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use steadfast_tests::secs;
use tokio::time::sleep;

static ORDER: AtomicUsize = AtomicUsize::new(0);
static RELEASED: AtomicBool = AtomicBool::new(false);

#[test]
fn a_main_waits_for_what_it_detached_and_gives_its_exit_code() {
    assert_eq!(program(), ExitCode::from(7));
    assert_eq!(ORDER.load(Ordering::SeqCst), 2);
    assert!(RELEASED.load(Ordering::SeqCst));
    assert_eq!(fails(), ExitCode::FAILURE);
}

#[steadfast::main(flavor = "current_thread", start_paused = true, signals = none)]
async fn program() -> ExitCode {
    let resource = steadfast::Managed::new((), async |()| {
        sleep(secs(3)).await;
        RELEASED.store(true, Ordering::SeqCst);
        std::io::Result::Ok(())
    });
    steadfast::detach("ends in order", async {
        steadfast::shutdown().cancelled().await;
        assert_eq!(ORDER.load(Ordering::SeqCst), 1, "not before the body has returned");
        sleep(secs(5)).await;
        ORDER.store(2, Ordering::SeqCst);
    });
    tokio::task::yield_now().await;
    ORDER.store(1, Ordering::SeqCst);
    drop(resource);
    ExitCode::from(7)
}

#[steadfast::main(flavor = "current_thread", signals = none)]
async fn fails() -> Result<(), &'static str> {
    Err("no configuration")
}
