use tokio::runtime::Handle;

struct Session;

impl Drop for Session {
    fn drop(&mut self) {
        tokio::spawn(async { println!("goodbye") }); //~ spawn_in_drop
    }
}

struct Current;

impl Drop for Current {
    fn drop(&mut self) {
        let runtime = Handle::current(); //~ spawn_in_drop
        runtime.spawn(async { println!("goodbye") });
    }
}

struct Careful;

impl Drop for Careful {
    fn drop(&mut self) {
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async { println!("goodbye") });
        }
    }
}

struct CarefulInAnotherWay;

impl Drop for CarefulInAnotherWay {
    fn drop(&mut self) {
        if Handle::try_current().is_ok() {
            tokio::spawn(async { println!("goodbye") });
        }
    }
}

struct WithItsOwn(Handle);

impl Drop for WithItsOwn {
    fn drop(&mut self) {
        self.0.spawn(async { println!("goodbye") });
    }
}

struct OnAThread;

impl Drop for OnAThread {
    fn drop(&mut self) {
        std::thread::spawn(|| println!("goodbye"));
    }
}

impl Session {
    fn drop(&mut self) {
        tokio::spawn(async { println!("not the destructor") });
    }

    async fn close(self) {
        tokio::spawn(async { println!("goodbye") }).await.unwrap();
    }
}
