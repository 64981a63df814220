//! Code that is right does not notice `#[checked]`: every question is asked at every possible place of these functions,
//! and they compile without a warning, are as `Send` as before, and do what they say.
#![deny(warnings, clippy::pedantic, clippy::nursery)]
// What clippy says of the functions themselves: generic ones are as `Send` as what they get, and modules inside of a test
// are private. It says the same without `#[checked]`.
#![allow(clippy::future_not_send, clippy::redundant_pub_crate)]

#[path = "checked/borrows.rs"]
mod borrows;
#[path = "checked/closures.rs"]
mod closures;
#[path = "checked/conditions.rs"]
mod conditions;
#[path = "checked/generics.rs"]
mod generics;
#[path = "checked/handles.rs"]
mod handles;
#[path = "checked/inference.rs"]
mod inference;
#[path = "checked/items.rs"]
mod items;
#[path = "checked/loops.rs"]
mod loops;
#[path = "checked/macros.rs"]
mod macros;
#[path = "checked/marks.rs"]
mod marks;
#[path = "checked/moves.rs"]
mod moves;
#[path = "checked/patterns.rs"]
mod patterns;
#[path = "checked/policies.rs"]
mod policies;
#[path = "checked/published.rs"]
mod published;
#[path = "checked/results.rs"]
mod results;
#[path = "checked/returns.rs"]
mod returns;
#[path = "checked/sizes.rs"]
mod sizes;
#[path = "checked/spawned.rs"]
mod spawned;
#[path = "checked/told.rs"]
mod told;

/// The future is `Send`, as it would be without the attribute.
const fn send<T: Send>(future: T) -> T {
    future
}

async fn other() {
    tokio::task::yield_now().await;
}
