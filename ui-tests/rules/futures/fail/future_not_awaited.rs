//! A future is thrown away without being awaited.

use tokio::time::Duration;

struct App;

impl App {
    async fn save(&self) {}
}

#[steadfast::checked]
async fn certain() {
    tokio::time::sleep(Duration::from_secs(1));
}

#[steadfast::checked]
async fn underscore(app: &App) {
    let _ = app.save();
}

#[steadfast::checked]
async fn dropped(app: &App) {
    drop(app.save());
}

#[steadfast::checked]
async fn boxed() {
    let _ = later();
}

fn later() -> std::pin::Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async {})
}

#[steadfast::checked]
async fn without_let(app: &App) {
    _ = app.save();
    _ = later();
}

fn main() {}
