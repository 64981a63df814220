::core::compile_error! {
    "this puts the whole thread to sleep, and every task on it\nhere: `std::thread::sleep` blocks\nhelp: write `tokio::time::sleep(limit).await`\nrule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = \"..\")]`"
}
async fn pause(limit: Duration) {
    std::thread::sleep(limit);
}
