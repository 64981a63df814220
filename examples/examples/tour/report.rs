//! The two crawls side by side: a table, and what the server saw of them.

use std::collections::BTreeSet;
use std::time::Duration;

use super::look::{Look, Tone};
use super::options::Options;
use super::plot::Plot;
use super::run::{End, Run};
use super::table::{Cell, Table};
use super::tally::percentile;
use super::timeline::peak;

/// Wide enough for two plots beside each other.
const WIDE: u32 = 110;

/// Everything that is printed at the end. Without a second crawl (it was not begun) its column says so.
pub(crate) fn report(options: &Options, look: Look, with: &Run, without: Option<&Run>) -> String {
    let mut lines = vec![String::new()];
    lines.extend(table(options, look, with, without).draw(look));
    lines.push(String::new());
    lines.extend(plots(options, look, with, without));
    lines.push(String::new());
    lines.push(hint(look));
    lines.iter().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn table(options: &Options, look: Look, with: &Run, without: Option<&Run>) -> Table {
    let mut table = Table::new(&["with steadfast", "without"]);
    let runs = [Some(with), without];
    let row = |table: &mut Table, label: &str, value: &dyn Fn(&Run) -> Cell| {
        table.row(label, runs.map(|run| run.map_or_else(|| none(look), value)));
    };

    table.section("outcome");
    row(&mut table, "ended", &ended);
    row(&mut table, "pages fetched", &|run| fetched(options, run));
    row(&mut table, "pages found, then lost", &|run| bad_unless_zero(run.counts.failed()));
    row(&mut table, "pages never found", &|run| {
        bad_unless_zero((options.pages as usize).saturating_sub(run.counts.calls))
    });
    row(&mut table, "took", &|run| seconds(run.took).into());

    table.section("what the client did");
    row(&mut table, "calls", &|run| run.counts.calls.into());
    row(&mut table, "attempts", &|run| run.counts.attempts.into());
    row(&mut table, "retries", &|run| run.counts.retried().into());
    for reason in reasons(with, without) {
        row(&mut table, &format!("  {reason}"), &|run| reason_cell(run, &reason));
    }
    row(&mut table, "refusals by a policy", &|run| run.counts.refusals.into());

    table.section("what the server saw");
    row(&mut table, "peak in flight", &|run| peak_cell(options, run));
    row(&mut table, "429s drawn", &|run| run.log.refused.into());

    table.section("ms to a page, p50 / p95 / p99");
    row(&mut table, "its request", &|run| percentiles(&run.counts.answers).into());
    row(&mut table, "its call, waits included", &|run| percentiles(&run.counts.pages).into());
    table
}

fn hint(look: Look) -> String {
    let hint = "Same server, seed and crawl: the attributes in client.rs are the difference.";
    look.paint(Tone::Faint, hint)
}

fn none(look: Look) -> Cell {
    Cell { text: look.choose("-", "–").to_owned(), tone: Tone::Faint }
}

fn ended(run: &Run) -> Cell {
    let (text, tone) = match run.end {
        End::Complete => ("by itself", Tone::Normal),
        End::Deadline => ("by its deadline", Tone::Bad),
        End::Interrupted => ("by Ctrl-C", Tone::Bad),
    };
    Cell { text: text.to_owned(), tone }
}

fn fetched(options: &Options, run: &Run) -> Cell {
    let fetched = run.counts.pages.len();
    let tone = if fetched == options.pages as usize { Tone::Good } else { Tone::Bad };
    Cell { text: format!("{fetched} of {}", options.pages), tone }
}

fn bad_unless_zero(count: usize) -> Cell {
    Cell { text: count.to_string(), tone: if count == 0 { Tone::Normal } else { Tone::Bad } }
}

fn peak_cell(options: &Options, run: &Run) -> Cell {
    let peak = peak(&run.log.in_flight);
    let tone = if peak <= options.limit as usize { Tone::Good } else { Tone::Bad };
    Cell { text: peak.to_string(), tone }
}

/// Everything that went wrong in either crawl, whether it was tried again or not.
fn reasons(with: &Run, without: Option<&Run>) -> BTreeSet<String> {
    [Some(with), without]
        .into_iter()
        .flatten()
        .flat_map(|run| run.counts.retries.keys().chain(run.counts.lost.keys()))
        .cloned()
        .collect()
}

fn reason_cell(run: &Run, reason: &str) -> Cell {
    let retried = run.counts.retries.get(reason).copied().unwrap_or(0);
    let lost = run.counts.lost.get(reason).copied().unwrap_or(0);
    match (retried, lost) {
        (retried, 0) => retried.into(),
        (0, lost) => Cell { text: format!("{lost} lost"), tone: Tone::Bad },
        (retried, lost) => Cell { text: format!("{retried}, {lost} lost"), tone: Tone::Bad },
    }
}

fn percentiles(values: &[Duration]) -> String {
    let at = |percent| {
        percentile(values, percent).map_or_else(|| "-".to_owned(), |value| value.as_millis().to_string())
    };
    format!("{} / {} / {}", at(50), at(95), at(99))
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

/// Both crawls on one scale of time, beside each other where there is room.
fn plots(options: &Options, look: Look, with: &Run, without: Option<&Run>) -> Vec<String> {
    let span = without.map_or(with.took, |without| without.took.max(with.took));
    let beside = without.is_some() && look.width >= WIDE;
    let plot = |title: &str, run: &Run| {
        let limit = options.limit as usize;
        let title = format!("  in flight, {title}: peak {}, limit {limit}", peak(&run.log.in_flight));
        let columns = if beside { (look.width - 3) / 2 } else { look.width - 2 };
        Plot { title, steps: &run.log.in_flight, limit, span, width: columns }.draw(look)
    };
    let with = plot("with steadfast", with);
    let Some(without) = without.map(|run| plot("without", run)) else { return with };
    if beside {
        with.iter().zip(&without).map(|(left, right)| format!("{left}   {right}")).collect()
    } else {
        [with, vec![String::new()], without].concat()
    }
}
