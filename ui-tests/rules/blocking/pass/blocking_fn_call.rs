#![deny(warnings, clippy::pedantic, clippy::nursery)]
//! Whether a function is marked is asked about every call, and code that is right must not notice.

use std::sync::Arc;

use steadfast_tests_marked::{Database, files};

/// What has the name of something else as well.
mod names {
    // A module and its function.
    pub mod config {
        pub fn config() -> u8 {
            1
        }
    }
    pub use config::config;

    // A function with the name of a crate that is there, of a primitive type.
    pub fn tokio() -> u8 {
        1
    }
    pub fn char(of: u8) -> u8 {
        of
    }

    // A module with the name of a crate that is there.
    pub mod anyhow {
        pub fn context() -> u8 {
            2
        }
        pub mod deep {
            pub fn context() -> u8 {
                2
            }
        }
    }

    // Constructors without capitals.
    #[allow(non_camel_case_types)]
    pub struct seconds(pub u8);
    #[allow(non_camel_case_types)]
    pub enum Unit {
        meters(u8),
    }
    pub use Unit::*;
    impl seconds {
        pub const fn new(of: u8) -> Self {
            Self(of)
        }
    }
    #[allow(non_camel_case_types)]
    pub type c_number = u8;
    #[allow(non_camel_case_types)]
    pub type number_t = u16;

    // A type and a function of one name, from two modules.
    mod one {
        #[allow(non_camel_case_types)]
        pub struct same {}
        impl same {
            pub const VALUE: u8 = 1;
        }
    }
    mod other {
        pub fn same() -> u8 {
            2
        }
    }
    pub use one::same;
    pub use other::same;

    /// A trait and a function of one name.
    #[allow(non_camel_case_types)]
    pub trait both {
        fn of(&self) -> u8 {
            3
        }
    }
    impl both for u8 {}
    pub fn both() -> u8 {
        3
    }
}

use names::*;

#[steadfast::checked]
async fn names_of_something_else() -> u8 {
    tokio::task::yield_now().await;
    let sum = config() + names::config() + names::config::config() + self::config::config();
    let sum = sum + names::tokio() + char(1);
    let sum = sum + names::anyhow::context() + names::anyhow::deep::context() + crate::names::anyhow::context();
    let seconds(three) = seconds(3);
    let meters(four) = meters(4);
    let five = seconds::new(5).0 + c_number::from(true) + u8::from(true);
    let six = number_t::try_from(6_u8).unwrap_or_default();
    let seven = u8::try_from(six).unwrap_or_default() + same() + same::VALUE + both() + 1.of();
    sum + three + four + five + seven
}

mod shadowing {
    //! An explicit module goes before a crate of the same name.
    use crate::names::anyhow;

    #[steadfast::checked]
    pub async fn a_crate() -> u8 {
        anyhow::context() + anyhow::deep::context()
    }
}

mod prelude {
    //! std's own, and a function of the same name.
    #[steadfast::checked]
    pub async fn of_std(value: String) {
        drop(value);
    }

    pub mod own {
        fn drop(of: u8) -> u8 {
            of
        }

        #[steadfast::checked]
        pub async fn checked() -> u8 {
            drop(1)
        }
    }
}

mod private {
    mod inner {
        pub(in crate::private) fn hidden() -> u8 {
            1
        }
        pub(super) mod deeper {
            pub(super) fn deepest() -> u8 {
                1
            }
            pub(in crate::private) fn up() -> u8 {
                super::hidden() + self::deepest() + deepest()
            }
            #[steadfast::checked]
            pub(in crate::private) async fn up_and_down() -> u8 {
                super::hidden() + self::deepest() + deepest() + super::super::top() + super::deeper::deepest()
            }
        }
    }

    fn top() -> u8 {
        1
    }

    #[steadfast::checked]
    pub async fn items() -> u8 {
        inner::hidden() + inner::deeper::up() + top() + self::top() + inner::deeper::up_and_down().await
    }
}

/// A local variable of the name of a marked function that is imported.
mod variables {
    use steadfast_tests_marked::load;

    #[steadfast::checked]
    pub async fn shadow() -> u8 {
        let load = |of: u8| of;
        load(1)
    }

    #[steadfast::checked]
    pub async fn parameter(load: fn(u8) -> u8) -> u8 {
        load(1)
    }

    #[steadfast::checked]
    pub async fn pattern(loads: Option<fn(u8) -> u8>) -> u8 {
        let one = if let Some(load) = loads { load(1) } else { 0 };
        let Some(load) = loads else { return one };
        let two = match loads {
            Some(load) => load(2),
            None => 0,
        };
        let add = |load: fn(u8) -> u8| load(3);
        add(load) + one + two
    }

    pub fn marked() -> usize {
        load("a")
    }

    pub mod other {
        pub fn load(of: u8) -> u8 {
            of
        }
    }

    /// Another function of its name, at the end of a path.
    #[steadfast::checked]
    pub async fn a_path() -> u8 {
        other::load(1) + self::other::load(2)
    }
}

/// Functions and variables that macros make.
mod macros {
    macro_rules! make {
        ($name:ident, $value:expr) => {
            fn $name() -> u8 {
                $value
            }
        };
    }
    make!(made, 1);

    macro_rules! bind {
        ($name:ident) => {
            let $name = |of: u8| of;
        };
    }

    macro_rules! checked {
        ($name:ident, $called:ident) => {
            #[steadfast::checked]
            pub async fn $name() -> u8 {
                fn inner() -> u8 {
                    1
                }
                let local = || 2;
                $called() + inner() + local() + $crate::macros::nested::deep() + made()
            }
        };
    }
    checked!(by_a_macro, made);

    pub mod nested {
        pub fn deep() -> u8 {
            1
        }
    }

    #[steadfast::checked]
    pub async fn bound_by_a_macro() -> u8 {
        bind!(bound);
        make!(here, 3);
        bound(1) + made() + here()
    }
}

/// Items of the function itself, and of the function around it.
async fn nested() -> u8 {
    fn outside() -> u8 {
        1
    }
    mod module {
        pub fn inside() -> u8 {
            2
        }
    }
    use steadfast_tests_marked as marked;

    #[steadfast::checked]
    async fn function() -> u8 {
        use self::names::config as settings;
        fn own() -> u8 {
            1
        }
        let of_another_crate = marked::count("a") + steadfast_tests_marked::count("b");
        outside() + own() + settings() + u8::try_from(of_another_crate).unwrap_or_default()
    }
    function().await + module::inside()
}

async fn generic<T: Clone + Send + Sync>(value: &T) -> (T, usize) {
    #[steadfast::checked]
    async fn inner<T: Clone + Send + Sync, const N: usize>(value: &T) -> ([T; N], T) {
        fn clone_of<T: Clone>(value: &T) -> T {
            value.clone()
        }
        let array = std::array::from_fn(|_| clone_of(value));
        (array, clone_of::<T>(value))
    }
    let ([_, two], _) = inner::<T, 2>(value).await;
    (two, std::mem::size_of::<T>())
}

#[steadfast::checked]
async fn conditional() -> u8 {
    #[cfg(any())]
    let nothing = not_there::at_all();
    #[cfg(any())]
    not_there::at_all(nothing.field);
    #[cfg(any())]
    nothing.field.query();
    let one = match 1 {
        #[cfg(any())]
        1 => not_there::at_all(),
        _ => config(),
    };
    let values = [
        #[cfg(any())]
        not_there::at_all(),
        config(),
    ];
    one + values[0]
}

struct Plain(u8);

impl Plain {
    const fn query(&self, _text: &str) -> u8 {
        self.0
    }

    fn consume(self: Arc<Self>) -> u8 {
        self.query("")
    }

    const fn vacuum(&mut self) {
        self.0 = 0;
    }

    #[steadfast::checked]
    async fn own(&mut self) -> u8 {
        self.vacuum();
        self.query("a") + self.deep().query("b")
    }

    const fn deep(&self) -> &Self {
        self
    }
}

trait Queries {
    fn fetch(&self) -> u8;
    fn query(&self) -> u8 {
        self.fetch()
    }
}

impl<T: Fn() -> u8> Queries for T {
    fn fetch(&self) -> u8 {
        self()
    }
}

#[steadfast::checked]
async fn methods<T: Queries>(plain: Arc<Plain>, database: &Database, any: T, dynamic: Box<dyn Queries + Send + Sync>) -> u8 {
    let rows = database.rows() + Arc::new(Database::default()).rows();
    let late = Option::default();
    let slot: &Option<u8> = &late;
    let numbers: Vec<_> = vec![1, 2];
    let of_numbers = numbers.first().copied().unwrap_or(1) + numbers.repeat(2).swap_remove(0);
    let closure = || 1_u8;
    let moved = plain.clone();
    let sum = plain.query("a") + moved.query("b") + any.query() + dynamic.query() + closure.query() + any.fetch();
    sum + moved.consume() + slot.unwrap_or_default() + of_numbers + u8::try_from(rows).unwrap_or_default()
}

#[steadfast::checked]
async fn where_it_may_block(database: Arc<Database>) -> usize {
    let loading = tokio::task::spawn_blocking(|| steadfast_tests_marked::load("a"));
    let scanning = tokio::task::spawn_blocking(files::scan);
    let querying = tokio::task::spawn_blocking(move || database.query("a"));
    let threads = std::thread::spawn(|| steadfast_tests_marked::save("a", 1));
    drop(threads);
    let later = || steadfast_tests_marked::load("b");
    let _: fn(&str) -> usize = steadfast_tests_marked::load;
    let _: &dyn Fn() -> usize = &later;
    loading.await.unwrap_or(0) + scanning.await.unwrap_or(0) + querying.await.unwrap_or(0)
}

#[steadfast::checked]
async fn allowed() -> usize {
    #[steadfast::allow(blocking_fn_call, reason = "it is short")]
    let loaded = steadfast_tests_marked::load("a");
    loaded
}

#[steadfast::checked]
fn synchronous(database: &mut Database) -> usize {
    database.vacuum();
    steadfast_tests_marked::load("a") + database.query("a")
}

#[steadfast::checked]
mod module {
    use steadfast_tests_marked::load as count;

    fn load(_: &str) -> usize {
        1
    }

    pub async fn own() -> usize {
        load("a")
    }

    pub fn marked() -> usize {
        count("a")
    }
}

fn main() {
    fn is_send<T: Send>(_: &T) {}
    is_send(&names_of_something_else());
    is_send(&where_it_may_block(Arc::default()));
    is_send(&methods(Arc::new(Plain(1)), &Database::default(), || 1, Box::new(|| 1)));
    is_send(&module::own());
    let _ = (shadowing::a_crate(), private::items(), prelude::of_std(String::new()), prelude::own::checked(), variables::shadow(), variables::parameter(|of| of));
    let _ = (variables::pattern(None), variables::marked(), macros::by_a_macro(), macros::bound_by_a_macro());
    let _ = (nested(), conditional(), synchronous(&mut Database::default()), module::marked(), allowed());
    let _ = Plain(1).own();
    drop(generic(&1));
}
