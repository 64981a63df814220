//! Where the files of modules are.

use std::collections::HashMap;
use std::path::Path;

use super::{Module, Tree, load, plain};

fn tree(root: &str, files: &[(&str, &str)]) -> Tree {
    let files: HashMap<&str, &str> = files.iter().copied().collect();
    load(Module::root(root, false), |path: &Path| {
        files.get(path.to_str()?.replace('\\', "/").as_str()).map(|text| (*text).to_owned())
    })
}

/// The modules found, as `names path`, with `test` and `wasm` behind those that are compiled for these only.
fn found(root: &str, files: &[(&str, &str)]) -> Vec<String> {
    let described = |module: &Module| {
        let test = if module.is_test { " test" } else { "" };
        let wasm = if module.is_wasm { " wasm" } else { "" };
        format!("{} {}{test}{wasm}", module.names.join("::"), module.path.display()).replace('\\', "/")
    };
    tree(root, files).files.iter().map(|source| described(&source.module)).collect()
}

#[test]
fn beside_the_root_and_below_a_name() {
    let files = [
        ("src/main.rs", "mod a; mod b;"),
        ("src/a.rs", "mod deep;"),
        ("src/a/deep.rs", ""),
        ("src/b/mod.rs", "mod c;"),
        ("src/b/c.rs", "mod d;"),
        ("src/b/c/d.rs", ""),
    ];
    let expected = [
        " src/main.rs",
        "a src/a.rs",
        "a::deep src/a/deep.rs",
        "b src/b/mod.rs",
        "b::c src/b/c.rs",
        "b::c::d src/b/c/d.rs",
    ];
    assert_eq!(found("src/main.rs", &files), expected);
}

#[test]
fn in_inline_modules() {
    let files = [
        ("src/lib.rs", "mod a { mod b; } mod c;"),
        ("src/a/b.rs", ""),
        ("src/c.rs", "mod inline { mod d; #[path = \"other.rs\"] mod e; }"),
        ("src/c/inline/d.rs", ""),
        ("src/c/inline/other.rs", ""),
    ];
    let expected = [
        " src/lib.rs",
        "a::b src/a/b.rs",
        "c src/c.rs",
        "c::inline::d src/c/inline/d.rs",
        "c::inline::e src/c/inline/other.rs",
    ];
    assert_eq!(found("src/lib.rs", &files), expected);
}

#[test]
fn where_the_attribute_says() {
    let files = [
        ("src/lib.rs", "mod a; #[path = \"folder\"] mod inline { mod d; }"),
        // Counted from beside the file, not from its folder.
        ("src/a.rs", "#[path = \"else/where.rs\"] mod b;"),
        // A file that is named is like a `mod.rs`.
        ("src/else/where.rs", "mod c;"),
        ("src/else/c.rs", ""),
        ("src/folder/d.rs", ""),
        // Not these.
        ("src/a/b.rs", ""),
        ("src/inline/d.rs", ""),
    ];
    let expected = [
        " src/lib.rs",
        "a src/a.rs",
        "a::b src/else/where.rs",
        "a::b::c src/else/c.rs",
        "inline::d src/folder/d.rs",
    ];
    assert_eq!(found("src/lib.rs", &files), expected);
}

#[test]
fn on_every_platform() {
    let files = [
        (
            "src/lib.rs",
            "#[cfg_attr(unix, path = \"unix.rs\")] #[cfg_attr(windows, path = \"windows.rs\")] mod os;",
        ),
        ("src/unix.rs", ""),
        ("src/windows.rs", ""),
    ];
    assert_eq!(found("src/lib.rs", &files), [" src/lib.rs", "os src/unix.rs", "os src/windows.rs"]);
}

#[test]
fn in_macros() {
    let files = [
        (
            "src/lib.rs",
            "cfg_if! { if #[cfg(unix)] { mod a; } else { pub mod b; } } macro_rules! m { () => { mod c; } }",
        ),
        ("src/a.rs", ""),
        ("src/b.rs", ""),
        ("src/c.rs", ""),
    ];
    assert_eq!(found("src/lib.rs", &files), [" src/lib.rs", "a src/a.rs", "b src/b.rs"]);
}

#[test]
fn behind_include() {
    let files = [
        (
            "src/lib.rs",
            "include!(\"inner.rs\"); mod a { #[cfg(test)] include!(\"deep/more.rs\"); } \
             include!(concat!(env!(\"OUT_DIR\"), \"/made.rs\")); mod b;",
        ),
        ("src/inner.rs", "mod c;"),
        ("src/c.rs", ""),
        ("src/deep/more.rs", "mod d;"),
        ("src/deep/d.rs", ""),
        ("src/b.rs", "include!(\"../shared.rs\");"),
        ("shared.rs", ""),
        // Not these.
        ("src/a/deep/more.rs", ""),
        ("src/made.rs", ""),
    ];
    let expected = [
        " src/lib.rs",
        " src/inner.rs",
        "c src/c.rs",
        "a src/deep/more.rs test",
        "a::d src/deep/d.rs test",
        "b src/b.rs",
        "b shared.rs",
    ];
    assert_eq!(found("src/lib.rs", &files), expected);
}

#[test]
fn tests_are_marked() {
    let files = [
        ("src/lib.rs", "#[cfg(test)] mod tests; #[cfg(not(test))] mod real; mod own;"),
        ("src/tests.rs", "mod inner;"),
        ("src/tests/inner.rs", ""),
        ("src/real.rs", ""),
        ("src/own.rs", "#![cfg(test)] mod inner;"),
        ("src/own/inner.rs", ""),
    ];
    let expected = [
        " src/lib.rs",
        "tests src/tests.rs test",
        "tests::inner src/tests/inner.rs test",
        "real src/real.rs",
        "own src/own.rs",
        "own::inner src/own/inner.rs test",
    ];
    assert_eq!(found("src/lib.rs", &files), expected);
    let tree = tree("src/lib.rs", &files);
    let own = tree.files.iter().find(|source| source.module.names == ["own"]).unwrap();
    assert!(own.module.is_test(&own.file));
}

#[test]
fn modules_of_web_assembly_are_marked() {
    let files = [
        (
            "src/lib.rs",
            "#[cfg(target_family = \"wasm\")] mod web; #[cfg(not(target_family = \"wasm\"))] mod native;",
        ),
        ("src/web.rs", "mod inner;"),
        ("src/web/inner.rs", "#[cfg(test)] mod tests;"),
        ("src/web/inner/tests.rs", ""),
        ("src/native.rs", ""),
    ];
    let expected = [
        " src/lib.rs",
        "web src/web.rs wasm",
        "web::inner src/web/inner.rs wasm",
        "web::inner::tests src/web/inner/tests.rs test wasm",
        "native src/native.rs",
    ];
    assert_eq!(found("src/lib.rs", &files), expected);
}

#[test]
fn a_file_that_does_not_parse_is_left_out() {
    let files = [("src/lib.rs", "mod a; mod b;"), ("src/a.rs", "fn {"), ("src/b.rs", "")];
    let tree = tree("src/lib.rs", &files);
    assert_eq!(tree.files.len(), 2);
    assert_eq!(tree.unparsed.len(), 1);
    assert_eq!(tree.unparsed[0].path, Path::new("src/a.rs"));
}

#[test]
fn a_circle_ends() {
    let files = [("src/lib.rs", "#[path = \"lib.rs\"] mod again;")];
    assert_eq!(found("src/lib.rs", &files), [" src/lib.rs"]);
}

#[test]
fn up_and_down() {
    let files = [
        ("tests/one.rs", "#[path = \"../support/mod.rs\"] mod support;"),
        ("support/mod.rs", "mod a;"),
        ("support/a.rs", ""),
    ];
    assert_eq!(
        found("tests/one.rs", &files),
        [" tests/one.rs", "support support/mod.rs", "support::a support/a.rs"]
    );
    assert_eq!(plain(Path::new("../a/./b/../../../c")), Path::new("../../c"));
}
