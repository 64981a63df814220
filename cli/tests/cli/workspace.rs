//! A workspace for one test, and the command run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Written below the target folder, anew for each test.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
}

impl Workspace {
    /// `files` by path from the root. A `Cargo.toml` for a single package is written if none is among them.
    pub(crate) fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&root);
        let workspace = Self { root };
        if !files.iter().any(|(path, _)| *path == "Cargo.toml") {
            workspace.write("Cargo.toml", &manifest(""));
        }
        for (path, text) in files {
            workspace.write(path, text);
        }
        workspace
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder is created");
        fs::write(path, text).expect("the file is written");
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in("", arguments)
    }

    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-steadfast"));
        command.arg("steadfast").args(arguments).current_dir(self.root.join(folder));
        command
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_NET_OFFLINE", "true")
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("GITHUB_WORKSPACE");
        let output = command.output().expect("the command runs");
        Ran { output, root: self.root.to_string_lossy().into_owned() }
    }
}

/// A manifest of one package that is a workspace of its own, with more at its end.
pub(crate) fn manifest(more: &str) -> String {
    format!("[package]\nname = \"fixture\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n{more}")
}

/// What the command did.
pub(crate) struct Ran {
    output: Output,
    root: String,
}

impl Ran {
    pub(crate) fn code(&self) -> i32 {
        self.output.status.code().expect("the command ended by itself")
    }

    pub(crate) fn stdout(&self) -> String {
        self.neutral(&self.output.stdout)
    }

    pub(crate) fn stderr(&self) -> String {
        self.neutral(&self.output.stderr)
    }

    /// Without the folder in which the tests run.
    fn neutral(&self, text: &[u8]) -> String {
        String::from_utf8_lossy(text).replace(&self.root, "$ROOT")
    }

    /// Exit code and report as one text.
    pub(crate) fn report(&self) -> String {
        let mut text = format!("exit code {}\n{}", self.code(), self.stdout());
        let errors = self.stderr();
        if !errors.is_empty() {
            text.push_str("-- standard error\n");
            text.push_str(&errors);
        }
        text
    }
}
