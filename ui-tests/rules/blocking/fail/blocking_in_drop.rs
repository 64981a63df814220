//! A value that waits when it is dropped.

struct Session {
    done: tokio::sync::mpsc::Sender<()>,
}

#[steadfast::checked(deny(blocking_in_drop))]
impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.done.blocking_send(());
    }
}

fn main() {}
