//! The tables.

use super::{Family, families};
use crate::table;
use crate::valgrind::{self, Counted, PerCall};

/// Counts everything, or the families of one name, under valgrind and prints a table for each.
///
/// # Errors
/// A text for the user, if valgrind is missing or fails.
pub fn costs(only: Option<&str>) -> Result<(), String> {
    valgrind::available()?;
    let mut next = 0;
    let mut counted = Vec::new();
    let mut shown = Vec::new();
    for family in families() {
        let is_asked_for = only.is_none_or(|name| name == family.name);
        for row in &family.rows {
            for way in row.ways.iter().flatten() {
                let ((few, many), allocations) = (way.counted, row.allocations);
                if is_asked_for {
                    counted.push(Counted { flag: "--run-task", index: next, few, many, allocations });
                }
                next += 1;
            }
        }
        if is_asked_for {
            shown.push(family);
        }
    }
    if shown.is_empty() {
        return Err(format!("there is no family `{}`", only.unwrap_or_default()));
    }
    let mut per_call = valgrind::count_all(&counted)?.into_iter();
    for family in &shown {
        print(family, &mut per_call);
    }
    Ok(())
}

/// One kind of figure.
type Figure = fn(&PerCall) -> f64;

fn print(family: &Family, per_call: &mut impl Iterator<Item = PerCall>) {
    let mut measured: Vec<Vec<Option<PerCall>>> = Vec::new();
    for row in &family.rows {
        measured.push(row.ways.iter().map(|way| way.as_ref().and_then(|_| per_call.next())).collect());
    }
    let mut header = vec![format!("**{}**", family.title)];
    header.extend(family.columns.iter().map(|column| column.name.to_owned()));
    let mut rows = vec![header];
    let figures: [(&str, Figure); 2] = [
        ("instructions", |per_call| per_call.instructions),
        ("allocations", |per_call| per_call.allocations),
    ];
    for (nth, (kind, figure)) in figures.into_iter().enumerate() {
        for (index, row) in family.rows.iter().enumerate() {
            if nth == 1 && !row.allocations {
                continue;
            }
            let values: Vec<Option<f64>> = (0..family.columns.len())
                .map(|column| of(family, &measured, figure, index, column))
                .collect();
            rows.push(line(family, &format!("{kind}: {}", row.name), &values, nth == 0));
        }
    }
    table::print(rows);
    println!();
}

/// The figure of one cell, per piece.
#[expect(clippy::cast_precision_loss, reason = "nobody spawns 2^53 tasks here")]
fn of(
    family: &Family,
    measured: &[Vec<Option<PerCall>>],
    figure: Figure,
    row: usize,
    column: usize,
) -> Option<f64> {
    let of_row = |row: usize| measured[row].get(column)?.as_ref().map(figure);
    let whole = match family.rows[row].difference {
        Some((more, less)) => of_row(more)? - of_row(less)?,
        None => of_row(row)?,
    };
    Some(whole / family.rows[row].pieces as f64)
}

fn line(family: &Family, name: &str, values: &[Option<f64>], has_ratios: bool) -> Vec<String> {
    let mut line = vec![name.to_owned()];
    for (column, value) in family.columns.iter().zip(values) {
        let Some(own) = value else {
            line.push("-".to_owned());
            continue;
        };
        let ratios: Vec<String> = column
            .compared_to
            .iter()
            .filter(|_| has_ratios)
            .filter_map(|other| values[*other])
            .map(|other| format!("{:.2}", own / other))
            .collect();
        // Counts are exact, and a child's share of a growing table is a fraction.
        let own = if has_ratios { format!("{own:.0}") } else { format!("{own:.2}") };
        line.push(if ratios.is_empty() { own } else { format!("{own} ({})", ratios.join(", ")) });
    }
    line
}
