//! A function that is marked with `#[blocking]`, here or in another crate.

use std::sync::Arc;

use steadfast_tests_marked::{Database, each_row, files, load, save as store};

#[steadfast::checked]
async fn names() -> usize {
    load("b") + files::scan()
}

mod paths {
    use steadfast_tests_marked as other;

    #[steadfast::checked]
    pub async fn paths() -> usize {
        steadfast_tests_marked::load("a")
            + other::save("a", 2)
            + other::r#match()
            + ::steadfast_tests_marked::load("c")
    }

    #[steadfast::checked]
    pub async fn up() -> usize {
        super::load("a") + super::below::scan() + crate::files::scan()
    }

    #[steadfast::checked]
    pub async fn renamed() -> usize {
        use steadfast_tests_marked::load as fetch;
        fetch("c")
    }
}

#[steadfast::checked]
async fn with_closures(rows: Option<usize>) -> usize {
    match rows {
        Some(rows) => rows,
        None => each_row(|row, left| row.len() + left.unwrap_or_default()) + load("a"),
    }
}

mod below {
    pub use steadfast_tests_marked::scan;
}

#[steadfast::checked]
async fn re_exported() -> usize {
    below::scan()
}

#[steadfast::blocking]
fn own() {}

#[steadfast::checked]
async fn of_this_crate() {
    own();
}

struct State {
    database: Arc<Database>,
}

#[steadfast::checked]
async fn methods(database: Database, shared: Arc<Database>, borrowed: &mut Database, state: &State) -> usize {
    borrowed.vacuum();
    database.query("a") + shared.query("b") + state.database.query("c")
}

#[steadfast::checked(warn(blocking_fn_call))]
async fn warned(shared: Arc<Database>) -> usize {
    load("a") + shared.query("b")
}

fn main() {
    let _ = store("a", 1);
}
