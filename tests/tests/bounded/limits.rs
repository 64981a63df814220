//! Every way to write a limit.

use super::*;

const LIMIT: usize = 3;

struct Client {
    connections: usize,
}

impl Client {
    const LIMIT: usize = 4;

    #[bounded(Self::LIMIT)]
    async fn by_associated_constant(&self, room: Arc<Room>) {
        room.stay().await;
    }

    #[bounded(self.connections)]
    async fn by_field(&self, room: Arc<Room>) {
        room.stay().await;
    }

    #[bounded(self.connections.max(2) + 3)]
    async fn by_expression(&self, room: Arc<Room>) {
        room.stay().await;
    }
}

#[bounded(2)]
async fn literal(room: Arc<Room>) {
    room.stay().await;
}

#[bounded(LIMIT)]
async fn constant(room: Arc<Room>) {
    room.stay().await;
}

#[bounded(limit)]
async fn parameter(room: Arc<Room>, limit: usize) {
    room.stay().await;
}

#[steadfast::bounded(5)]
async fn by_path(room: Arc<Room>) {
    room.stay().await;
}

#[bounded(6, crate = "crate::limits::renamed::runtime")]
async fn by_another_name(room: Arc<Room>) {
    room.stay().await;
}

mod renamed {
    pub(super) use steadfast as runtime;
}

#[tokio::test(start_paused = true)]
async fn every_form_of_a_limit_is_the_limit() {
    let table = [
        ("2", crowd(10, literal).await, 2),
        ("LIMIT", crowd(10, constant).await, 3),
        ("limit", crowd(10, |room| parameter(room, 7)).await, 7),
        ("steadfast::bounded", crowd(10, by_path).await, 5),
        ("crate = ..", crowd(10, by_another_name).await, 6),
        (
            "Self::LIMIT",
            crowd(10, |room| async { Client { connections: 1 }.by_associated_constant(room).await }).await,
            4,
        ),
        (
            "self.connections",
            crowd(10, |room| async { Client { connections: 9 }.by_field(room).await }).await,
            9,
        ),
        (
            "self.connections.max(2) + 3",
            crowd(10, |room| async { Client { connections: 1 }.by_expression(room).await }).await,
            5,
        ),
    ];
    for (form, (most, took), expected) in table {
        assert_eq!(most, expected, "{form}");
        assert_eq!(took, secs(10_u64.div_ceil(expected as u64)), "{form}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_changes_between_calls_holds_from_the_next_call_on() {
    #[bounded(limit)]
    async fn changing(room: &Room, limit: usize) {
        room.stay().await;
    }

    let room = Room::default();
    // Three come in, and the fourth waits.
    let mut calls: Vec<_> = (0..4).map(|_| Box::pin(changing(&room, 3))).collect();
    for call in &mut calls {
        assert!(futures::poll!(call).is_pending());
    }
    assert_eq!(room.inside.load(Ordering::SeqCst), 3);
    // A larger limit lets the one that waits in as well.
    let mut larger = Box::pin(changing(&room, 5));
    assert!(futures::poll!(&mut larger).is_pending());
    assert!(futures::poll!(&mut calls[3]).is_pending());
    assert_eq!(room.inside.load(Ordering::SeqCst), 5);
    // A smaller one ends nobody, and lets nobody in before enough have left.
    let mut smaller = Box::pin(changing(&room, 1));
    assert!(futures::poll!(&mut smaller).is_pending());
    assert_eq!(room.inside.load(Ordering::SeqCst), 5);
    drop((larger, calls.split_off(1)));
    assert!(futures::poll!(&mut smaller).is_pending());
    assert_eq!(room.inside.load(Ordering::SeqCst), 1, "one is inside still");
    drop(calls);
    assert!(futures::poll!(&mut smaller).is_pending());
    assert_eq!(room.inside.load(Ordering::SeqCst), 1, "and now it is the other one");
    let ((), took) = timed(smaller).await;
    assert_eq!(took, secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_zero_at_run_time_is_one_and_told() {
    #[bounded(limit)]
    async fn nobody(room: Arc<Room>, limit: usize) {
        room.stay().await;
    }

    let events = record!(nobody);
    assert_eq!(crowd(2, |room| nobody(room, 0)).await, (1, secs(2)));
    let told = events.take();
    assert_eq!(told.iter().filter(|line| line.starts_with("clamped")).count(), 2, "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_no_semaphore_holds_is_clamped_and_told() {
    #[bounded(limit)]
    async fn everybody(room: Arc<Room>, limit: usize) {
        room.stay().await;
    }

    let events = record!(everybody);
    assert_eq!(crowd(100, |room| everybody(room, usize::MAX)).await, (100, secs(1)));
    assert!(events.take().iter().any(|line| line.starts_with("clamped")));
}

#[tokio::test(start_paused = true)]
async fn the_limit_is_evaluated_once_per_call_and_before_the_wait() {
    #[bounded({ evaluated.begin(); 1 })]
    async fn counted(evaluated: &Attempts) {
        sleep(secs(1)).await;
    }

    let evaluated = Attempts::new();
    futures::join!(counted(&evaluated), counted(&evaluated));
    assert_eq!(evaluated.at(), [secs(0), secs(0)]);
}
