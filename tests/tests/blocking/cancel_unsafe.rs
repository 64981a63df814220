//! `#[cancel_unsafe]`: the same for functions whose futures must not be dropped.

use std::mem::size_of_val;
use std::sync::Arc;

use steadfast::__private::CancelUnsafe;
use steadfast::{bounded, cancel_unsafe};

use super::answer;

mod orders {
    use std::future::{Ready, ready};

    use steadfast::cancel_unsafe;

    #[cancel_unsafe]
    pub(crate) async fn save(name: &str) -> usize {
        let buffer = [name; 4];
        tokio::task::yield_now().await;
        buffer.len() + name.len()
    }

    pub(crate) async fn save_without_mark(name: &str) -> usize {
        let buffer = [name; 4];
        tokio::task::yield_now().await;
        buffer.len() + name.len()
    }

    #[cancel_unsafe]
    pub(crate) fn named<T>(value: T) -> Ready<T> {
        ready(value)
    }
}

use orders::{named, save};

fn send<T: Send>(future: T) -> T {
    future
}

#[tokio::test]
async fn a_future_is_unchanged() {
    assert_eq!(size_of_val(&save("a")), size_of_val(&orders::save_without_mark("a")));
    assert_eq!(send(save("abc")).await, 7);
    assert_eq!(named(3).await, 3);
}

#[test]
fn its_twin_is_imported_with_it() {
    assert_eq!(
        [
            answer!(CancelUnsafe, super::save),
            answer!(CancelUnsafe, super::named),
            // Another mark; no mark.
            answer!(Blocks, super::save),
            answer!(CancelUnsafe, super::orders::save_without_mark),
        ],
        ["CancelUnsafe", "CancelUnsafe", "No", "No"]
    );
}

#[tokio::test]
async fn the_mark_of_another_crate_is_found() {
    use steadfast_tests_marked::orders::{Journal, peek, post, transfer};

    assert_eq!(transfer("ab").await + post("c").await + peek("d").await, 4);
    assert_eq!(
        [
            answer!(CancelUnsafe, steadfast_tests_marked::orders::transfer),
            answer!(CancelUnsafe, steadfast_tests_marked::orders::post),
            answer!(CancelUnsafe, steadfast_tests_marked::orders::peek),
        ],
        ["CancelUnsafe", "CancelUnsafe", "No"]
    );

    let mut journal = Journal::open().await;
    assert_eq!(send(journal.append("a")).await + journal.sync().await, 2);
    let _: [CancelUnsafe; 3] = [
        journal.__cancel_unsafe_query_append(),
        journal.__cancel_unsafe_query_sync(),
        Journal::__cancel_unsafe_query_open(),
    ];
}

struct Store(u8);

impl Store {
    #[cancel_unsafe(inherent)]
    async fn open(size: u8) -> Store {
        Store(named(size).await)
    }

    #[cancel_unsafe]
    pub(crate) async fn write(&mut self, size: u8) -> u8 {
        let size = named(size).await;
        std::mem::replace(&mut self.0, size)
    }

    #[cancel_unsafe]
    #[bounded(1)]
    pub(crate) async fn close(self: Arc<Self>) -> u8 {
        self.0
    }

    #[bounded(1)]
    #[cancel_unsafe(inherent)]
    async fn private(&self) -> u8 {
        self.0
    }
}

trait Load {
    #[cancel_unsafe]
    async fn load(&self) -> u8;
}

impl Load for Store {
    #[cancel_unsafe]
    async fn load(&self) -> u8 {
        self.0
    }
}

#[tokio::test]
async fn methods_have_a_method_as_their_mark() {
    let mut store = Store::open(3).await;
    assert_eq!((store.write(2).await, store.private().await, store.load().await), (3, 2, 2));
    let _: [CancelUnsafe; 4] = [
        store.__cancel_unsafe_query_write(),
        store.__cancel_unsafe_query_close(),
        store.__cancel_unsafe_query_private(),
        Store::__cancel_unsafe_query_open(),
    ];
    assert_eq!(Arc::new(store).close().await, 2);
}
