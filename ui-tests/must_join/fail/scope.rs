//! The tasks belong to a scope of the caller.
use steadfast::{Scope, must_join};

#[must_join(scope = group)]
async fn no_such_parameter(g: &Scope<std::io::Error>) {
    g.spawn(async { Ok(()) });
}

#[must_join(scope = g)]
async fn beside_it(g: &Scope<std::io::Error>) {
    g.spawn(async { Ok(()) });
    tokio::spawn(async {});
}

#[must_join(scope = g, limit = 8, grace = 2s)]
fn decided_elsewhere(g: &Scope<std::io::Error>) {
    g.spawn(async { Ok(()) });
}

fn main() {}
