use std::mem;

impl Client {
    async fn an_option(&mut self, message: Message) -> Result<(), Error> {
        let mut connection = self.connection.take().unwrap(); //~ take_await_restore
        connection.write(message).await?;
        self.connection = Some(connection);
        Ok(())
    }

    async fn a_buffer(&mut self) {
        let mut batch = mem::take(&mut self.batch); //~ take_await_restore
        self.sink.write(&batch).await;
        batch.clear();
        self.batch = batch;
    }

    async fn not_put_back(&mut self) {
        let batch = mem::take(&mut self.batch);
        self.sink.write(&batch).await;
    }

    async fn nothing_in_between(&mut self) {
        let state = mem::replace(&mut self.state, State::Gone);
        self.state = state.next();
        self.sink.flush().await;
    }

    async fn borrowed(&mut self, message: Message) {
        let connection = self.connection.as_mut().unwrap();
        connection.write(message).await;
        self.connection = None;
    }

    fn synchronous(&mut self) {
        let batch = mem::take(&mut self.batch);
        self.write(&batch);
        self.batch = batch;
    }
}

async fn a_variable(mut slot: Option<Connection>) {
    let connection = slot.take().unwrap();
    connection.flush().await;
    slot = Some(connection);
}

impl Log {
    async fn write_out(&mut self) {
        let lines = self.lines.take().unwrap_or_default(); //~ take_await_restore
        send(&lines).await;
        self.lines = Some(lines);
    }

    async fn write_out_and_forget(&mut self) {
        let lines = self.lines.take().unwrap_or_default();
        send(&lines).await;
    }
}
