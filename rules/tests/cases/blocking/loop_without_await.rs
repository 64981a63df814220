async fn endless(step: fn()) {
    loop { //~ loop_without_await
        step();
    }
}

async fn while_true(step: fn() -> bool) {
    while true { //~ loop_without_await
        if step() {
            continue;
        }
        for _ in 0..3 {
            break;
        }
    }
}

async fn in_a_block(step: fn()) {
    tokio::spawn(async move {
        loop { //~ loop_without_await
            step();
        }
    });
}

async fn awaits(step: fn()) {
    loop {
        step();
        tokio::task::yield_now().await;
    }
}

async fn selects() {
    loop {
        tokio::select! {
            _ = tokio::task::yield_now() => {}
        }
    }
}

async fn breaks(step: fn() -> bool) {
    loop {
        if step() {
            break;
        }
    }
}

async fn returns(step: fn() -> Option<u32>) -> u32 {
    loop {
        match step() {
            Some(value) => return value,
            None => continue,
        }
    }
}

async fn fails(step: fn() -> Option<u32>) -> Option<()> {
    loop {
        step()?;
    }
}

async fn panics(step: fn() -> bool) {
    loop {
        if step() {
            panic!("over");
        }
    }
}

async fn exits(step: fn() -> bool) {
    loop {
        if step() {
            std::process::exit(1);
        }
    }
}

async fn leaves_the_outer(step: fn() -> bool) {
    'outer: for _ in 0..3 {
        loop {
            if step() {
                continue 'outer;
            }
        }
    }
}

async fn unknown_macro() {
    loop {
        custom!();
    }
}

async fn on_a_thread(step: fn()) {
    std::thread::spawn(move || loop {
        step();
    });
}

fn synchronous(step: fn()) {
    loop {
        step();
    }
}
