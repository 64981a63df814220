use std::process::{Child, Command};

async fn runs() {
    let _ = Command::new("ls").arg("-l").output(); //~ blocking_process
    let _ = std::process::Command::new("ls").status(); //~ blocking_process
}

async fn built_in_steps() {
    let mut command = Command::new("ls");
    command.arg("-l");
    let child = command.spawn().unwrap(); //~ blocking_process
    let _ = child.wait_with_output(); //~ blocking_process
}

async fn waits(child: &mut Child) {
    let _ = child.wait(); //~ blocking_process
}

async fn unknown(job: Job) {
    let _ = job.child.wait(); //? blocking_process
}

async fn with_tokio() {
    let _ = tokio::process::Command::new("ls").output().await;
    let mut child = tokio::process::Command::new("ls").spawn().unwrap();
    let _ = child.wait().await;
}

async fn response(response: reqwest::Response) {
    let _ = response.status();
}

async fn not_waiting(child: &mut Child) {
    let _ = child.try_wait();
    let _ = child.kill();
}

async fn other_arguments(pool: Pool) {
    pool.spawn(job());
    pool.wait(5);
}

fn synchronous() {
    let _ = Command::new("ls").output();
}

async fn offloaded() {
    tokio::task::spawn_blocking(|| Command::new("ls").output()).await.unwrap();
}
