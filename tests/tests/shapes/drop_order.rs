//! In which order a call drops its arguments: when it is done, when it is cancelled, and when it was never polled.
//!
//! `bounded` and `retry` keep the order of a plain function. `timeout` has to hand its future a block that owns what
//! the body uses, so there the arguments that the body uses go first, in the order in which it first uses them.

use std::cell::RefCell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use steadfast::{PolicyError, bounded, retry, timeout};

/// Writes its name down when it goes.
#[derive(Clone)]
struct Noted<'a> {
    name: &'static str,
    log: &'a RefCell<Vec<&'static str>>,
}

impl Drop for Noted<'_> {
    fn drop(&mut self) {
        self.log.borrow_mut().push(self.name);
    }
}

impl Noted<'_> {
    fn look(&self) {}
}

type Log = RefCell<Vec<&'static str>>;

/// The same function under other attributes: two arguments that are used, the second one first, one that is not, `_`,
/// and a pattern.
macro_rules! function {
    ($($(#[$policy:meta])* async fn $name:ident;)*) => {$(
        $(#[$policy])*
        async fn $name<'a>(
            log: &'a Log,
            a: Noted<'a>,
            b: Noted<'a>,
            _unused: Noted<'a>,
            _: Noted<'a>,
            (c, _): (Noted<'a>, Noted<'a>),
            forever: bool,
        ) -> Result<(), PolicyError> {
            let _local = Noted { name: "local", log };
            b.look();
            tokio::task::yield_now().await;
            if forever {
                std::future::pending::<()>().await;
            }
            a.look();
            c.look();
            Ok(())
        }
    )*};
}

function! {
    async fn plain;
    #[bounded(4)]
    async fn under_bounded;
    #[timeout(5s)]
    async fn under_timeout;
    #[retry(on = any)]
    async fn under_retry;
    #[timeout(attempt = 1s, total = 10s)]
    #[retry(on = any)]
    #[bounded(4)]
    async fn under_all;
}

macro_rules! call {
    ($function:ident, $log:expr, $forever:expr) => {{
        let noted = |name| Noted { name, log: $log };
        $function(
            $log,
            noted("a"),
            noted("b"),
            noted("unused"),
            noted("wild"),
            (noted("c"), noted("c2")),
            $forever,
        )
    }};
}

macro_rules! orders {
    ($function:ident) => {{
        let done = Log::default();
        call!($function, &done, false).await.expect("it ends in time");

        let cancelled = Log::default();
        {
            let mut call = pin!(call!($function, &cancelled, true));
            let mut cx = Context::from_waker(Waker::noop());
            assert!(call.as_mut().poll(&mut cx).is_pending());
            assert!(call.as_mut().poll(&mut cx).is_pending());
            assert!(cancelled.borrow().is_empty(), "it stays as long as the call");
        }

        let unpolled = Log::default();
        drop(call!($function, &unpolled, false));
        [done.into_inner(), cancelled.into_inner(), unpolled.into_inner()].map(|order| order.join(" "))
    }};
}

const PLAIN: [&str; 3] = ["local c c2 wild unused b a", "local c c2 wild unused b a", "a b unused wild c c2"];

#[tokio::test(start_paused = true)]
async fn of_a_plain_function() {
    assert_eq!(orders!(plain), PLAIN);
}

#[tokio::test(start_paused = true)]
async fn under_bounded_it_is_unchanged() {
    assert_eq!(orders!(under_bounded), PLAIN);
}

#[tokio::test(start_paused = true)]
async fn under_retry_it_is_unchanged() {
    assert_eq!(orders!(under_retry), PLAIN);
}

/// What the body uses goes with the body: in the order of its first uses, before what it does not use.
#[tokio::test(start_paused = true)]
async fn under_timeout_what_the_body_uses_goes_first() {
    let used_first = "local b a c c2 wild unused";
    assert_eq!(orders!(under_timeout), [used_first, used_first, PLAIN[2]]);
}

#[tokio::test(start_paused = true)]
async fn under_all_it_is_that_of_a_timeout_around_a_retry() {
    let used_first = "local c a b c2 wild unused";
    assert_eq!(orders!(under_all), [used_first, used_first, PLAIN[2]]);
}

/// A guard that the body never names stays until the body is done, under each policy.
mod guards {
    use super::*;

    macro_rules! guarded {
        ($($(#[$policy:meta])* async fn $name:ident;)*) => {$(
            $(#[$policy])*
            async fn $name<'a>(log: &'a Log, a: Noted<'a>, _guard: Noted<'a>) -> Result<(), PolicyError> {
                tokio::task::yield_now().await;
                a.look();
                log.borrow_mut().push("body");
                Ok(())
            }

            mod $name {
                #[tokio::test(start_paused = true)]
                async fn outlives_the_body() {
                    let log = super::Log::default();
                    let noted = |name| super::Noted { name, log: &log };
                    super::$name(&log, noted("a"), noted("guard")).await.unwrap();
                    let order = log.borrow().clone();
                    assert_eq!(order[0], "body");
                    assert_eq!(order.len(), 3);
                }
            }
        )*};
    }

    guarded! {
        #[bounded(4)]
        async fn under_bounded;
        #[timeout(5s)]
        async fn under_timeout;
        #[retry(on = any)]
        async fn under_retry;
        #[timeout(attempt = 1s, total = 10s)]
        #[retry(on = any)]
        #[bounded(4)]
        async fn under_all;
    }
}

/// A struct argument of which the body uses a field: the field goes with the body, the rest with the arguments.
mod fields {
    use super::*;

    struct Pair<'a> {
        x: Noted<'a>,
        _y: Noted<'a>,
    }

    macro_rules! partly {
        ($($(#[$policy:meta])* async fn $name:ident;)*) => {$(
            $(#[$policy])*
            async fn $name<'a>(p: Pair<'a>, _g: Noted<'a>) -> Result<(), PolicyError> {
                tokio::task::yield_now().await;
                p.x.look();
                Ok(())
            }
        )*};
    }

    partly! {
        async fn plain;
        #[bounded(4)]
        async fn under_bounded;
        #[timeout(5s)]
        async fn under_timeout;
        #[retry(on = any)]
        async fn under_retry;
    }

    macro_rules! order {
        ($function:ident) => {{
            let log = Log::default();
            let noted = |name| Noted { name, log: &log };
            $function(Pair { x: noted("x"), _y: noted("y") }, noted("g")).await.unwrap();
            let order = log.borrow().join(" ");
            order
        }};
    }

    #[tokio::test(start_paused = true)]
    async fn of_each() {
        assert_eq!(order!(plain), "g x y");
        assert_eq!(order!(under_bounded), "g x y");
        assert_eq!(order!(under_timeout), "x g y");
        assert_eq!(order!(under_retry), "g x y");
    }
}

/// The permit is held until the body has dropped its locals.
#[tokio::test(start_paused = true)]
async fn the_permit_outlives_the_locals() {
    static ONE: steadfast::Bulkhead = steadfast::Bulkhead::new(1);

    struct Available<'a>(&'a RefCell<Vec<usize>>);

    impl Drop for Available<'_> {
        fn drop(&mut self) {
            self.0.borrow_mut().push(ONE.available());
        }
    }

    #[bounded(by = ONE)]
    async fn job(seen: &RefCell<Vec<usize>>) {
        let _local = Available(seen);
        tokio::task::yield_now().await;
    }

    let seen = RefCell::default();
    job(&seen).await;
    assert_eq!(seen.into_inner(), [0]);
    assert_eq!(ONE.available(), 1);
}

#[test]
fn polls_are_ready_at_once_where_nothing_waits() {
    // The order above is of calls that were polled twice; one poll takes the permit and enters the body.
    let log = Log::default();
    let mut call = pin!(call!(under_bounded, &log, false));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(matches!(call.as_mut().poll(&mut cx), Poll::Pending));
}
