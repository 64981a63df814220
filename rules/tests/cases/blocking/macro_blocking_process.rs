async fn unseen() {
    let _ = Command::new("ls").args(["-l"]).output(); //? blocking_process
}

async fn known() {
    let _ = std::process::Command::new("ls").output(); //~ blocking_process
}

async fn awaited() {
    let _ = Command::new("ls").output().await;
}
