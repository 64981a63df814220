//! The same lock is taken twice.

use tokio::sync::RwLock;

struct App {
    users: RwLock<Vec<u32>>,
    jobs: std::sync::Mutex<Vec<u32>>,
}

impl App {
    #[steadfast::checked]
    async fn asked(&self) {
        let users = self.users.read().await;
        if users.is_empty() {
            self.users.write().await.push(1);
        }
    }

    #[steadfast::checked]
    async fn blocking(&self) {
        let jobs = self.jobs.lock().unwrap();
        self.jobs.lock().unwrap().push(jobs.len() as u32);
    }
}

#[steadfast::checked]
async fn certain(sum: &tokio::sync::Mutex<u32>) {
    let first = sum.lock().await;
    let second = sum.lock().await;
    println!("{first} {second}");
}

fn main() {}
