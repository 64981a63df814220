use std::future::Future;
use std::path::PathBuf;

use steadfast::offload;

#[offload]
async fn asynchronous(path: PathBuf) -> usize {
    path.as_os_str().len()
}

#[offload]
fn returns_a_future(path: PathBuf) -> impl Future<Output = usize> {
    async move { path.as_os_str().len() }
}

#[offload]
const fn constant(size: usize) -> usize {
    size
}

#[offload]
extern "C" fn exported(size: usize) -> usize {
    size
}

#[offload]
fn never() -> ! {
    loop {
        std::thread::park();
    }
}

trait Load {
    #[offload]
    fn load(self) -> usize;
}

#[tokio::main]
async fn main() {
    let _ = asynchronous(PathBuf::new()).await;
}
