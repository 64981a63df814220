//! `#[blocking]`: the function stays as it is, and its mark is found by whoever can name it.
#![deny(warnings, clippy::pedantic)]

#[path = "blocking/cancel_unsafe.rs"]
mod cancel_unsafe;

use std::sync::Arc;

use steadfast::__private::Blocks;
use steadfast::blocking;

mod files {
    use steadfast::blocking;

    /// Loads.
    #[blocking]
    #[must_use]
    pub(crate) fn load(name: &str) -> usize {
        name.len()
    }

    #[blocking]
    pub(crate) fn generic<T: AsRef<str>>(name: T) -> usize {
        inner(name.as_ref())
    }

    #[blocking]
    fn inner(name: &str) -> usize {
        name.len()
    }

    #[blocking]
    pub(crate) const fn r#type() -> u8 {
        7
    }
}

use files::{generic, load, r#type};

const fn not_marked() {}

/// What is answered where nothing but this name is in scope.
macro_rules! answer {
    ($mark:ident, $($path:tt)+) => {{
        #[allow(unused_imports, reason = "one of the two answers is not needed")]
        mod asked {
            use $($path)+ as _;
            use steadfast::__private::question::{Probe, Unmarked as _};

            pub(super) fn answer() -> &'static str {
                std::any::type_name_of_val(&Probe::<steadfast::__private::$mark>::new().__steadfast_marked())
            }
        }
        asked::answer().rsplit("::").next().unwrap_or_default()
    }};
}
use answer;

#[test]
fn a_function_is_unchanged_and_its_twin_is_imported_with_it() {
    const SEVEN: u8 = r#type();
    assert_eq!((load("abc"), generic("ab"), SEVEN), (3, 2, 7));
    assert_eq!(
        [
            answer!(Blocks, super::load),
            answer!(Blocks, super::generic),
            answer!(Blocks, super::files::r#type),
            answer!(CancelUnsafe, super::load),
            answer!(Blocks, super::not_marked),
            answer!(Blocks, super::files),
        ],
        ["Blocks", "Blocks", "Blocks", "No", "No", "No"]
    );
    not_marked();
}

#[test]
fn a_mark_is_told_from_that_of_another_function() {
    use steadfast_tests_marked::files::scan;
    use steadfast_tests_marked::{count, look, save};

    assert_eq!((scan(), look(), save("a", 2), count("a")), (2, 2, 2, 1));
    assert_eq!(
        [
            answer!(Blocks, steadfast_tests_marked::files::scan),
            answer!(Blocks, steadfast_tests_marked::look),
            answer!(Blocks, steadfast_tests_marked::save),
            answer!(Blocks, steadfast_tests_marked::count),
            answer!(Blocks, steadfast_tests_marked::orders::transfer),
        ],
        ["Blocks", "Blocks", "Blocks", "No", "No"]
    );
}

#[blocking]
#[cfg(not(any()))]
fn on_this_platform() -> u8 {
    1
}

#[blocking]
#[cfg(any())]
fn on_this_platform() -> u8 {
    2
}

#[test]
fn a_function_may_be_written_once_for_each_platform() {
    assert_eq!(on_this_platform(), 1);
    assert_eq!(answer!(Blocks, super::on_this_platform), "Blocks");
}

#[test]
fn a_function_inside_of_a_body_is_marked_too() {
    mod empty {
        pub(super) fn body() {
            use steadfast::__private::question::Probe;

            #[steadfast::blocking]
            fn nested() {}
            nested();
            let _: steadfast::__private::Blocks = Probe::new().__steadfast_marked();
        }
    }
    empty::body();
}

struct Database(u8);

impl Database {
    #[blocking(inherent)]
    fn open(size: u8) -> Database {
        Database(size)
    }

    #[blocking]
    pub(crate) fn own() -> Self {
        Self(1)
    }

    #[blocking]
    pub(crate) fn vacuum(&self) -> u8 {
        self.0
    }

    #[blocking]
    pub(crate) fn close(self: Arc<Self>) {
        drop(self);
    }

    #[blocking(inherent)]
    fn compact(&mut self, to: u8) {
        self.0 = to;
    }

    #[blocking]
    fn private(&self) -> u8 {
        self.0
    }
}

trait Load {
    #[blocking]
    fn load(&self) -> u8;

    #[blocking]
    fn twice(&self) -> u8 {
        self.load() * 2
    }
}

impl Load for Database {
    #[blocking]
    fn load(&self) -> u8 {
        self.0
    }
}

#[test]
fn methods_have_a_method_as_their_mark() {
    let mut database = Database::open(3);
    database.compact(2);
    assert_eq!((database.vacuum(), database.private(), database.twice()), (2, 2, 4));
    let _: [Blocks; 4] = [
        database.__blocking_query_vacuum(),
        database.__blocking_query_compact(),
        database.__blocking_query_close(),
        Database::__blocking_query_open(),
    ];
    let _: Blocks = Database::__blocking_query_own();
    Arc::new(Database::own()).close();
}
