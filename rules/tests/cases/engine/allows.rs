//! `#[steadfast::allow]`.

#[steadfast::allow(blocking_sleep, reason = "one millisecond")]
async fn function() {
    std::thread::sleep(D);
    let _ = std::fs::read("a"); //~ blocking_fs
}

async fn statements() {
    #[steadfast::allow(blocking_sleep, reason = "one millisecond")]
    std::thread::sleep(D);
    std::thread::sleep(D); //~ blocking_sleep
    #[steadfast::allow(blocking_fs, reason = "a small file")]
    let _text = std::fs::read("a");
    #[steadfast::allow(blocking_fs, reason = "a small file")]
    if std::fs::read("a").is_ok() {
        let _ = std::fs::read("b");
    }
}

#[steadfast::allow(blocking_sleep, blocking_fs, reason = "both are short")]
async fn several() {
    std::thread::sleep(D);
    let _ = std::fs::read("a");
}

#[steadfast::allow(blocking_sleep, reason = "in all of it")]
mod inner {
    async fn function() {
        std::thread::sleep(D);
    }
}

struct Own;

#[steadfast::allow(blocking_sleep, reason = "in all of it")]
impl Own {
    async fn method() {
        std::thread::sleep(D);
    }

    #[steadfast::allow(blocking_sleep, reason = "once more")]
    async fn nearest() {
        std::thread::sleep(D);
    }
}

#[steadfast::allow(blocking_sleep, reason = "not any more")] //~ unused_allow
async fn unused() {}

#[steadfast::allow(blocking_sleep, blocking_fs, reason = "one of them")] //~ unused_allow
async fn half_used() {
    std::thread::sleep(D);
}

#[steadfast::allow(blocking_path_io, reason = "the rule is off")]
async fn of_a_rule_that_is_off() {}

#[steadfast::allow(blocking_sleep)] //~ malformed_allow
async fn without_a_reason() {
    std::thread::sleep(D);
}

#[steadfast::allow(blocking_sleep, reason = " ")] //~ malformed_allow
async fn with_an_empty_reason() {
    std::thread::sleep(D);
}

#[steadfast::allow(blocking_slep, reason = "misspelt")] //~ malformed_allow
async fn misspelt() {
    std::thread::sleep(D); //~ blocking_sleep
}

#[steadfast::allow] //~ malformed_allow
async fn without_arguments() {}

#[allow(blocking_sleep)]
async fn of_the_compiler() {
    std::thread::sleep(D); //~ blocking_sleep
}

#[other::allow(blocking_sleep)]
async fn of_another_crate() {
    std::thread::sleep(D); //~ blocking_sleep
}
