//! Only the type tells that the channel does not lag.

struct Events(u8);

impl Events {
    async fn recv(&mut self) -> Result<u8, ()> {
        self.0 = self.0.checked_sub(1).ok_or(())?;
        Ok(self.0)
    }
}

#[steadfast::checked]
async fn own_type(mut events: Events) {
    while let Ok(event) = events.recv().await {
        println!("{event}");
    }
}

#[steadfast::checked]
async fn in_a_match(events: &mut Events) {
    loop {
        match events.recv().await {
            Ok(event) => println!("{event}"),
            Err(()) => break,
        }
    }
}

fn main() {}
