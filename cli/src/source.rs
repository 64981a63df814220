//! The text of a file, and places in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use proc_macro2::LineColumn;
use steadfast_rules::Place;

/// A file that was read.
#[derive(Debug)]
pub(crate) struct Source {
    /// As it is shown: from the root of the workspace, with `/`.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Without a byte order mark.
    pub(crate) text: String,
    /// The byte at which each line begins.
    lines: Vec<usize>,
}

impl Source {
    pub(crate) fn new(path: PathBuf, root: &Path, mut text: String) -> Arc<Self> {
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let name = shown(&path, root);
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Arc::new(Self { name, path, text, lines })
    }

    pub(crate) fn line_count(&self) -> usize {
        self.lines.len() - usize::from(self.text.ends_with('\n') || self.text.is_empty())
    }

    /// A line, counted from 1, without its end.
    pub(crate) fn line(&self, line: usize) -> &str {
        let text = self.line_with_end(line);
        text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text))
    }

    fn line_with_end(&self, line: usize) -> &str {
        let Some(start) = line.checked_sub(1).and_then(|index| self.lines.get(index)) else { return "" };
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        &self.text[*start..end]
    }

    /// The byte at which a line begins. Past the last one, the end.
    pub(crate) fn line_start(&self, line: usize) -> usize {
        let index = line.saturating_sub(1);
        self.lines.get(index).copied().unwrap_or(self.text.len())
    }

    /// A position from its line, counted from 1, and its character in the line, counted from 0.
    pub(crate) fn position(&self, line: usize, column: usize) -> Position {
        let line = line.clamp(1, self.lines.len());
        let text = self.line(line);
        let within = text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
        Position { line, column: column.min(text.chars().count()), byte: self.line_start(line) + within }
    }

    fn at(&self, place: LineColumn) -> Position {
        self.position(place.line, place.column)
    }
}

/// A path as it is shown.
pub(crate) fn shown(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// A place between two characters of a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Position {
    /// Counted from 1.
    pub(crate) line: usize,
    /// In characters, counted from 0.
    pub(crate) column: usize,
    /// From the beginning of the file.
    pub(crate) byte: usize,
}

/// A run of characters of a file.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    pub(crate) source: Arc<Source>,
    pub(crate) start: Position,
    pub(crate) end: Position,
}

impl Region {
    /// The place of tokens that were parsed from this file, on this thread.
    pub(crate) fn of(source: &Arc<Source>, place: Place) -> Self {
        let start = source.at(place.start.start());
        let end = source.at(place.end.end()).max(start);
        Self { source: Arc::clone(source), start, end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_and_bytes() {
        let source = Source::new("/w/src/a.rs".into(), Path::new("/w"), "\u{feff}é = ü;\r\nx\n".to_owned());
        assert_eq!(source.name, "src/a.rs");
        assert_eq!(source.line_count(), 2);
        assert_eq!(source.line(1), "é = ü;");
        assert_eq!(source.line(2), "x");
        assert_eq!(source.position(1, 4), Position { line: 1, column: 4, byte: 5 });
        assert_eq!(source.position(2, 99), Position { line: 2, column: 1, byte: 11 });
        assert_eq!(source.position(99, 0).line, 3);
    }
}
