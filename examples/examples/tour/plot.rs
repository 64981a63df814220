//! Requests in flight over time, drawn with characters.
//!
//! A column stands for a span of time and is as high as the *most* that were in flight in it, rounded up: nothing that
//! crossed the limit can fall between two columns or into a rounding. The limit is a line wherever the area leaves room
//! for it, so a crossing breaks the line.

use std::time::Duration;

use super::look::{Look, Tone};
use super::timeline::{Step, peak};

/// Rows of the area.
const ROWS: usize = 9;
/// Rows below the limit when it is kept; the last row shows the line itself.
const ROWS_TO_LIMIT: usize = 8;
/// Columns left of the area: a number and the axis.
const GUTTER: u32 = 6;

/// One plot.
#[derive(Debug)]
pub(crate) struct Plot<'a> {
    pub(crate) title: String,
    pub(crate) steps: &'a [Step],
    pub(crate) limit: usize,
    /// The time that the whole width stands for.
    pub(crate) span: Duration,
    /// Columns, the axis included.
    pub(crate) width: u32,
}

impl Plot<'_> {
    /// The lines from top to bottom, each of the plot's width.
    pub(crate) fn draw(&self, look: Look) -> Vec<String> {
        let columns = self.width.saturating_sub(GUTTER).max(1);
        let heights = heights(self.steps, self.span, columns);
        let scale = Scale::new(self.limit, peak(self.steps));
        let mut lines = vec![look.paint(Tone::Strong, &format!("{:<1$}", self.title, self.width as usize))];
        for row in (0..ROWS).rev() {
            lines.push(self.label(look, &scale, row) + &self.row(look, &scale, row, &heights));
        }
        let (corner, dash) = look.choose(("+", "-"), ("└", "─"));
        lines.push(look.paint(Tone::Faint, &format!("{:>4} {corner}{}", 0, dash.repeat(columns as usize))));
        lines.push(look.paint(Tone::Faint, &time_axis(self.span, columns)));
        lines
    }

    /// The number left of a row: the limit at its line, the peak at the top where it is higher.
    fn label(&self, look: Look, scale: &Scale, row: usize) -> String {
        let axis = look.choose("|", "│");
        let number = if row == scale.limit_row {
            self.limit.to_string()
        } else if row == ROWS - 1 {
            peak(self.steps).to_string()
        } else {
            String::new()
        };
        look.paint(Tone::Faint, &format!("{number:>4} {axis}"))
    }

    fn row(&self, look: Look, scale: &Scale, row: usize, heights: &[usize]) -> String {
        let cell = |height: usize| {
            let beyond = height > self.limit && row >= scale.limit_row;
            match (scale.eighths(height, row), look.plain) {
                (0, _) if row == scale.limit_row => (Tone::Strong, look.choose('-', '┄')),
                (0, _) => (Tone::Normal, ' '),
                (_, true) => (Tone::Normal, '#'),
                (eighths, false) => (if beyond { Tone::Bad } else { Tone::Good }, BLOCKS[eighths - 1]),
            }
        };
        let cells: Vec<(Tone, char)> = heights.iter().map(|height| cell(*height)).collect();
        cells
            .chunk_by(|left, right| left.0 == right.0)
            .map(|run| look.paint(run[0].0, &run.iter().map(|cell| cell.1).collect::<String>()))
            .collect()
    }
}

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// How many requests a row stands for, as a fraction: with a rounding error in it, a value that just keeps the limit
/// could be drawn as one that does not.
#[derive(Debug)]
struct Scale {
    numerator: usize,
    denominator: usize,
    /// The row whose lower edge is the limit, or that contains it.
    limit_row: usize,
}

impl Scale {
    fn new(limit: usize, peak: usize) -> Self {
        let (numerator, denominator) =
            if limit * ROWS >= peak * ROWS_TO_LIMIT { (limit, ROWS_TO_LIMIT) } else { (peak, ROWS) };
        Self { numerator, denominator, limit_row: limit * denominator / numerator }
    }

    /// How much of `row` a value fills, in eighths, rounded up.
    fn eighths(&self, value: usize, row: usize) -> usize {
        let above = (value * self.denominator).saturating_sub(row * self.numerator);
        (above * 8).div_ceil(self.numerator).min(8)
    }
}

/// The most in flight in each of `columns` equal parts of `span`.
fn heights(steps: &[Step], span: Duration, columns: u32) -> Vec<usize> {
    let mut steps = steps.iter().peekable();
    let mut in_flight = 0;
    (1..=columns)
        .map(|column| {
            let end = span * column / columns;
            let mut highest = in_flight;
            while let Some(step) = steps.next_if(|step| step.at < end) {
                in_flight = step.in_flight;
                highest = highest.max(in_flight);
            }
            highest
        })
        .collect()
}

/// Whole seconds below the axis, as many as there is room for.
fn time_axis(span: Duration, columns: u32) -> String {
    const ROOM: u32 = 8;
    let millis = span.as_millis().max(1);
    let column_of = |second: u32| u128::from(second) * 1_000 * u128::from(columns) / millis;
    let every =
        [1, 2, 5, 10, 20, 60].into_iter().find(|step| column_of(*step) >= ROOM.into()).unwrap_or(3_600);
    let mut axis = " ".repeat(GUTTER as usize);
    for tick in 0.. {
        let label = format!("{} s", tick * every);
        let at = usize::try_from(column_of(tick * every)).map_or(usize::MAX, |at| at + GUTTER as usize);
        if at.saturating_add(label.len()) > (GUTTER + columns) as usize {
            break;
        }
        axis = format!("{axis:<at$}{label}");
    }
    format!("{axis:<0$}", (GUTTER + columns) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each height is reached for a moment in the middle of its column.
    fn plot(heights: &[usize], limit: usize, look: Look) -> Vec<String> {
        let step = |at, in_flight| Step { at: Duration::from_millis(at), in_flight };
        let moments = (0..).zip(heights);
        let steps: Vec<Step> =
            moments.flat_map(|(n, height)| [step(n * 10 + 5, *height), step(n * 10 + 6, 0)]).collect();
        let columns = u32::try_from(heights.len()).unwrap();
        let span = columns * Duration::from_millis(10);
        Plot { title: "in flight".into(), steps: &steps, limit, span, width: GUTTER + columns }.draw(look)
    }

    #[test]
    fn a_limit_that_is_kept_is_an_unbroken_line_above_the_area() {
        assert_eq!(
            plot(&[1, 4, 8, 8, 2, 0], 8, Look::RICH),
            [
                "in flight   ",
                "   8 │┄┄┄┄┄┄",
                "     │  ██  ",
                "     │  ██  ",
                "     │  ██  ",
                "     │  ██  ",
                "     │ ███  ",
                "     │ ███  ",
                "     │ ████ ",
                "     │█████ ",
                "   0 └──────",
                "      0 s   ",
            ]
        );
    }

    #[test]
    fn one_request_beyond_the_limit_breaks_the_line() {
        for limit in [1, 2, 3, 7, 8, 9, 50, 100, 999] {
            let kept = plot(&[0, limit, 0], limit, Look::PLAIN);
            assert_eq!(kept.iter().filter(|line| line.ends_with("|---")).count(), 1, "{limit}: {kept:#?}");
            let crossed = plot(&[0, limit + 1, 0], limit, Look::PLAIN);
            assert!(crossed.iter().any(|line| line.ends_with("|-#-")), "{limit}: {crossed:#?}");
        }
    }

    #[test]
    fn a_peak_far_beyond_the_limit_sets_the_scale() {
        assert_eq!(
            plot(&[8, 90, 45, 0], 8, Look::PLAIN),
            [
                "in flight ",
                "  90 | #  ",
                "     | #  ",
                "     | #  ",
                "     | #  ",
                "     | ## ",
                "     | ## ",
                "     | ## ",
                "     | ## ",
                "   8 |###-",
                "   0 +----",
                "      0 s ",
            ]
        );
    }

    #[test]
    fn the_highest_moment_of_a_column_counts_however_short() {
        let at = |millis, in_flight| Step { at: Duration::from_millis(millis), in_flight };
        let steps = [at(0, 2), at(1_200, 9), at(1_201, 1), at(2_500, 0)];
        assert_eq!(heights(&steps, Duration::from_secs(4), 4), [2, 9, 1, 0]);
    }

    #[test]
    fn nothing_at_all_can_be_drawn() {
        let lines = plot(&[], 8, Look::PLAIN);
        assert_eq!(lines.len(), ROWS + 3);
    }

    #[test]
    fn the_time_axis_has_room_between_its_labels() {
        assert_eq!(time_axis(Duration::from_secs(4), 32).trim_end(), "      0 s     1 s     2 s     3 s");
        assert_eq!(time_axis(Duration::from_secs(30), 32).trim_end(), "      0 s       10 s       20 s");
    }

    #[test]
    fn every_line_has_the_width_of_the_plot() {
        for line in plot(&[1; 40], 8, Look::RICH) {
            assert_eq!(line.chars().count(), 46, "{line:?}");
        }
    }
}
