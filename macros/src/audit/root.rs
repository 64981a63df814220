//! The root file of the crate that is compiled.

use std::env;
use std::path::{Path, PathBuf};

use proc_macro2::Span;

/// The file in which `audit!()` stands. A compiler before 1.88 does not say which that is; then it is where cargo
/// looks for the root file if the manifest names none.
pub(super) fn of_crate(call: Span) -> Option<PathBuf> {
    call.local_file().filter(|file| file.is_file()).or_else(usual)
}

fn usual() -> Option<PathBuf> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
    let binary = env::var("CARGO_BIN_NAME").ok();
    candidates(&manifest, binary.as_deref()).into_iter().find(|file| file.is_file())
}

fn candidates(manifest: &Path, binary: Option<&str>) -> Vec<PathBuf> {
    let source = manifest.join("src");
    match binary {
        Some(name) => vec![
            source.join("bin").join(format!("{name}.rs")),
            source.join("bin").join(name).join("main.rs"),
            source.join("main.rs"),
        ],
        None => vec![source.join("lib.rs")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_where_cargo_looks() {
        let shown = |binary| -> Vec<String> {
            let found = candidates(Path::new("w"), binary);
            found.iter().map(|path| path.to_string_lossy().replace('\\', "/")).collect()
        };
        assert_eq!(shown(None), ["w/src/lib.rs"]);
        assert_eq!(shown(Some("serve")), ["w/src/bin/serve.rs", "w/src/bin/serve/main.rs", "w/src/main.rs"]);
    }
}
