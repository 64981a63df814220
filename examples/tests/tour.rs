//! Runs the tour as a user does and reads what it prints.

mod program;

use std::process::{Command, Output};

use program::example;

fn tour() -> Command {
    example("tour")
}

fn crawl(arguments: &[&str]) -> Printed {
    Printed(tour().args(["--plain", "--pages", "40", "--seed", "7"]).args(arguments).output().unwrap())
}

struct Printed(Output);

impl Printed {
    fn stdout(&self) -> &str {
        std::str::from_utf8(&self.0.stdout).unwrap()
    }

    fn stderr(&self) -> &str {
        std::str::from_utf8(&self.0.stderr).unwrap()
    }

    /// The values with and without policies in the table's row with this label.
    fn row(&self, label: &str) -> [&str; 2] {
        let line = self.stdout().lines().map(str::trim).find_map(|line| line.strip_prefix(label));
        let values = line.unwrap_or_else(|| panic!("no row {label:?} in\n{}", self.stdout())).split("  ");
        let values: Vec<&str> = values.map(str::trim).filter(|value| !value.is_empty()).collect();
        values.try_into().unwrap_or_else(|values| panic!("{label:?} has the values {values:?}"))
    }

    fn number(&self, label: &str, column: usize) -> usize {
        self.row(label)[column].parse().unwrap()
    }
}

/// The rows of a plot from top to bottom, without the axis.
fn plot<'a>(printed: &'a Printed, title: &str) -> Vec<&'a str> {
    let lines = printed.stdout().lines().skip_while(|line| !line.trim_start().starts_with(title)).skip(1);
    lines.map_while(|line| line.split_once('|')).map(|(_, row)| row).collect()
}

#[test]
fn fetches_every_page_within_the_limit_beside_a_plain_crawl_that_does_not() {
    let printed = crawl(&[]);
    assert_eq!(printed.0.status.code(), Some(0), "{}\n{}", printed.stdout(), printed.stderr());

    assert_eq!(printed.row("pages fetched")[0], "40 of 40");
    assert_eq!(printed.row("ended"), ["by itself", "by itself"]);
    assert!(printed.number("peak in flight", 0) <= 8);
    assert!(printed.number("peak in flight", 1) > 8);
    assert_eq!(printed.number("attempts", 0), printed.number("calls", 0) + printed.number("retries", 0));
    assert_eq!(printed.number("attempts", 1), printed.number("calls", 1));

    let rows = plot(&printed, "in flight, with steadfast");
    assert!(rows[0].len() > 60 && rows[0].chars().all(|line| line == '-'), "{rows:#?}");
    assert!(rows[1..].iter().any(|row| row.contains('#')), "{rows:#?}");
    assert!(plot(&printed, "in flight, without")[0].contains('#'));
    assert!(printed.stdout().is_ascii());
    assert_eq!(printed.stderr(), "");
}

#[test]
fn keeps_another_limit_and_prints_a_line_every_half_second() {
    let printed = crawl(&["--limit", "3"]);
    assert_eq!(printed.0.status.code(), Some(0), "{}\n{}", printed.stdout(), printed.stderr());
    assert_eq!(printed.row("pages fetched")[0], "40 of 40");
    assert_eq!(printed.number("peak in flight", 0), 3);
    assert!(printed.stdout().contains("  0.5 s  with steadfast: "), "{}", printed.stdout());
}

#[test]
fn says_what_is_wrong_with_an_argument() {
    for (arguments, message) in [
        (["--limits", "3"].as_slice(), "unexpected argument '--limits'"),
        (&["--limit", "0"], "invalid value '0' for '--limit <N>'"),
        (&["--pages", "many"], "invalid value 'many' for '--pages <N>'"),
    ] {
        let printed = Printed(tour().args(arguments).output().unwrap());
        assert_eq!(printed.0.status.code(), Some(2));
        assert_eq!(printed.stdout(), "");
        assert!(printed.stderr().contains(message), "{}", printed.stderr());
        assert!(printed.stderr().contains("Usage: tour"), "{}", printed.stderr());
    }
}

#[cfg(unix)]
mod ctrl_c {
    use std::io::{BufRead, BufReader, Read as _};
    use std::process::{Child, Stdio};

    use super::*;

    /// Presses Ctrl-C as soon as a line with `moment` in it is printed, and waits for the end.
    ///
    /// With this seed the server takes 1.9 s for two of the pages that the index links to, so either crawl lasts.
    fn interrupt_at(moment: &str) -> Printed {
        let mut child: Child = tour()
            .args(["--plain", "--pages", "200", "--seed", "7"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut printed = String::new();
        while !printed.contains(moment) {
            assert_ne!(stdout.read_line(&mut printed).unwrap(), 0, "it ended too early:\n{printed}");
        }
        let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(kill.success());
        stdout.read_to_string(&mut printed).unwrap();
        let output = child.wait_with_output().unwrap();
        Printed(Output { stdout: printed.into_bytes(), ..output })
    }

    #[test]
    fn in_the_first_crawl_prints_what_there_is() {
        let printed = interrupt_at("0.5 s  with steadfast");
        assert_eq!(printed.0.status.code(), Some(130), "{}\n{}", printed.stdout(), printed.stderr());
        assert_eq!(printed.row("ended"), ["by Ctrl-C", "-"]);
        let fetched: usize =
            printed.row("pages fetched")[0].strip_suffix(" of 200").unwrap().parse().unwrap();
        assert!((1..200).contains(&fetched), "{fetched}");
        assert!(printed.number("peak in flight", 0) <= 8);
        assert!(plot(&printed, "in flight, with steadfast")[0].chars().all(|line| line == '-'));
        assert_eq!(printed.stderr(), "");
    }

    #[test]
    fn in_the_second_crawl_prints_both() {
        let printed = interrupt_at("0.5 s  without");
        assert_eq!(printed.0.status.code(), Some(130), "{}\n{}", printed.stdout(), printed.stderr());
        assert_eq!(printed.row("ended"), ["by itself", "by Ctrl-C"]);
        assert_eq!(printed.row("pages fetched")[0], "200 of 200");
    }
}
