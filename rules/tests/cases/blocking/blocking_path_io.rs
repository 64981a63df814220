use std::path::{Path, PathBuf};

async fn known(path: &Path, buffer: PathBuf) -> bool {
    path.exists() && buffer.is_file() //~ blocking_path_io blocking_path_io
}

async fn constructed() -> bool {
    Path::new("a").is_dir() //~ blocking_path_io
}

async fn unknown(entry: Entry) -> bool {
    entry.path.exists() //? blocking_path_io
}

async fn pure(path: &Path) -> PathBuf {
    let _ = path.parent();
    let _ = path.file_name();
    path.join("a")
}

async fn awaited(path: &Path) -> bool {
    tokio::fs::try_exists(path).await.unwrap_or(false)
}

async fn with_arguments(table: Table) -> bool {
    table.exists("key")
}

fn synchronous(path: &Path) -> bool {
    path.exists()
}

async fn offloaded(path: PathBuf) -> bool {
    tokio::task::spawn_blocking(move || path.exists()).await.unwrap()
}
