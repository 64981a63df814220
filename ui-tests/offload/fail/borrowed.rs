use std::borrow::Cow;
use std::path::Path;
use std::pin::Pin;

use steadfast::offload;

struct Config;

#[offload]
fn reads(path: &Path, name: &str, bytes: &[u8], config: &Config, mut list: &mut Vec<u8>) -> usize {
    list = &mut *list;
    let _ = config;
    path.as_os_str().len() + name.len() + bytes.len() + list.len()
}

#[offload]
fn hides<'a>(cow: Cow<'a, str>, maybe: Option<&str>, pair: (u8, &u8), any: &dyn Send) -> usize {
    let _ = (maybe, pair, any);
    cow.len()
}

impl Config {
    #[offload]
    fn shared(&self) {}

    #[offload]
    fn exclusive(&mut self) {}

    #[offload]
    fn pinned(self: Pin<&mut Self>) {}
}

#[tokio::main]
async fn main() {
    reads(Path::new(""), "", &[], &Config, &mut Vec::new()).await;
    Config.shared().await;
}
