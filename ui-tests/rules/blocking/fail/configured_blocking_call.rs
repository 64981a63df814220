//! What `[workspace.metadata.steadfast]` names. `cargo steadfast check --typed` hands it on as here.

mod legacy {
    pub fn index() {}

    pub fn other() {}
}

#[steadfast::checked(__blocking("legacy::index" = "write `search::index().await`"))]
async fn serve() {
    legacy::index();
    legacy::other();
    tokio::task::yield_now().await;
}

fn main() {
    drop(serve());
}
