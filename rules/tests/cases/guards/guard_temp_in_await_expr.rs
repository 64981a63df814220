use std::cell::RefCell;
use std::sync::{Mutex, RwLock};

async fn argument(m: &Mutex<u32>) {
    send(*m.lock().unwrap()).await; //~ guard_temp_in_await_expr
}

async fn cloned_argument(m: &RwLock<Vec<u32>>) {
    send_all(m.read().unwrap().clone()).await; //~ guard_temp_in_await_expr
}

async fn chain(m: &Mutex<Client>) {
    m.lock().unwrap().send(1).await; //~ guard_temp_in_await_expr
}

async fn borrowed(c: &RefCell<Client>) {
    c.borrow_mut().send(1).await; //~ guard_temp_in_await_expr
}

async fn waits_in_an_argument(m: &Mutex<Vec<u32>>) {
    m.lock().unwrap().push(load().await); //~ guard_temp_in_await_expr
}

async fn in_a_let(m: &Mutex<u32>) {
    let answer = ask(m.lock().unwrap().count_ones()).await; //~ guard_temp_in_await_expr
    drop(answer);
}

async fn unknown(clients: Clients) {
    send(*clients.next.lock()).await; //? guard_temp_in_await_expr
}

async fn hoisted(m: &Mutex<u32>) {
    let value = *m.lock().unwrap();
    send(value).await;
}

async fn made_first(m: &Mutex<u32>) {
    let future = send(*m.lock().unwrap());
    future.await;
}

async fn in_a_block(m: &Mutex<Vec<u32>>) {
    send({
        let m = m.lock().unwrap();
        m[0]
    })
    .await;
}

async fn in_an_async_block(m: &Mutex<u32>) {
    run(async { println!("{}", *m.lock().unwrap()) }).await;
}

async fn in_a_closure(m: &Mutex<u32>) {
    tokio::task::spawn_blocking(|| *m.lock().unwrap()).await.unwrap();
}

async fn tokio_lock(m: &tokio::sync::Mutex<Client>) {
    m.lock().await.send(1).await;
    m.lock().await.push(load().await);
}

async fn assigned(m: &Mutex<u32>) {
    *m.lock().unwrap() = load().await;
}

async fn formatted(m: &Mutex<u32>) {
    print(format!("{}", m.lock().unwrap())).await;
}

async fn with_a_buffer(file: &mut File, buffer: &mut [u8]) {
    file.read(buffer).await;
    file.write(buffer).await.unwrap();
}

async fn joined(m: &Mutex<u32>) {
    tokio::join!(send(*m.lock().unwrap()), send(2));
}

async fn statement_before(m: &Mutex<Vec<u32>>) {
    m.lock().unwrap().push(1);
    send(1).await;
}

async fn send(_: u32) {}
async fn load() -> u32 {
    1
}
