//! The command line.

use std::ffi::OsString;

use clap::builder::RangedU64ValueParser;
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser};

const AFTER_HELP: &str = "\
The server runs inside this process on a free loopback port. The same seed makes
the same server: the same pages, and for each page the same latencies and
failures for its first, second and later request.

Exit codes: 0 every page was fetched, 1 some were not or the server did not
start, 2 bad arguments, 130 Ctrl-C.";

/// Crawl a slow, flaky, rate-limited web server: with Steadfast's policies, and without.
#[derive(Debug, Clone, PartialEq, Eq, Parser)]
#[command(name = "tour", after_help = AFTER_HELP)]
pub(crate) struct Options {
    /// Seed of the server's latencies and failures
    #[arg(long, value_name = "N", default_value_t = 7)]
    pub(crate) seed: u64,

    /// How many pages the site has
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = RangedU64ValueParser::<u32>::new().range(1..=5_000))]
    pub(crate) pages: u32,

    /// How many requests may be in flight at once
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = RangedU64ValueParser::<u32>::new().range(1..=1_000))]
    pub(crate) limit: u32,

    /// Print plain ASCII lines: no progress bars, no colours
    #[arg(long)]
    pub(crate) plain: bool,
}

impl Options {
    /// Reads the options from `arguments`, the first of which is the program.
    ///
    /// # Errors
    /// Also when help is asked for; the error knows what to print and how to exit.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        Self::try_parse_from(arguments).map_err(|error| {
            if error.kind() != ErrorKind::ValueValidation {
                return error;
            }
            // clap keeps the usage to itself when a value is bad.
            let message = error.to_string();
            let message = message.lines().next().unwrap_or_default().trim_start_matches("error: ");
            Self::command().error(error.kind(), message)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, clap::Error> {
        Options::read(["tour"].iter().chain(arguments).map(OsString::from))
    }

    #[test]
    fn the_definition_is_consistent() {
        Options::command().debug_assert();
    }

    #[test]
    fn without_arguments_the_defaults_hold() {
        assert_eq!(parse(&[]).unwrap(), Options { seed: 7, pages: 300, limit: 8, plain: false });
    }

    #[test]
    fn every_option_is_read() {
        let options = parse(&["--seed", "1", "--pages=40", "--limit", "3", "--plain"]).unwrap();
        assert_eq!(options, Options { seed: 1, pages: 40, limit: 3, plain: true });
    }

    #[test]
    fn zero_pages_and_a_zero_limit_are_refused_with_the_range() {
        for (option, range) in [("--pages", "1..=5000"), ("--limit", "1..=1000")] {
            let message = parse(&[option, "0"]).unwrap_err().to_string();
            assert!(message.contains(option) && message.contains(range), "{message}");
            assert!(message.contains("Usage: tour"), "{message}");
        }
    }

    #[test]
    fn a_bad_argument_exits_with_2_and_says_what_was_meant() {
        let error = parse(&["--page", "40"]).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        let message = error.to_string();
        assert!(message.contains("'--page'") && message.contains("'--pages'"), "{message}");
        assert!(message.contains("Usage: tour"), "{message}");
    }
}
