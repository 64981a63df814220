//! A module with the name of rustc's own for diagnostics changes nothing about a report.

use std::sync::Mutex;

mod diagnostic {
    pub async fn show(_: u32) {}
}

#[steadfast::checked]
async fn reported(cell: &Mutex<u32>) {
    let guard = cell.lock().unwrap();
    diagnostic::show(*guard).await;
}

#[steadfast::checked]
async fn silent(cell: &Mutex<u32>) {
    let number = *cell.lock().unwrap();
    diagnostic::show(number).await;
}

fn main() {}
