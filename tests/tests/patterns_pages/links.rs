//! Links within the repository.

use std::fs;
use std::path::Path;

/// What is wrong with the links of a page.
pub(crate) fn broken(page: &Path, text: &str) -> Vec<String> {
    let text = without_code(text);
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
    let wrong = targets.filter(|target| !target.contains("://")).filter_map(|target| {
        let (file, heading) =
            target.split_once('#').map_or((target, None), |(file, heading)| (file, Some(heading)));
        let to = if file.is_empty() {
            page.to_owned()
        } else {
            page.parent().expect("a page is in a folder").join(file)
        };
        if !to.exists() {
            return Some(format!("{}: `{target}` is not there", page.display()));
        }
        let heading = heading?;
        let there = fs::read_to_string(&to).unwrap_or_default();
        (!anchors(&there).any(|anchor| anchor == heading))
            .then(|| format!("{}: `{target}` has no such heading", page.display()))
    });
    wrong.collect()
}

/// Without fenced blocks, where `](` may be Rust.
fn without_code(text: &str) -> String {
    let mut inside = false;
    let lines = text.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The headings, as GitHub names them.
fn anchors(text: &str) -> impl Iterator<Item = String> {
    let text = without_code(text);
    let headings: Vec<String> = text
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            let kept = line.trim_start_matches('#').trim().to_lowercase();
            let kept = kept.chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect();
    headings.into_iter()
}
