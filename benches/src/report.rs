//! The table.

use crate::valgrind::{self, Counted, PerCall};
use crate::{Case, Side, Subject, sides, table};

/// How one kind of figure is had and shown.
struct Section {
    title: &'static str,
    cases: Vec<Case>,
    figure: fn(&Measured) -> f64,
    has_ratios: bool,
}

struct Measured {
    side: Side,
    case: Case,
    size: usize,
    /// Nothing was counted, where only sizes are asked for.
    per_call: Option<PerCall>,
}

/// Counts everything under valgrind and prints one table.
///
/// # Errors
/// A text for the user, if valgrind is missing or fails.
pub fn costs() -> Result<(), String> {
    valgrind::available()?;
    let subjects = sides::subjects();
    let measured = count_all(&subjects)?;
    let instructions = |measured: &Measured| measured.per_call.map_or(0.0, |per_call| per_call.instructions);
    let allocations = |measured: &Measured| measured.per_call.map_or(0.0, |per_call| per_call.allocations);
    let every_case: Vec<Case> = [Case::ready(), Case::suspends(), Case::failures()].concat();
    print(
        &[
            Section {
                title: "instructions per call, the body is ready at once",
                cases: Case::ready(),
                figure: instructions,
                has_ratios: true,
            },
            Section {
                title: "instructions per call, the body is pending once",
                cases: Case::suspends(),
                figure: instructions,
                has_ratios: true,
            },
            Section {
                title: "instructions per call, on a failure",
                cases: Case::failures(),
                figure: instructions,
                has_ratios: true,
            },
            Section {
                title: "allocations per call",
                cases: every_case,
                figure: allocations,
                has_ratios: false,
            },
            future_sizes(),
        ],
        &measured,
    );
    Ok(())
}

/// Prints the sizes of the futures, for which nothing has to be run.
pub fn sizes() {
    let measured: Vec<Measured> = sides::subjects().iter().map(|subject| unmeasured(subject, None)).collect();
    print(&[future_sizes()], &measured);
}

fn future_sizes() -> Section {
    Section {
        title: "bytes of the future, the body is pending once",
        cases: Case::suspends(),
        #[expect(clippy::cast_precision_loss, reason = "a future is smaller than 2^53 bytes")]
        figure: |measured| measured.size as f64,
        has_ratios: true,
    }
}

fn unmeasured(subject: &Subject, per_call: Option<PerCall>) -> Measured {
    Measured { side: subject.side, case: subject.case, size: subject.size, per_call }
}

fn count_all(subjects: &[Subject]) -> Result<Vec<Measured>, String> {
    let counted: Vec<_> =
        subjects.iter().enumerate().map(|(index, subject)| Counted::subject(index, subject.case)).collect();
    let per_call = valgrind::count_all(&counted)?;
    let measured = subjects.iter().zip(per_call);
    Ok(measured.map(|(subject, per_call)| unmeasured(subject, Some(per_call))).collect())
}

fn print(sections: &[Section], measured: &[Measured]) {
    let sides: Vec<Side> =
        Side::ALL.into_iter().filter(|side| measured.iter().any(|measured| measured.side == *side)).collect();
    let mut rows = vec![header(&sides)];
    for section in sections {
        rows.push(vec![format!("**{}**", section.title)]);
        for case in &section.cases {
            rows.push(row(section, *case, &sides, measured));
        }
    }
    table::print(rows);
}

fn header(sides: &[Side]) -> Vec<String> {
    let mut header = vec![String::new()];
    header.extend(sides.iter().map(|side| side.name().to_owned()));
    header
}

fn row(section: &Section, case: Case, sides: &[Side], measured: &[Measured]) -> Vec<String> {
    let figure = |side: Side| {
        let found = measured.iter().find(|measured| measured.side == side && measured.case == case)?;
        Some((section.figure)(found))
    };
    let mut row = vec![case.to_string()];
    for side in sides {
        let Some(own) = figure(*side) else {
            row.push("-".to_owned());
            continue;
        };
        let ratios: Vec<String> = compared_to(*side)
            .iter()
            .filter(|_| section.has_ratios)
            .filter_map(|other| figure(*other))
            .map(|other| format!("{:.2}", own / other))
            .collect();
        row.push(if ratios.is_empty() {
            format!("{own:.0}")
        } else {
            format!("{own:.0} ({})", ratios.join(", "))
        });
    }
    row
}

/// In parentheses: ours by what is written by hand, and a peer's by ours.
const fn compared_to(side: Side) -> &'static [Side] {
    match side {
        Side::ByHand | Side::ByHandInFull => &[],
        Side::Steadfast => &[Side::ByHand, Side::ByHandInFull],
        Side::Backon | Side::TokioRetry2 | Side::Tower | Side::TowerResilience => &[Side::Steadfast],
    }
}
