async fn full_path() {
    let _ = std::fs::read("a"); //~ blocking_fs
}

async fn unseen_import(path: &str) -> std::io::Result<()> {
    fs::create_dir_all(path)?; //? blocking_fs
    let _file = File::open(path)?; //? blocking_fs
    let _log = OpenOptions::new().append(true).open("log")?; //? blocking_fs
    fs::write(path, "text") //? blocking_fs
}

async fn local_import() {
    use std::fs;
    let _ = fs::read("a"); //~ blocking_fs
}

async fn last_name_alone(path: &str) {
    let _ = read(path);
    let _ = write(path, "text");
    let _ = metadata(path);
}

async fn awaited(path: &str) {
    let _ = fs::read(path).await;
    let _ = File::open(path).await;
    let _ = tokio::join!(fs::read(path), fs::read(path));
}

async fn tokio_by_full_path(path: &str) {
    let future = tokio::fs::read(path);
    let _ = future.await;
}

async fn local_module(path: &str) {
    mod fs {
        pub fn read(_: &str) {}
    }
    fs::read(path);
}
