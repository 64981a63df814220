//! A table as Markdown.

/// Prints `rows`, the first of which is the header. Short rows are filled up.
pub(crate) fn print(mut rows: Vec<Vec<String>>) {
    let columns = rows.first().map_or(0, Vec::len);
    for row in &mut rows {
        row.resize(columns, String::new());
    }
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        println!("| {} |", cells.join(" | "));
        if index == 0 {
            let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            println!("| {} |", rule.join(" | "));
        }
    }
}
