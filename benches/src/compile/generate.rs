//! The crates that are compiled.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const TOKIO: &str = r#"tokio = { version = "1.51", features = ["rt", "sync", "time", "macros"] }"#;
const TRACING: &str = r#"tracing = "0.1.41""#;
const BACKON: &str =
    r#"backon = { version = "1.6", default-features = false, features = ["std", "tokio-sleep"] }"#;
const TOWER: &str = r#"tower = { version = "0.5.3", features = ["limit", "retry", "timeout", "util"] }"#;

/// A package with one source file.
pub(super) struct Crate {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    dependencies: Vec<String>,
    source: String,
}

impl Crate {
    pub(super) fn write(&self, path: &Path) -> Result<(), String> {
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{}\n",
            self.name,
            self.dependencies.join("\n")
        );
        fs::create_dir_all(path.join("src")).map_err(|error| error.to_string())?;
        fs::write(path.join("Cargo.toml"), manifest).map_err(|error| error.to_string())?;
        self.touch(path)
    }

    /// Written again, it is compiled again.
    pub(super) fn touch(&self, path: &Path) -> Result<(), String> {
        fs::write(path.join("src/lib.rs"), &self.source).map_err(|error| error.to_string())
    }
}

/// Beside the other output of cargo.
pub(super) fn folder() -> Result<PathBuf, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let folder = this.parent().ok_or("this program is in no folder")?.join("compile");
    Ok(folder)
}

fn steadfast() -> String {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    format!("steadfast = {{ path = '{}' }}", runtime.display())
}

/// Empty crates that depend on something.
pub(super) fn dependents() -> Vec<Crate> {
    let depends_on = |name, title, dependencies: &[&str]| Crate {
        name,
        title,
        dependencies: dependencies.iter().map(|&line| line.to_owned()).collect(),
        source: String::new(),
    };
    vec![
        depends_on("on-tokio", "tokio (rt, sync, time, macros)", &[TOKIO]),
        depends_on("on-steadfast", "the same and steadfast", &[TOKIO, &steadfast()]),
        depends_on("on-backon", "the same and backon", &[TOKIO, BACKON]),
        depends_on("on-tower", "the same and tower (limit, retry, timeout, util)", &[TOKIO, TOWER]),
        depends_on("on-tracing", "the same and tracing (with its attribute)", &[TOKIO, TRACING]),
    ]
}

/// The same functions in every crate, and each time other attributes on them.
pub(super) fn annotated(functions: usize) -> Vec<Crate> {
    let with = |name, title, header: &str, attributes: fn(usize) -> &'static str| Crate {
        name,
        title,
        dependencies: vec![TOKIO.to_owned(), TRACING.to_owned(), steadfast()],
        source: source(functions, header, attributes),
    };
    vec![
        with("check-plain", "no attribute", "", |_| ""),
        with("check-checked", "`#[checked]` on each", "use steadfast::checked;\n", |_| "#[checked]"),
        // Where an `allow` stands, it may be one of ours.
        with(
            "check-parsed",
            "`#[checked]` on each, and all have to be parsed",
            "use steadfast::checked;\n",
            |_| "#[checked]\n#[allow(unused)]",
        ),
        with(
            "check-steadfast",
            "`#[timeout]`, `#[retry]` or `#[bounded]`, or all of them, in turn",
            "use steadfast::{bounded, retry, timeout};\n",
            |index| match index % 4 {
                0 => "#[timeout(2s)]",
                1 => "#[retry(on = any)]",
                2 => "#[bounded(8)]",
                _ => "#[timeout(attempt = 2s, total = 10s)]\n#[retry(on = any)]\n#[bounded(8)]",
            },
        ),
        with(
            "check-all",
            "all three on each",
            "use steadfast::{bounded, retry, timeout};\n",
            |_| "#[timeout(attempt = 2s, total = 10s)]\n#[retry(on = any)]\n#[bounded(8)]",
        ),
        with("check-tracing", "`#[tracing::instrument]`", "", |_| "#[tracing::instrument(skip_all)]"),
    ]
}

fn source(functions: usize, header: &str, attributes: fn(usize) -> &'static str) -> String {
    let mut source = header.to_owned();
    for index in 0..functions {
        let attributes = attributes(index);
        write!(
            source,
            r#"
/// Function number {index}.
///
/// # Errors
/// If the name is empty.
{attributes}
pub async fn function_{index}(name: &str, ids: &[u64], base: u64) -> std::io::Result<Vec<u64>> {{
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {{
        let next = step(*id, base).await?;
        match next {{
            0 => continue,
            1..=9 => found.push(next * 10),
            _ => found.push(next),
        }}
    }}
    if name.is_empty() {{
        return Err(std::io::ErrorKind::InvalidInput.into());
    }}
    let label = format!("{{name}}-{{}}", found.len());
    let last = found.iter().copied().filter(|id| id % 2 == 0).max();
    if let Some(last) = last {{
        let more = step(last, label.len() as u64).await?;
        found.push(more);
    }}
    found.sort_unstable();
    Ok(found)
}}
"#
        )
        .expect("a String takes everything");
    }
    source.push_str(
        "\nasync fn step(id: u64, base: u64) -> std::io::Result<u64> {\n    \
         tokio::task::yield_now().await;\n    id.checked_add(base).ok_or_else(|| std::io::ErrorKind::InvalidInput.into())\n}\n",
    );
    source
}
