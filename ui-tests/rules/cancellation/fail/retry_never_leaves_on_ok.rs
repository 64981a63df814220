//! A retry that goes on after a success.

use std::io;
use std::time::Duration;

async fn register() -> io::Result<()> {
    Ok(())
}

#[steadfast::checked]
async fn certain() {
    for attempt in 1..=3 {
        match register().await {
            Ok(()) => println!("registered"),
            Err(error) => {
                println!("attempt {attempt}: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

#[steadfast::checked]
async fn without_a_success_arm(retries: u32) {
    for _ in 0..retries {
        if let Err(error) = register().await {
            println!("{error}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

fn main() {}
