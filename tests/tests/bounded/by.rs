//! `by = ..`: a `Bulkhead` in a field, a static or a parameter, and one for several functions.

use super::*;

static SHARED: Bulkhead = Bulkhead::new(2);

struct Client {
    own: Bulkhead,
    shared: Arc<Bulkhead>,
}

impl Client {
    fn new(limit: usize) -> Self {
        Self { own: Bulkhead::new(limit), shared: Arc::new(Bulkhead::new(limit)) }
    }

    #[bounded(by = self.own)]
    async fn by_field(&self, room: &Room) {
        room.stay().await;
    }

    #[bounded(by = self.shared)]
    async fn by_shared_field(&self, room: &Room) {
        room.stay().await;
    }

    fn pool(&self) -> Arc<Bulkhead> {
        Arc::clone(&self.shared)
    }

    #[bounded(by = self.pool())]
    async fn by_method(&self, room: &Room) {
        room.stay().await;
    }
}

#[bounded(by = SHARED)]
async fn by_static(room: Arc<Room>) {
    room.stay().await;
}

#[bounded(by = SHARED)]
async fn by_the_same_static(room: Arc<Room>) {
    room.stay().await;
}

#[bounded(by = limit)]
async fn by_reference(limit: &Bulkhead, room: &Room) {
    room.stay().await;
}

#[bounded(by = limit)]
async fn by_value(limit: Arc<Bulkhead>, room: &Room) {
    room.stay().await;
}

#[bounded(by = if urgent { &limits.0 } else { &limits.1 })]
async fn by_choice(limits: &(Bulkhead, Bulkhead), urgent: bool, room: &Room) {
    room.stay().await;
}

/// How many of ten calls on one task are inside after each was polled once.
async fn inside<'a, F: Future<Output = ()>>(call: impl Fn(&'a Room) -> F) -> usize {
    let room: &'static Room = Box::leak(Box::default());
    let mut calls: Vec<_> = (0..10).map(|_| Box::pin(call(room))).collect();
    for call in &mut calls {
        assert!(futures::poll!(call).is_pending());
    }
    room.inside.load(Ordering::SeqCst)
}

#[tokio::test(start_paused = true)]
async fn a_bulkhead_counts_wherever_it_is_kept() {
    let client: &Client = Box::leak(Box::new(Client::new(3)));
    assert_eq!(inside(|room| client.by_field(room)).await, 3);
    assert_eq!(inside(|room| client.by_shared_field(room)).await, 3);
    assert_eq!(inside(|room| client.by_method(room)).await, 3);
    let bulkhead: &'static Bulkhead = Box::leak(Box::new(Bulkhead::new(4)));
    assert_eq!(inside(|room| by_reference(bulkhead, room)).await, 4);
    let shared = Arc::new(Bulkhead::new(5));
    assert_eq!(inside(|room| by_value(Arc::clone(&shared), room)).await, 5);
    let limits: &'static (Bulkhead, Bulkhead) = Box::leak(Box::new((Bulkhead::new(6), Bulkhead::new(7))));
    assert_eq!(inside(|room| by_choice(limits, true, room)).await, 6);
    assert_eq!(inside(|room| by_choice(limits, false, room)).await, 7);
    assert_eq!((limits.0.available(), limits.1.available()), (6, 7));
}

#[tokio::test(start_paused = true)]
async fn functions_that_name_the_same_bulkhead_share_it() {
    let both = |room: Arc<Room>| async move {
        futures::join!(by_static(Arc::clone(&room)), by_the_same_static(room))
    };
    assert_eq!(crowd(3, both).await, (2, secs(3)));
    assert_eq!(SHARED.available(), 2);
}

#[tokio::test(start_paused = true)]
async fn each_instance_has_its_own() {
    let (first, second) = (Client::new(1), Client::new(1));
    let room = Room::default();
    futures::join!(first.by_field(&room), second.by_field(&room));
    assert_eq!(room.most(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_permit_that_is_taken_by_hand_counts() {
    let bulkhead = Bulkhead::new(1);
    let room = Room::default();
    let permit = bulkhead.try_acquire();
    let mut call = Box::pin(by_reference(&bulkhead, &room));
    assert!(futures::poll!(&mut call).is_pending());
    assert_eq!((bulkhead.waiting(), room.most()), (1, 0));
    drop(permit);
    call.await;
    assert_eq!((bulkhead.waiting(), bulkhead.available(), room.most()), (0, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn resizing_it_holds_for_the_attribute() {
    let bulkhead = Bulkhead::new(1);
    let room = Room::default();
    let mut calls: Vec<_> = (0..3).map(|_| Box::pin(by_reference(&bulkhead, &room))).collect();
    for call in &mut calls {
        assert!(futures::poll!(call).is_pending());
    }
    bulkhead.resize(3);
    futures::future::join_all(calls).await;
    assert_eq!(room.most(), 3);
}

#[tokio::test(start_paused = true)]
async fn it_may_refuse_too() {
    #[bounded(by = limit, queue = 1, max_wait = 1s)]
    async fn patient(limit: &Bulkhead) -> Result<(), PolicyError> {
        sleep(secs(60)).await;
        Ok(())
    }

    #[bounded(by = limit, reject)]
    async fn impatient(limit: &Bulkhead) -> Result<(), PolicyError> {
        Ok(())
    }

    let bulkhead = Bulkhead::new(1);
    let mut holder = Box::pin(patient(&bulkhead));
    assert!(futures::poll!(&mut holder).is_pending());
    let refused = impatient(&bulkhead).await.unwrap_err();
    assert_eq!(refused.function(), "bounded::by::impatient", "the function, and not the bulkhead");
    let (outcome, took) = timed(patient(&bulkhead)).await;
    assert_eq!((outcome.unwrap_err().elapsed(), took), (secs(1), secs(1)));
    drop(holder);
    impatient(&bulkhead).await.unwrap();
}
