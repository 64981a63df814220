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

async fn line_by_line() {
    let input = io::stdin();
    for line in input.lock().lines() { //~ blocking_stdin
        drop(line);
    }
}

async fn locked_under_its_own_name() {
    let mut line = String::new();
    let input = io::stdin();
    let mut input = input.lock();
    let _ = input.read_line(&mut line); //~ blocking_stdin
}

async fn line_by_line_on_a_thread() {
    let input = io::stdin();
    std::thread::spawn(move || {
        for line in input.lock().lines() {
            drop(line);
        }
    });
}

async fn text_in_a_variable(input: &str) {
    for line in input.lines() {
        drop(line);
    }
}
