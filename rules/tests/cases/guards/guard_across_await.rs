use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, RwLock};

struct App {
    state: Mutex<State>,
    routes: RwLock<HashMap<String, u32>>,
    slots: tokio::sync::Mutex<Vec<u32>>,
    other: Store,
}

async fn local() {
    let m = Mutex::new(0);
    let mut g = m.lock().unwrap(); //~ guard_across_await
    *g += 1;
    fetch().await;
}

async fn parameter(m: &Mutex<u32>) {
    let g = m.lock().expect("poisoned"); //~ guard_across_await
    fetch().await;
    println!("{g}");
}

async fn shared(m: Arc<RwLock<u32>>) {
    let g = m.read().unwrap_or_else(|e| e.into_inner()); //~ guard_across_await
    send(*g).await;
}

async fn behind_an_arc() {
    let m = Arc::new(Mutex::new(1));
    let g = m.lock().unwrap(); //~ guard_across_await
    fetch().await;
}

impl App {
    async fn field(&self) {
        let mut state = self.state.lock().unwrap(); //~ guard_across_await
        state.hits += 1;
        self.save().await;
    }

    async fn reference(&self) {
        let state = &mut *self.state.lock().unwrap(); //~ guard_across_await
        state.hits += 1;
        self.save().await;
    }

    async fn helper(&self) {
        let state = self.locked(); //? guard_across_await configured_guard_across_await
        self.save().await;
        println!("{}", state.hits);
    }

    async fn tokio_field(&self) {
        let slots = self.slots.lock().await;
        self.save().await;
    }

    async fn unknown_field(&self) {
        let rows = self.other.rows.lock(); //? guard_across_await
        self.save().await;
        println!("{}", rows.len());
    }

    async fn value_taken_out(&self) -> usize {
        let n = self.routes.read().unwrap().len();
        self.save().await;
        n
    }

    async fn cloned(&self) {
        let routes = self.routes.read().unwrap().clone();
        self.save().await;
    }

    async fn inner_block(&self) {
        let next = {
            let mut state = self.state.lock().unwrap();
            state.hits += 1;
            state.hits
        };
        send(next).await;
    }

    async fn save(&self) {}

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

async fn result_held(m: &Mutex<u32>) {
    let r = m.lock(); //~ guard_across_await
    fetch().await;
}

async fn in_a_tuple(m: &Mutex<u32>) {
    let pair = (m.lock().unwrap(), 1); //~ guard_across_await
    fetch().await;
}

async fn in_an_option(m: &Mutex<u32>) {
    let g = m.lock().unwrap();
    let held = Some(g); //~ guard_across_await
    fetch().await;
}

async fn taken_apart(m: &Mutex<u32>) {
    let g = match m.lock() { //~ guard_across_await
        Ok(g) => g,
        Err(e) => e.into_inner(),
    };
    fetch().await;
}

async fn try_lock(m: &Mutex<u32>) {
    if let Ok(g) = m.try_lock() { //~ guard_across_await
        fetch().await;
    }
}

async fn matched(m: &Mutex<u32>) {
    match m.lock() {
        Ok(mut g) => { //~ guard_across_await
            *g += 1;
            fetch().await
        }
        Err(_) => {}
    }
}

async fn let_else(m: &Mutex<u32>) {
    let Ok(g) = m.lock() else { return }; //~ guard_across_await
    fetch().await;
}

async fn guard_parameter(g: MutexGuard<'_, u32>) { //~ guard_across_await
    fetch().await;
    drop(g);
}

async fn only_one_path_drops(m: &Mutex<u32>, c: bool) {
    let g = m.lock().unwrap(); //~ guard_across_await
    if c {
        drop(g);
    }
    fetch().await;
}

async fn over_select(m: &Mutex<u32>) {
    let g = m.lock().unwrap(); //~ guard_across_await
    tokio::select! {
        _ = fetch() => {}
        _ = fetch() => {}
    }
}

async fn shadowed(m: &Mutex<Vec<u32>>) {
    let v = m.lock().unwrap(); //~ guard_across_await
    let v = v.len();
    fetch().await;
}

async fn spawned(m: Arc<Mutex<u32>>) {
    tokio::task::spawn_local(async move {
        let g = m.lock().unwrap(); //~ guard_across_await
        fetch().await;
    });
}

async fn in_a_loop(m: &Mutex<u32>) {
    for _ in 0..3 {
        let g = m.lock().unwrap(); //~ guard_across_await
        fetch().await;
    }
}

async fn copied_out(m: &Mutex<u32>) {
    let v = *m.lock().unwrap();
    send(v).await;
}

async fn dropped(m: &Mutex<u32>) {
    let mut g = m.lock().unwrap();
    *g += 1;
    drop(g);
    fetch().await;
}

async fn given_away(m: &Mutex<u32>) {
    let g = m.lock().unwrap();
    consume(g);
    fetch().await;
}

async fn dropped_before_each_wait(m: &Mutex<u32>, c: bool) {
    let g = m.lock().unwrap();
    if c {
        drop(g);
        fetch().await;
    }
}

async fn condition(m: &Mutex<u32>) {
    if *m.lock().unwrap() > 0 {
        fetch().await;
    }
}

async fn nested_coroutine(m: &Mutex<u32>) {
    let g = m.lock().unwrap();
    let later = async { fetch().await };
    drop(g);
    later.await;
}

async fn in_a_closure(m: &Mutex<u32>) {
    let read = || *m.lock().unwrap();
    send(read()).await;
}

async fn else_of_let(m: &Mutex<Option<u32>>) {
    let Some(v) = m.lock().unwrap().take() else {
        fetch().await;
        return;
    };
    send(v).await;
}

async fn tokio_lock(m: &tokio::sync::Mutex<u32>) {
    let mut g = m.lock().await;
    *g += 1;
    fetch().await;
}

async fn tokio_guard(g: tokio::sync::MutexGuard<'_, u32>) {
    fetch().await;
    drop(g);
}

async fn early_return(m: &Mutex<u32>) -> u32 {
    let g = m.lock().unwrap();
    if *g > 3 {
        return *g;
    }
    drop(g);
    fetch().await;
    0
}

async fn handed_to_the_wait(m: &Mutex<u32>, cv: Condvar) {
    let mut g = m.lock().unwrap();
    while *g == 0 {
        g = cv.wait(g).await;
    }
}

fn synchronous(m: &Mutex<u32>) -> impl Future<Output = ()> {
    let g = m.lock().unwrap();
    let later = async { fetch().await };
    later
}

fn told_within_the_block(store: Store) {
    tokio::spawn(async move {
        let rows = store.rows.lock(); //? guard_across_await
        store.report(&rows).await;
    });
    tokio::spawn(async move {
        let rows = store.rows.lock(); //? guard_across_await
        fetch().await;
        println!("{}", rows);
        rows.clear();
    });
}

fn told_behind_the_block(store: Store) -> Pin<Box<dyn Future<Output = Vec<u32>>>> {
    Box::pin(async move {
        let mut all = Vec::new();
        let first = store.rows.lock();
        fetch().await;
        all.push(first);
        let second = store.rows.lock();
        fetch().await;
        log(&second);
        all.extend(second);
        let third = store.rows.lock();
        fetch().await;
        if third.is_some() {
            all.extend_from_slice(&third);
        }
        all
    })
}

async fn told_by_the_function(store: Store) -> Vec<u32> {
    let first = store.rows.lock(); //? guard_across_await
    fetch().await;
    vec![first]
}

/// It makes a block without a type of the function.
#[async_recursion]
async fn rewritten(store: Store) -> Vec<u32> {
    let first = store.rows.lock();
    fetch().await;
    vec![first]
}

#[async_recursion]
async fn rewritten_without_a_value(store: Store) {
    let first = store.rows.lock(); //? guard_across_await
    fetch().await;
    consume(first);
}

async fn fetch() {}
async fn send(_: u32) {}
fn consume(_: MutexGuard<'_, u32>) {}
struct State {
    hits: u32,
}
struct Store {
    rows: Locked,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn environment() {
        let _guard = ENV.lock().unwrap();
        fetch().await;
    }
}
