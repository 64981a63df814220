//! What a page consists of.

/// A table, without its line of dashes.
pub(crate) struct Table {
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// A fenced block.
pub(crate) struct Block {
    pub(crate) language: String,
    pub(crate) text: String,
    /// The page up to it.
    pub(crate) before: String,
}

pub(crate) fn tables(page: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        let Some(line) = line.strip_prefix('|').and_then(|line| line.trim_end().strip_suffix('|')) else {
            inside = false;
            continue;
        };
        let cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
        if !inside {
            tables.push(Table { head: cells, rows: Vec::new() });
        } else if !cells.iter().all(|cell| cell.trim_matches('-').is_empty() && !cell.is_empty()) {
            tables.last_mut().expect("the head is before its rows").rows.push(cells);
        }
        inside = true;
    }
    tables
}

pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find("```") {
        let opened = &rest[start + 3..];
        let (language, body) = opened.split_once('\n').expect("a block has lines");
        let end = body.find("\n```").expect("a block is closed");
        let before = page[..page.len() - rest.len() + start].to_owned();
        blocks.push(Block { language: language.to_owned(), text: body[..end].to_owned(), before });
        rest = &body[end + 4..];
    }
    blocks
}
