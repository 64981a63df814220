use std::time::Duration;

use tokio::time::{self, sleep};

async fn looks_again_and_again(device: Device) {
    loop {
        device.step();
        sleep(Duration::from_millis(1)).await; //~ tiny_sleep_loop
    }
}

async fn in_a_branch(device: Device) {
    loop {
        if device.is_late() {
            time::sleep(Duration::from_micros(500)).await; //~ tiny_sleep_loop
        }
    }
}

async fn between_jobs(jobs: Mutex<Vec<Job>>) {
    loop {
        let job = jobs.lock().await.pop();
        if let Some(job) = job {
            job.run().await;
        }
        sleep(Duration::from_millis(1)).await; //~ tiny_sleep_loop
    }
}

async fn until_a_job_comes(jobs: &Queue) {
    loop {
        let Some(job) = jobs.pop() else {
            sleep(Duration::from_millis(1)).await; //~ tiny_sleep_loop
            continue;
        };
        job.run().await;
    }
}

async fn all_of_a_batch(jobs: &Queue) {
    loop {
        for job in jobs.take() {
            job.run().await;
        }
        sleep(Duration::from_millis(5)).await; //~ tiny_sleep_loop
    }
}

async fn after_work(device: Device) {
    while let Some(event) = device.peek().await {
        if event.is_late() {
            time::sleep(Duration::from_micros(500)).await;
        }
    }
}

async fn after_an_error(listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok(stream) => serve(stream),
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn after_an_error_in_select(listener: TcpListener, mut stop: Receiver<()>) {
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(stream) => serve(stream),
                Err(_) => sleep(Duration::from_millis(10)).await,
            },
            _ = stop.recv() => break,
        }
    }
}

async fn between_packets(mut socket: Socket) {
    for packet in packets() {
        socket.send(packet).await;
        sleep(Duration::from_millis(2)).await;
    }
}

async fn in_front_of_the_next_try(server: &Server) -> Reply {
    loop {
        sleep(Duration::from_millis(5)).await;
        if let Ok(reply) = server.ask().await {
            return reply;
        }
    }
}

async fn a_longer_one(device: Device) {
    loop {
        device.step();
        sleep(Duration::from_millis(100)).await;
    }
}

async fn once() {
    sleep(Duration::from_millis(1)).await;
}

async fn in_a_task() {
    for _ in 0..3 {
        tokio::spawn(async { sleep(Duration::from_millis(1)).await }).await.unwrap();
    }
}

async fn computed(device: Device, pause: Duration) {
    loop {
        device.step();
        sleep(pause).await;
    }
}

async fn a_tick(mut ticks: time::Interval) {
    loop {
        ticks.tick().await;
    }
}

fn on_a_thread() {
    loop {
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[tokio::test]
async fn in_a_test(device: Device) {
    loop {
        device.step();
        sleep(Duration::from_millis(1)).await;
    }
}

async fn between_items(items: Vec<Item>) {
    for item in items {
        print(item);
        sleep(Duration::from_millis(5)).await;
    }
}

async fn looks_often(device: Device) {
    for _ in 0..100 {
        if device.is_ready() {
            break;
        }
        sleep(Duration::from_millis(5)).await; //~ tiny_sleep_loop
    }
}
