use tokio::sync::broadcast::{self, error::RecvError};

async fn ends(mut events: broadcast::Receiver<Event>) {
    while let Ok(event) = events.recv().await { //~ broadcast_lag_ends_loop
        apply(event);
    }
}

struct Follower {
    events: broadcast::Receiver<Event>,
    bus: Bus,
}

impl Follower {
    async fn follow(&mut self, sender: &broadcast::Sender<Event>) {
        let mut events = sender.subscribe();
        tokio::spawn(async move {
            while let Ok(event) = events.recv().await { //~ broadcast_lag_ends_loop
                apply(event).await;
            }
        });
        loop {
            match self.events.recv().await {
                Ok(event) => apply(event).await,
                Err(error) => { //~ broadcast_lag_ends_loop
                    log::info!("the bus is gone: {error}");
                    break;
                }
            }
        }
    }

    async fn of_unknown_type(&mut self) {
        while let Ok(event) = self.bus.receiver.recv().await { //? broadcast_lag_ends_loop
            apply(event);
        }
    }
}

async fn let_else(mut events: broadcast::Receiver<Event>) {
    loop {
        let Ok(event) = events.recv().await else { return }; //~ broadcast_lag_ends_loop
        apply(event);
    }
}

async fn told_apart(mut events: broadcast::Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(event) => apply(event),
            Err(RecvError::Lagged(missed)) => log::warn!("{missed} missed"),
            Err(RecvError::Closed) => break,
        }
    }
}

async fn told_apart_by_a_guard(mut events: broadcast::Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(event) => apply(event),
            Err(error) if is_lag(&error) => continue,
            Err(_) => break,
        }
    }
}

async fn told_apart_within(mut events: broadcast::Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(event) => apply(event),
            Err(error) => {
                if error == RecvError::Closed {
                    break;
                } else {
                    break report(error);
                }
            }
        }
    }
}

async fn goes_on(mut events: broadcast::Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(event) => apply(event),
            Err(_) => continue, //~ closed_channel_spin
        }
    }
}

async fn handed_on(mut events: broadcast::Receiver<Event>) -> Result<(), RecvError> {
    loop {
        let event = events.recv().await?;
        apply(event);
    }
}

async fn returned(mut events: broadcast::Receiver<Event>) -> Result<(), RecvError> {
    loop {
        match events.recv().await {
            Ok(event) => apply(event),
            Err(error) => return Err(error),
        }
    }
}

async fn of_another_crate(mut events: flume::Receiver<Event>) {
    while let Ok(event) = events.recv().await {
        apply(event);
    }
}

async fn a_socket(socket: tokio::net::UdpSocket, mut buffer: [u8; 64]) {
    while let Ok(n) = socket.recv(&mut buffer).await {
        parse(&buffer[..n]);
    }
}

async fn of_mpsc(mut events: tokio::sync::mpsc::Receiver<Event>) {
    while let Some(event) = events.recv().await {
        apply(event);
    }
}
