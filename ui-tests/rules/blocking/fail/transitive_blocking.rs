//! A function that blocks, one call away.

#[steadfast::checked(deny(transitive_blocking))]
mod config {
    fn load() -> String {
        std::fs::read_to_string("a").unwrap_or_default()
    }

    pub async fn show() {
        println!("{}", load());
    }
}

fn main() {
    let _ = config::show();
}
