async fn line_by_line() {
    let input = io::stdin();
    for line in input.lock().lines() { //? blocking_stdin
        drop(line);
    }
}

async fn of_another_name(input: Input) {
    for line in input.lock().lines() {
        drop(line);
    }
}

async fn bound_to_itself(input: Input) {
    let input = input.lock();
    for line in input.lines() {
        drop(line);
    }
}
