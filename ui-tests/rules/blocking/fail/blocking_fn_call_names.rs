//! A function that is marked with `#[blocking]`, under the names that imports give it.

use steadfast_tests_marked::remote::load as load_remote;
use steadfast_tests_marked::{look, load, save as store};

#[steadfast::checked]
async fn two_of_one_name() -> usize {
    load("a") + load_remote("b")
}

#[steadfast::checked]
async fn re_exported() -> usize {
    look() + steadfast_tests_marked::look()
}

#[steadfast::checked]
async fn renamed() -> usize {
    store("a", 1)
}

mod shop {
    pub use steadfast_tests_marked::load as fetch;
}

#[steadfast::checked]
async fn renamed_on_the_way() -> usize {
    shop::fetch("a")
}

#[steadfast::checked]
async fn of_the_function_at_hand() -> usize {
    use steadfast_tests_marked::{files, remote};
    use remote::load;
    load("a") + files::scan()
}

mod globs {
    use steadfast_tests_marked::*;

    #[steadfast::checked]
    pub async fn all() -> usize {
        load("a") + files::scan() + look()
    }
}

mod facade {
    pub use ::steadfast as again;
}

#[facade::again::checked(crate = facade::again)]
async fn by_a_re_export() -> usize {
    load("a")
}

fn main() {}
