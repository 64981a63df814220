use std::io::{self, BufRead, Read, stdin};

async fn asks() {
    let mut line = String::new();
    let _ = io::stdin().read_line(&mut line); //~ blocking_stdin
    let _ = stdin().lock().read_line(&mut line); //~ blocking_stdin
    let _ = io::read_to_string(io::stdin()); //~ blocking_stdin
}

async fn all_lines() {
    for line in stdin().lines() { //~ blocking_stdin
        drop(line);
    }
    for line in stdin().lock().lines() { //~ blocking_stdin
        drop(line);
    }
}

async fn variable() {
    let mut text = String::new();
    let mut input = io::stdin();
    let _ = input.read_to_string(&mut text); //~ blocking_stdin
}

async fn with_tokio() {
    use tokio::io::{AsyncBufReadExt, BufReader};
    let mut line = String::new();
    let _ = BufReader::new(tokio::io::stdin()).read_line(&mut line).await;
}

async fn on_a_thread() {
    std::thread::spawn(|| {
        for line in stdin().lines() {
            drop(line);
        }
    });
}

async fn only_the_handle() {
    drop(stdin().lock());
}

async fn of_a_child(child: &mut tokio::process::Child) {
    let _ = child.stdin.take();
}

fn synchronous() {
    let _ = io::read_to_string(io::stdin());
}
