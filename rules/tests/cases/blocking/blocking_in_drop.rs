struct Session {
    runtime: tokio::runtime::Runtime,
    done: tokio::sync::mpsc::Sender<()>,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.runtime.block_on(async {}); //~ blocking_in_drop
        let _ = self.done.blocking_send(()); //~ blocking_in_drop
    }
}

struct Waits;

impl Drop for Waits {
    fn drop(&mut self) {
        futures::executor::block_on(async {}); //~ blocking_in_drop
    }
}

struct Thread(Option<std::thread::JoinHandle<()>>);

impl Drop for Thread {
    fn drop(&mut self) {
        let _ = self.0.take().unwrap().join();
        std::thread::sleep(LIMIT);
        let _ = std::fs::remove_file("a");
    }
}

struct Spawns(tokio::runtime::Handle);

impl Drop for Spawns {
    fn drop(&mut self) {
        let handle = self.0.clone();
        std::thread::spawn(move || handle.block_on(async {}));
    }
}

impl Session {
    fn drop(&mut self) {
        self.runtime.block_on(async {});
    }
}

fn synchronous(runtime: &tokio::runtime::Runtime) {
    runtime.block_on(async {});
}
