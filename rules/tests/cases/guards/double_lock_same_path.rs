use tokio::sync::{Mutex, RwLock};

struct App {
    users: RwLock<Vec<u32>>,
    jobs: std::sync::Mutex<Vec<u32>>,
    other: Unknown,
}

impl App {
    async fn upgrade(&self) {
        let users = self.users.read().await;
        if users.is_empty() {
            self.users.write().await.push(1); //~ double_lock_same_path
        }
    }

    async fn blocking(&self) {
        let jobs = self.jobs.lock().unwrap();
        self.jobs.lock().unwrap().push(1); //~ double_lock_same_path
    }

    async fn unknown(&self) {
        let rows = self.other.rows.write().await;
        let more = self.other.rows.read().await; //? double_lock_same_path
    }

    async fn scoped(&self) {
        {
            let users = self.users.read().await;
        }
        self.users.write().await.push(1);
    }

    async fn dropped(&self) {
        let users = self.users.read().await;
        drop(users);
        self.users.write().await.push(1);
    }

    async fn other_field(&self) {
        let users = self.users.read().await;
        self.jobs.lock().unwrap().push(users[0]);
    }

    async fn read_twice(&self) {
        let users = self.users.read().await;
        let again = self.users.read().await;
    }

    async fn tried(&self) {
        let jobs = self.jobs.lock().unwrap();
        let again = self.jobs.try_lock();
    }

    async fn in_a_task(&self) {
        let users = self.users.read().await;
        tokio::spawn(async { self.users.write().await.push(1) }).await.unwrap();
    }

    async fn temporary(&self) {
        let first = self.users.read().await.first().copied();
        self.users.write().await.push(1);
    }
}

async fn locals(m: Mutex<u32>) {
    let a = m.lock().await;
    let b = m.lock().await; //~ double_lock_same_path
}

async fn shadowed(m: Mutex<u32>, n: Mutex<u32>) {
    let a = m.lock().await;
    let m = n;
    let b = m.lock().await;
}

async fn two_of_many(rows: Vec<Mutex<u32>>) {
    let a = rows[0].lock().await;
    let b = rows[1].lock().await;
}

async fn each(rows: Vec<Mutex<u32>>) {
    for row in &rows {
        let guard = row.lock().await;
    }
}

async fn only_made(m: Mutex<u32>) {
    let a = m.lock().await;
    let mut second = Box::pin(m.lock());
    drop(a);
    second.await;
}
