//! What is released, what runs to its end, and what belongs to the program.

use std::pin::pin;

use futures::StreamExt;
use steadfast::{Managed, detach, shield, stream};

use super::*;

/// A connection, say: opened in a second, closed in two.
struct Connection(World, #[expect(dead_code, reason = "counts as alive")] Guard);

impl Connection {
    async fn open(world: &World) -> Managed<Self, &'static str> {
        sleep(secs(1)).await;
        // From here on to the end of the release.
        world.begin();
        Managed::new(Self(world.clone(), world.alive.guard()), Self::close)
    }

    async fn close(self) -> Result<(), &'static str> {
        sleep(secs(2)).await;
        self.0.finish();
        Ok(())
    }
}

#[test]
fn acquired_used_and_released() {
    let by_hand = everywhere(|world| async move {
        let connection = Connection::open(&world).await;
        sleep(secs(1)).await;
        connection.release().await
    });
    let with = everywhere(|world| async move {
        let connection = Connection::open(&world).await;
        connection.with(async |connection| connection.0.limited(1).await).await
    });
    let dropped = everywhere(|world| async move {
        drop(Connection::open(&world).await);
        sleep(secs(1)).await;
    });
    assert!(by_hand >= 4 && with >= 4 && dropped >= 3, "{by_hand}, {with}, {dropped}");
}

/// In a child, whose scope waits for the release.
#[test]
fn acquired_in_a_child() {
    let polls = everywhere(|world| async move {
        scope(async |s: Scope<&str>| {
            let own = world.clone();
            s.spawn(async move {
                let _connection = Connection::open(&own).await;
                sleep(secs(3)).await;
                Ok(())
            });
            s.spawn(world.failing(2));
            sleep(secs(1)).await;
            Ok(())
        })
        .await
    });
    assert!(polls >= 3, "{polls}");
}

#[shield]
async fn booked(world: World) -> u64 {
    world.begin();
    let _guard = world.alive.guard();
    let _permit = world.limit.acquire().await;
    sleep(secs(1)).await;
    let outcome = scope(async |s| {
        s.spawn(world.child(1));
        Ok::<_, &str>(1)
    });
    assert!(outcome.await.is_ok());
    world.finish();
    1
}

#[test]
fn a_shielded_call() {
    let alone = everywhere(booked);
    let contended = everywhere(|world| async move { tokio::join!(booked(world.clone()), booked(world)) });
    let in_a_child = everywhere(|world| async move {
        scope(async |s: Scope<&str>| {
            s.spawn({
                let call = booked(world.clone());
                async move { Ok(call.await) }
            });
            s.spawn(world.failing(1));
            sleep(secs(5)).await;
            Ok(())
        })
        .await
    });
    assert!(alone >= 3 && contended >= 4 && in_a_child >= 2, "{alone}, {contended}, {in_a_child}");
}

/// It goes on, whoever waits for it; only the root does, so a scope around it is not held up.
#[test]
fn a_detached_task() {
    let polls = everywhere_in(Around::Root, &|world: World| async move {
        world.begin();
        let own = world.clone();
        let task = detach("to the end", async move {
            assert_eq!(own.child(2).await, Ok(2));
            own.finish();
        });
        sleep(secs(1)).await;
        task.await
    });
    assert!(polls >= 2, "{polls}");
}

#[stream]
async fn rows(world: World) -> u64 {
    let connection = Connection::open(&world).await;
    for row in 1..=2 {
        let _guard = world.alive.guard();
        sleep(secs(1)).await;
        yield_!(row);
    }
    connection.release().await.expect("it does not fail");
}

#[test]
fn a_stream() {
    let polls = everywhere(|world| async move {
        let mut rows = pin!(rows(world.clone()));
        while let Some(row) = rows.next().await {
            assert_eq!(world.limited(row).await, Ok(row));
        }
    });
    assert!(polls >= 6, "{polls}");
}
