use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Mutex, Notify, Semaphore};

const LIMIT: Semaphore = Semaphore::const_new(4);
const COUNT: AtomicUsize = AtomicUsize::new(0);
const EMPTY: Mutex<u8> = Mutex::const_new(0);
const MAX: usize = 4;
static GATE: Semaphore = Semaphore::const_new(4);

async fn a_constant() {
    let _permit = LIMIT.acquire().await; //~ shared_default
    COUNT.fetch_add(1, Ordering::Relaxed); //~ shared_default
}

fn a_vector_of_locks() -> Vec<Arc<Mutex<u8>>> {
    vec![Arc::new(Mutex::new(0)); 4] //~ shared_default
}

fn of_cells(n: usize) {
    let cells = vec![Rc::new(RefCell::new(Vec::<u8>::new())); n]; //~ shared_default
    let notify = vec![Arc::new(tokio::sync::Notify::new()); MAX]; //~ shared_default
}

async fn a_static() {
    let _permit = GATE.acquire().await;
}

fn one_lock_each() -> Vec<Arc<Mutex<u8>>> {
    (0..4).map(|_| Arc::new(Mutex::new(0))).collect()
}

fn listed() -> Vec<Arc<Mutex<u8>>> {
    vec![Arc::new(Mutex::new(0)), Arc::new(Mutex::new(1))]
}

fn shared_on_purpose(limit: Arc<Semaphore>) -> Vec<Arc<Semaphore>> {
    vec![limit.clone(); 4]
}

fn that_never_changes() -> Vec<Arc<str>> {
    let names = vec![Arc::new("a".to_owned()); 4];
    vec![Arc::from("a"); names.len()]
}

fn an_array() -> [Mutex<u8>; 4] {
    [EMPTY; 4]
}

fn a_constant_number() -> u32 {
    MAX.count_ones()
}

fn a_local_of_the_name() {
    let limit = Notify::new();
    limit.notify_one();
}

struct Pool;

impl Pool {
    const LIMIT: usize = 4;

    fn limit(&self) -> usize {
        Self::LIMIT.min(2)
    }
}
