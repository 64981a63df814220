//! Queues between tasks, with items that the queue waits for.
//!
//! | queue | gives next |
//! |---|---|
//! | [`Queue`] | the item that was put first |
//! | [`LifoQueue`] | the item that was put last |
//! | [`PriorityQueue`] | the item of the highest priority, and among equals the one that was put first |
//!
//! They hold [`Item`]s rather than values: what was taken counts as unfinished until it is [`done`](Item::done), `join`
//! waits for that, and an item that a cancelled or panicking task drops goes back to the queue.
//!
//! # What they guarantee
//! - Never more than `capacity` items are queued by `put`; those that come back are let in beyond it, and the next `put`
//!   waits for them to leave.
//! - Whoever waits is served in the order of the first poll, and nobody overtakes, not even with `try_put` and `try_get`.
//! - A future that is dropped while it waits gives its place up, and what was on its way to it goes to the next one. A `get`
//!   that is dropped has taken nothing; a `put` that is dropped has put nothing, and its value is dropped with it.
//! - `close` and `shutdown` wake everybody who waits.
//! - A queue needs no runtime: `put`, `get` and `join` are plain futures without timers or tasks. They count against tokio's
//!   cooperative budget, so that a loop over a queue that is never empty lets others run.
//!
//! Handles are clones; a queue ends by [`close`](Queue::close) or [`shutdown`](Queue::shutdown) and not when a handle is
//! dropped: a forgotten handle would keep it open for ever, or a missing one close it too early.
//!
//! There is one lock, held for a few instructions and never across an await.
//!
//! # Examples
//! ```
//! use steadfast::Queue;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let pages = Queue::new(100);
//! let workers = tokio::spawn({
//!     let pages = pages.clone();
//!     async move {
//!         pages.workers(4, async |page| {
//!             // Four at once.
//!             assert!(*page < 10);
//!             Ok::<(), std::io::Error>(())
//!         }).await
//!     }
//! });
//! for page in 0..10 {
//!     pages.put(page).await.unwrap();
//! }
//! pages.close();
//! pages.join().await.unwrap();
//! workers.await.unwrap().unwrap();
//! # }
//! ```

mod core;
mod entries;
mod error;
mod handle;
mod item;
mod line;
mod on_drop;
mod shared;
mod wait;
mod workers;

pub use error::{Ended, PutError, TryGetError};
pub use handle::{LifoQueue, PriorityQueue, Queue};
pub use item::Item;
pub use on_drop::OnDrop;
