//! Paths that are looked up.

use std::path::{Path, PathBuf};

#[steadfast::checked(deny(blocking_path_io))]
async fn asked(path: &Path, buffer: PathBuf) -> bool {
    path.exists() || buffer.join("a").is_file()
}

fn main() {}
