//! Only the type tells that nothing can be missed.

struct Changes;

impl Changes {
    async fn notified(&self) {}
}

#[steadfast::checked(deny(notify_lost_wakeup))]
async fn own_type(mut left: u8, changes: &Changes) {
    while left > 0 {
        changes.notified().await;
        left -= 1;
    }
}

fn main() {}
