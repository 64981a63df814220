//! Events: what is told, in which order, and to whom.

use std::future::pending;
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use steadfast::observe::{self, Event, Observer, Subscription};
use steadfast::{Bulkhead, PolicyError, bounded, retry, timeout};
use steadfast_tests::{Attempts, ms, record, secs};
use tokio::time::sleep;

#[path = "observe/order.rs"]
mod order;
#[path = "observe/panics.rs"]
mod panics;

/// Counts the events of one function.
struct Count {
    function: &'static str,
    events: AtomicU32,
}

impl Count {
    fn of(function: &'static str) -> Arc<Self> {
        Arc::new(Self { function, events: AtomicU32::new(0) })
    }

    fn get(&self) -> u32 {
        self.events.load(Ordering::SeqCst)
    }
}

impl Observer for Count {
    fn on_event(&self, function: &'static str, _: &Event<'_>) {
        if function == self.function {
            self.events.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_observer_is_told_until_its_subscription_is_dropped() {
    #[bounded(1)]
    async fn watched_for_a_while() {}

    let count = Count::of("observe::watched_for_a_while");
    watched_for_a_while().await;
    assert_eq!(count.get(), 0);
    let subscription = observe::subscribe(Arc::<Count>::clone(&count));
    watched_for_a_while().await;
    assert_eq!(count.get(), 3, "started, admitted, finished");
    drop(subscription);
    watched_for_a_while().await;
    assert_eq!(count.get(), 3);
    // An event of another test may be on its way through the observers that there were a moment ago.
    let let_go = (0..1_000).any(|_| {
        std::thread::sleep(Duration::from_millis(1));
        Arc::strong_count(&count) == 1
    });
    assert!(let_go, "and it is let go");
}

#[tokio::test(start_paused = true)]
async fn a_forgotten_subscription_stays() {
    #[bounded(1)]
    async fn watched_for_good() {}

    let count = Count::of("observe::watched_for_good");
    observe::subscribe(Arc::<Count>::clone(&count)).forget();
    watched_for_good().await;
    watched_for_good().await;
    assert_eq!(count.get(), 6);
}

#[tokio::test(start_paused = true)]
async fn several_observers_are_all_told() {
    #[bounded(1)]
    async fn watched_by_three() {}

    let counts = [(); 3].map(|()| Count::of("observe::watched_by_three"));
    let mut subscriptions: Vec<_> =
        counts.iter().map(|count| observe::subscribe(Arc::<Count>::clone(count))).collect();
    watched_by_three().await;
    // The one in the middle leaves first.
    drop(subscriptions.remove(1));
    watched_by_three().await;
    drop(subscriptions.remove(0));
    let again = observe::subscribe(Arc::<Count>::clone(&counts[1]));
    watched_by_three().await;
    drop(again);
    watched_by_three().await;
    assert_eq!(counts.map(|count| count.get()), [6, 6, 12]);
}

#[tokio::test(start_paused = true)]
async fn observers_in_order_of_their_subscription() {
    #[bounded(1)]
    async fn watched_in_order() {}

    struct Named(&'static str, Arc<Mutex<Vec<&'static str>>>);
    impl Observer for Named {
        fn on_event(&self, function: &'static str, event: &Event<'_>) {
            if function == "observe::watched_in_order" && matches!(event, Event::Started) {
                self.1.lock().expect("no panic").push(self.0);
            }
        }
    }

    let told = Arc::new(Mutex::default());
    let _subscriptions =
        ["first", "second"].map(|name| observe::subscribe(Arc::new(Named(name, Arc::clone(&told)))));
    watched_in_order().await;
    assert_eq!(*told.lock().expect("no panic"), ["first", "second"]);
}

#[tokio::test(start_paused = true)]
async fn an_observer_may_subscribe_and_unsubscribe_while_it_is_told() {
    #[bounded(1)]
    async fn watched_by_a_restless_one() {}

    #[derive(Default)]
    struct Restless(Mutex<Option<Subscription>>, AtomicU32);
    impl Observer for Restless {
        fn on_event(&self, function: &'static str, _: &Event<'_>) {
            if function == "observe::watched_by_a_restless_one" {
                self.1.fetch_add(1, Ordering::SeqCst);
                let mut subscription = self.0.lock().expect("no panic");
                *subscription = subscription.is_none().then(|| observe::subscribe(Count::of("nobody")));
            }
        }
    }

    let restless = Arc::new(Restless::default());
    let _subscription = observe::subscribe(Arc::<Restless>::clone(&restless));
    watched_by_a_restless_one().await;
    watched_by_a_restless_one().await;
    assert_eq!(restless.1.load(Ordering::SeqCst), 6);
}

#[tokio::test(start_paused = true)]
async fn an_observer_that_comes_in_the_middle_of_a_call_sees_the_rest() {
    #[retry(on = any, attempts = 3, backoff = constant(1s), jitter = none)]
    async fn watched_from_the_middle(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let attempts = Attempts::new();
    let mut call = Box::pin(watched_from_the_middle(&attempts));
    assert!(futures::poll!(&mut call).is_pending());
    let events = record!(watched_from_the_middle);
    call.await.unwrap_err();
    let told = events.take();
    let rest = ["attempt 2", "attempt 2 failed: attempt 2; the next in 1s", "attempt 3"];
    assert_eq!(told[..3], rest);
    assert!(told[3].starts_with("gave up after 3 in "), "{told:?}");
    assert!(told.len() == 4 || told[4].starts_with("finished"), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn a_function_is_named_with_its_module_wherever_it_stands() {
    struct Client;

    impl Client {
        #[bounded(1)]
        async fn method_of_a_client(&self) {}
    }

    trait Service {
        async fn method_of_a_service(&self);
    }

    impl Service for Client {
        #[bounded(1)]
        async fn method_of_a_service(&self) {}
    }

    mod deeper {
        #[steadfast::bounded(1)]
        pub(super) async fn function_of_a_module() {}
    }

    let counts = [
        "observe::method_of_a_client",
        "observe::method_of_a_service",
        "observe::deeper::function_of_a_module",
    ]
    .map(Count::of);
    let _subscriptions = counts.each_ref().map(|count| observe::subscribe(Arc::<Count>::clone(count)));
    Client.method_of_a_client().await;
    Client.method_of_a_service().await;
    deeper::function_of_a_module().await;
    assert_eq!(counts.map(|count| count.get()), [3, 3, 3]);
}

#[tokio::test(start_paused = true)]
async fn an_event_shows_the_error_by_display_else_debug_else_its_type() {
    #[derive(Debug, thiserror::Error)]
    #[error("as a sentence")]
    struct Sentence;
    #[derive(Debug)]
    struct Structure;
    struct Neither;

    macro_rules! functions {
        ($($name:ident: $error:ident;)*) => {$(
            #[retry(on = any, attempts = 2, backoff = constant(1ms), jitter = none)]
            async fn $name() -> Result<(), $error> {
                Err($error)
            }
        )*};
    }
    functions! { by_display: Sentence; by_debug: Structure; by_type: Neither; }

    let events = [record!(by_display), record!(by_debug), record!(by_type)];
    let _ = (by_display().await, by_debug().await, by_type().await);
    let shown = events.map(|events| events.take().remove(2));
    assert!(shown[0].contains("failed: as a sentence;"), "{shown:?}");
    assert!(shown[1].contains("failed: Structure;"), "{shown:?}");
    assert!(shown[2].contains("Neither;"), "{shown:?}");
}
