//! A table with a column of labels and columns of values.

use super::look::{Look, Tone};

/// Space left of everything.
const INDENT: usize = 2;
/// Space left of the labels below the title of their section.
const NEST: usize = 2;
/// Space between columns.
const GAP: usize = 4;

/// Rows in the order in which they were added.
#[derive(Debug)]
pub(crate) struct Table {
    heads: Vec<String>,
    rows: Vec<Row>,
}

#[derive(Debug)]
enum Row {
    Section(String),
    Values(String, Vec<Cell>),
}

/// A value and what to think of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) tone: Tone,
}

impl<T: ToString> From<T> for Cell {
    fn from(value: T) -> Self {
        Self { text: value.to_string(), tone: Tone::Normal }
    }
}

impl Table {
    /// An empty table with these columns of values.
    pub(crate) fn new(heads: &[&str]) -> Self {
        Self { heads: heads.iter().map(ToString::to_string).collect(), rows: Vec::new() }
    }

    /// Begins a group of rows.
    pub(crate) fn section(&mut self, title: &str) {
        self.rows.push(Row::Section(title.to_owned()));
    }

    /// Adds a row. Cells that are missing stay empty.
    pub(crate) fn row(&mut self, label: impl Into<String>, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(Row::Values(label.into(), cells.into_iter().collect()));
    }

    /// The lines from top to bottom.
    pub(crate) fn draw(&self, look: Look) -> Vec<String> {
        let labels = self.label_width().max(NEST);
        let widths = self.widths();
        let rule =
            look.choose("-", "─").repeat(labels + widths.iter().map(|width| GAP + width).sum::<usize>());
        let heads: Vec<Cell> =
            self.heads.iter().map(|head| Cell { text: head.clone(), tone: Tone::Strong }).collect();

        let mut lines = vec![line(look, "", labels, &heads, &widths)];
        for row in &self.rows {
            match row {
                Row::Section(title) => {
                    lines.push(" ".repeat(INDENT) + &look.paint(Tone::Faint, &rule));
                    lines.push(" ".repeat(INDENT) + &look.paint(Tone::Strong, title));
                }
                Row::Values(label, cells) => lines.push(line(look, label, labels, cells, &widths)),
            }
        }
        lines
    }

    fn label_width(&self) -> usize {
        let labels = self.rows.iter().map(|row| match row {
            Row::Section(title) => title.chars().count(),
            Row::Values(label, _) => NEST + label.chars().count(),
        });
        labels.max().unwrap_or(0)
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.heads.iter().map(|head| head.chars().count()).collect();
        for row in &self.rows {
            if let Row::Values(_, cells) = row {
                for (width, cell) in widths.iter_mut().zip(cells) {
                    *width = (*width).max(cell.text.chars().count());
                }
            }
        }
        widths
    }
}

fn line(look: Look, label: &str, labels: usize, cells: &[Cell], widths: &[usize]) -> String {
    let mut line = " ".repeat(INDENT + NEST) + &format!("{label:<0$}", labels - NEST);
    for (cell, width) in cells.iter().zip(widths) {
        // Aligned before it is painted: the codes for colours have a length, but no width.
        line += &" ".repeat(GAP + width - cell.text.chars().count());
        line += &look.paint(cell.tone, &cell.text);
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["with", "without"]);
        table.section("outcome");
        table.row("pages fetched", ["300 of 300".into(), "7".into()]);
        table.row("took", ["4.2 s".into()]);
        table
    }

    #[test]
    fn labels_are_left_and_values_right() {
        assert_eq!(
            table().draw(Look::PLAIN),
            [
                "                           with    without",
                "  ----------------------------------------",
                "  outcome",
                "    pages fetched    300 of 300          7",
                "    took                  4.2 s",
            ]
        );
    }

    #[test]
    fn colours_do_not_move_the_columns() {
        let coloured = Look { colours: true, ..Look::RICH };
        let mut table = table();
        table.row("in colour", [Cell { text: "a".into(), tone: Tone::Bad }, "b".into()]);
        let plain = table.draw(Look::RICH);
        let stripped: Vec<String> =
            table.draw(coloured).iter().map(|line| console::strip_ansi_codes(line).into_owned()).collect();
        assert_eq!(stripped, plain);
        assert_ne!(table.draw(coloured), plain);
    }
}
