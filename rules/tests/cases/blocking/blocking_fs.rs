use std::fs as sfs;
use std::fs::{File, OpenOptions, read_to_string as slurp, DirBuilder};
use std::path::Path;

async fn by_path() {
    let _ = std::fs::read("a"); //~ blocking_fs
    let _ = ::std::fs::metadata("a"); //~ blocking_fs
}

async fn by_alias(path: &Path) -> std::io::Result<()> {
    sfs::create_dir_all(path)?; //~ blocking_fs
    let text = slurp(path)?; //~ blocking_fs
    sfs::write(path, text) //~ blocking_fs
}

async fn files() -> std::io::Result<()> {
    let _file = File::open("a")?; //~ blocking_fs
    let _log = OpenOptions::new().append(true).create(true).open("log")?; //~ blocking_fs
    let _other = File::options().read(true).open("b")?; //~ blocking_fs
    DirBuilder::new().recursive(true).create("d") //~ blocking_fs
}

async fn as_an_argument() {
    parse(std::fs::read("a")).await; //~ blocking_fs
}

async fn in_macros() {
    assert!(sfs::read("a").is_ok()); //~ blocking_fs
    println!("{:?}", sfs::read("a")); //~ blocking_fs
    let _ = tokio::join!(parse(sfs::read("a"))); //~ blocking_fs
    tokio::select! {
        _ = tokio::task::yield_now() => { let _ = sfs::read("a"); } //~ blocking_fs
        else => {}
    }
    tracing::info!(size = sfs::read("a").unwrap().len(), "read"); //~ blocking_fs
    let _ = vec![sfs::read("a")]; //~ blocking_fs
}

async fn in_a_closure_that_runs_in_place(path: Option<&Path>) {
    let _ = path.map(|path| sfs::read(path)).transpose(); //~ blocking_fs
}

async fn in_another_argument_of_an_offloader() {
    tokio::task::spawn_blocking(with(sfs::read("a"))).await.unwrap(); //~ blocking_fs
}

fn returns_a_future() -> impl Future<Output = ()> {
    async {
        let _ = sfs::read("a"); //~ blocking_fs
    }
}

async fn with_tokio() {
    use tokio::fs;
    let _ = fs::read("a").await;
    let _ = tokio::fs::File::open("a").await;
    let _ = tokio::fs::OpenOptions::new().read(true).open("a").await;
}

async fn own_module() {
    mod fs {
        pub fn read(_: &str) {}
    }
    fs::read("a");
}

async fn offloaded() {
    tokio::task::spawn_blocking(|| sfs::read("a")).await.unwrap().unwrap();
    std::thread::spawn(|| sfs::read("a"));
    tokio::task::block_in_place(|| sfs::read("a")).unwrap();
}

async fn offloaded_through_a_variable() {
    let work = move || sfs::read("a");
    tokio::task::spawn_blocking(work).await.unwrap();
}

async fn offloaded_through_a_block() {
    tokio::task::spawn_blocking({
        let path = "a".to_owned();
        move || sfs::read(path)
    })
    .await
    .unwrap();
}

async fn kept_for_later() -> impl Fn() {
    || drop(sfs::read("a"))
}

async fn lazy() {
    let _later = ["a"].iter().map(|path| sfs::read(path));
}

async fn as_a_value(paths: Vec<String>) {
    let read: fn(String) -> std::io::Result<Vec<u8>> = sfs::read;
    drop((read, paths));
}

async fn nested_function() {
    fn read() {
        drop(sfs::read("a"));
    }
    const SIZE: usize = 4;
    tokio::task::spawn_blocking(read).await.unwrap();
    drop(SIZE);
}

async fn unknown_macro() {
    custom! { sfs::read("a") }
}

fn synchronous() {
    drop(sfs::read("a"));
    drop(File::open("a"));
}

async fn shadowed_by_a_parameter(slurp: fn(&str)) {
    slurp("a");
}

async fn shadowed_by_a_variable() {
    let slurp = |_: &str| ();
    slurp("a");
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn reads() {
        std::fs::read("a").unwrap();
    }
}
