//! What comes out of a check.

use std::collections::HashSet;

use crate::finding::Finding;
use crate::summary::Summary;

/// What was found in a source, what it tells about its functions, and what it would have to be told.
#[derive(Default, Debug)]
pub struct Checked {
    /// The mistakes, in the order of the source.
    pub findings: Vec<Finding>,
    /// What its synchronous functions do to the thread that calls them. Empty for test code.
    pub summary: Summary,
    /// The functions of which that was not known, by their paths from `crate`, though async code calls them. Once a
    /// [`Summary`] [tells](Summary::tells) what one of them does, a check with it may find more.
    pub calls: HashSet<String>,
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Checked, Summary};
    use crate::{Options, check_source};

    fn check(source: &str, options: &Options) -> Checked {
        check_source(&syn::parse_str(source).unwrap(), source, options)
    }

    #[test]
    fn asks_for_the_functions_that_async_code_calls_and_that_the_source_does_not_have() {
        let checked = check(
            "use crate::config::load; use std::collections::HashMap;
             fn parse() {} fn plain() { crate::other::run(); }
             async fn serve() { load(); parse(); crate::store::save(); HashMap::<u8, u8>::new(); }
             #[cfg(test)] mod tests { async fn test() { crate::fixture::make(); } }",
            &Options::default(),
        );
        let mut calls: Vec<_> = checked.calls.iter().map(String::as_str).collect();
        calls.sort_unstable();
        assert_eq!(calls, ["crate::config::load", "crate::fixture::make", "crate::store::save"]);
    }

    #[test]
    fn with_what_was_asked_for_it_finds_more() {
        let in_config = Options { module: vec!["config".to_owned()], ..Options::default() };
        let config = check("pub fn load() { std::fs::read(p); }", &in_config);
        assert!(config.findings.is_empty() && config.calls.is_empty());
        let serve = "use crate::config::load; async fn serve() { load(); }";
        let before = check(serve, &Options::default());
        assert!(before.findings.is_empty() && config.summary.tells(&before.calls));
        let options = Options { helpers: Arc::new(config.summary), ..Options::default() };
        let after = check(serve, &options);
        assert_eq!(after.findings[0].rule.name, "transitive_blocking");
        assert!(after.calls.is_empty());
    }

    #[test]
    fn a_mark_counts_in_other_files() {
        let in_orders = Options { module: vec!["orders".to_owned()], ..Options::default() };
        let orders = check("#[steadfast::cancel_unsafe] pub async fn save() {}", &in_orders);
        let run = "async fn run(rx: Receiver) {
            loop { tokio::select! { () = crate::orders::save() => return, _ = rx.recv() => {} } }
        }";
        let before = check(run, &Options::default());
        assert!(before.findings.is_empty() && orders.summary.tells(&before.calls));
        let options = Options { helpers: Arc::new(orders.summary), ..Options::default() };
        assert_eq!(check(run, &options).findings[0].rule.name, "cancel_unsafe_call");
        let awaited = "async fn run() { crate::orders::save().await; }";
        assert!(check(awaited, &options).findings.is_empty());
    }

    #[test]
    fn what_stands_in_tests_blocks_nobody() {
        let options = Options { is_test: true, ..Options::default() };
        let checked = check("pub fn load() { std::fs::read(p); } async fn test() { load(); }", &options);
        assert!(checked.findings.is_empty() && !checked.summary.tells([&"crate::load".to_owned()]));
        assert_eq!(format!("{:?}", checked.summary), format!("{:?}", Summary::default()));
    }

    #[test]
    fn an_allow_on_a_function_that_only_other_files_call_is_used() {
        let allowed =
            "#[steadfast::allow(blocking_fs, reason = \"small\")] pub fn load() { std::fs::read(p); }";
        let checked = check(allowed, &Options::default());
        assert!(checked.findings.is_empty() && checked.summary.is_empty(), "{checked:?}");
    }
}
