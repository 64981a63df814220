//! What the output may use: its width, colours and characters beyond ASCII.

use std::io::{self, IsTerminal};

use console::{Style, Term};

/// How to print.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// ASCII only, no colours, nothing that moves.
    pub(crate) plain: bool,
    /// Whether colours are wanted; `NO_COLOR` and `CLICOLOR` are heeded.
    pub(crate) colours: bool,
    /// Columns that a line may fill.
    pub(crate) width: u32,
}

/// What a piece of text means; the look says how that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Normal,
    Strong,
    Faint,
    Good,
    Bad,
}

impl Look {
    /// The look for standard output. What is no terminal gets the plain one.
    pub(crate) fn of_stdout(plain: bool) -> Self {
        let plain = plain || !io::stdout().is_terminal();
        let width = Term::stdout().size_checked().map_or(80, |(_, columns)| u32::from(columns));
        Self { plain, colours: !plain && console::colors_enabled(), width: width.clamp(60, 130) }
    }

    /// `text` in this tone.
    pub(crate) fn paint(self, tone: Tone, text: &str) -> String {
        let style = match tone {
            Tone::Normal => return text.to_owned(),
            Tone::Strong => Style::new().bold(),
            Tone::Faint => Style::new().dim(),
            Tone::Good => Style::new().green(),
            Tone::Bad => Style::new().red(),
        };
        if self.colours { style.force_styling(true).apply_to(text).to_string() } else { text.to_owned() }
    }

    /// The first where the look is plain, else the second.
    pub(crate) fn choose<T>(self, plain: T, rich: T) -> T {
        if self.plain { plain } else { rich }
    }
}

#[cfg(test)]
impl Look {
    pub(crate) const PLAIN: Self = Self { plain: true, colours: false, width: 80 };
    pub(crate) const RICH: Self = Self { plain: false, colours: false, width: 80 };
}
