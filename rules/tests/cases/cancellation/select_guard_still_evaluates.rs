use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, sleep_until};

async fn an_option(mut rx: Option<Receiver<Job>>, stop: CancellationToken) {
    tokio::select! {
        job = rx.as_mut().unwrap().recv(), if rx.is_some() => run(job), //~ select_guard_still_evaluates
        _ = stop.cancelled() => {}
    }
}

impl Worker {
    async fn a_deadline(&mut self) {
        loop {
            tokio::select! {
                _ = sleep_until(self.deadline.unwrap()), if self.deadline.is_some() => self.expire(), //~ select_guard_still_evaluates
                job = self.jobs.recv() => self.run(job),
            }
        }
    }

    async fn an_index(&mut self) {
        tokio::select! {
            x = self.sources[0].next(), if !self.sources.is_empty() => self.take(x), //~ select_guard_still_evaluates
            job = self.jobs.recv() => self.run(job),
        }
    }

    async fn a_flag(&mut self) {
        tokio::select! {
            frame = self.connection.as_mut().expect("connected").next(), if self.connected => self.take(frame),
            job = self.jobs.recv() => self.run(job),
        }
    }

    async fn in_a_block(&mut self) {
        tokio::select! {
            frame = async { self.connection.as_mut().unwrap().next().await }, if self.connection.is_some() => self.take(frame),
            job = self.jobs.recv() => self.run(job),
        }
    }

    async fn with_a_fallback(&mut self) {
        tokio::select! {
            _ = sleep_until(self.deadline.unwrap_or_else(Instant::now)), if self.deadline.is_some() => self.expire(),
            job = self.jobs.recv() => self.run(job),
        }
    }

    async fn an_optional_future(&mut self) {
        tokio::select! {
            Some(frame) = OptionFuture::from(self.connection.as_mut().map(|c| c.next())), if self.connection.is_some() => self.take(frame),
            job = self.jobs.recv() => self.run(job),
        }
    }

    async fn something_else_is_unwrapped(&mut self, is_open: bool) {
        tokio::select! {
            job = self.queue.lock().unwrap().waiter(), if is_open => self.run(job),
            _ = self.send(self.config.read().unwrap().clone()), if !self.sent => self.sent = true,
            _ = self.stop.cancelled() => {}
        }
    }

    async fn without_a_condition(&mut self) {
        tokio::select! {
            frame = self.connection.as_mut().unwrap().next() => self.take(frame),
            job = self.jobs.recv() => self.run(job),
        }
    }

    async fn in_the_handler(&mut self) {
        tokio::select! {
            job = self.jobs.recv(), if self.current.is_none() => self.run(job.unwrap()),
            _ = self.stop.cancelled() => self.current.take().unwrap().stop(),
        }
    }
}
