use std::sync::Mutex;

use steadfast::stream;

#[stream]
async fn locks(rows: tokio::sync::Mutex<Vec<u8>>, count: std::sync::Arc<Mutex<u8>>) -> u8 {
    let rows = rows.lock().await;
    for row in rows.iter() {
        yield_!(*row);
    }
    drop(rows);
    {
        let mut counted = count.lock().unwrap();
        *counted += 1;
        yield_!(*counted);
    }
    yield_!(0);
}

fn main() {}
