async fn unseen() -> std::io::Result<()> {
    let runtime = Runtime::new()?; //? runtime_created_in_async
    runtime.spawn(async {});
    let other = Builder::new_current_thread().build()?; //? runtime_created_in_async
    other.spawn(async {});
    Ok(())
}

async fn other() {
    let settings = Settings::new();
    drop(settings);
}

async fn full_path() {
    let _runtime = tokio::runtime::Runtime::new(); //~ runtime_created_in_async
}
