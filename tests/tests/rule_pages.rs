//! The examples of each page in `docs/rules` are compiled.

use std::fs;
use std::path::Path;

/// Their examples call crates that nothing else here needs, or are errors by themselves.
const NOT_COMPILED: [&str; 4] =
    ["blocking_db_client", "blocking_http_client", "cpu_hash_in_async", "malformed_allow"];

#[test]
fn every_page_is_compiled() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests are a member of a workspace");
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("the file can be read");
    let (listed, with_clients) = (read("tests/src/rule_pages.rs"), read("examples/src/lib.rs"));
    let pages = fs::read_dir(root.join("docs/rules")).expect("the pages are there");
    let missing: Vec<String> = pages
        .map(|page| page.expect("a page can be read").path())
        .map(|page| page.file_stem().expect("a page has a name").to_string_lossy().into_owned())
        .filter(|rule| {
            let is_listed = listed.lines().any(|line| line.trim() == rule);
            let is_with_clients = with_clients.contains(&format!("docs/rules/{rule}.md"));
            rule != "README" && !is_listed && !is_with_clients && !NOT_COMPILED.contains(&rule.as_str())
        })
        .collect();
    assert!(missing.is_empty(), "add them to tests/src/rule_pages.rs: {missing:?}");
}
