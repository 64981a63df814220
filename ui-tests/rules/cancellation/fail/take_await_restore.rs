//! A field that stays empty if the coroutine is dropped.

struct Client {
    connection: Option<Vec<u8>>,
}

impl Client {
    #[steadfast::checked(deny(take_await_restore))]
    async fn certain(&mut self) {
        let connection = self.connection.take().unwrap();
        tokio::task::yield_now().await;
        self.connection = Some(connection);
    }
}

fn main() {}
