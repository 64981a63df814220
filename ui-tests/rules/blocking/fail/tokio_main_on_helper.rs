//! A runtime for each call.

#[steadfast::checked(deny(tokio_main_on_helper))]
mod app {
    #[tokio::main]
    pub async fn refresh() {}
}

fn main() {
    app::refresh();
}
