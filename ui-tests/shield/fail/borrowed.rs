//! What may have to finish in the background cannot borrow.
use std::sync::Arc;

use steadfast::shield;

struct Gateway;

impl Gateway {
    #[shield]
    async fn charge(&self, card: &str, log: &mut Vec<u8>) -> usize {
        log.push(1);
        card.len()
    }

    #[shield]
    async fn refund(self: Arc<Self>, names: Vec<&'static str>, cell: std::slice::Iter<'_, u8>) -> usize {
        names.len() + cell.len()
    }
}

#[shield]
fn plain() {}

#[shield(timeout = 2s)]
async fn arguments() {}

#[shield]
#[steadfast::retry(on = any)]
async fn retried(rows: Vec<u8>) -> std::io::Result<usize> {
    Ok(rows.len())
}

fn main() {
    plain();
    let _ = (arguments(), retried(Vec::new()));
}
