#![deny(warnings, clippy::pedantic, clippy::nursery, missing_docs, unreachable_pub, rust_2018_idioms, unused_import_braces)]
//! Functions with the names of marked ones, and modules with the names of crates.

use steadfast_tests_marked::load;

mod names {
    pub(crate) mod steadfast_tests_marked {
        //! A module with the name of a crate.
        pub(crate) const fn load(of: u8) -> u8 {
            of
        }
        pub(crate) mod files {
            pub(crate) const fn scan() -> u8 {
                2
            }
        }
    }
    pub(crate) const fn load(of: u8) -> u8 {
        of
    }
    pub(crate) mod other {
        pub(crate) const fn scan() -> u8 {
            3
        }
    }
}

mod imported_with_all {
    use crate::names::*;

    #[steadfast::checked]
    pub(crate) async fn a_crate() -> u8 {
        steadfast_tests_marked::load(1) + steadfast_tests_marked::files::scan() + self::steadfast_tests_marked::load(1)
    }

    pub(crate) mod below {
        use super::*;

        #[steadfast::checked]
        pub(crate) async fn a_crate() -> u8 {
            steadfast_tests_marked::load(1) + load(2) + super::other::scan()
        }
    }
}

mod two_of_one_name {
    use steadfast_tests_marked::load;
    use steadfast_tests_marked::remote::load as load_remote;

    pub(crate) fn both() -> usize {
        load("a") + load_remote("a")
    }

    #[steadfast::checked]
    pub(crate) async fn neither() -> u8 {
        super::names::load(1) + crate::names::load(2)
    }
}

mod several_of_one_name {
    use steadfast_tests_marked::orders::*;
    use steadfast_tests_marked::remote::{self, load};

    /// What does not wait goes before what is imported with all.
    const fn scan() -> usize {
        1
    }

    fn look_at_all() -> usize {
        scan()
    }

    #[steadfast::checked]
    pub(crate) async fn checked() -> usize {
        let marked = tokio::task::spawn_blocking(|| load("a")).await;
        let _ = peek("a").await;
        remote::scan() + marked.unwrap_or_default() + scan() + look_at_all()
    }
}

#[steadfast::checked]
async fn imported_in_the_function() -> u8 {
    use names::load;
    load(1)
}

#[steadfast::checked]
async fn renamed_in_the_function() -> usize {
    use steadfast_tests_marked::remote as files;
    use steadfast_tests_marked::remote::scan as load;
    load() + files::scan()
}

#[steadfast::checked]
async fn all_imported_in_the_function() -> u8 {
    use names::*;
    steadfast_tests_marked::load(load(1)) + other::scan()
}

#[steadfast::checked]
async fn in_a_block() -> u8 {
    let one = {
        use names::{load, other as files};
        load(1) + files::scan()
    };
    let add = |of: u8| {
        use names::load as add;
        add(of)
    };
    one + add(2)
}

#[steadfast::checked]
async fn on_some_platforms() -> u8 {
    #[cfg(any())]
    use not_there::load;
    #[cfg(not(any()))]
    use names::load;
    load(1)
}

#[steadfast::checked]
async fn on_other_platforms() -> u8 {
    #[cfg(any())]
    use not_there::load;
    {
        use ::std::mem::drop as load;
        load(String::new());
    }
    1
}

#[steadfast::checked]
async fn declared_in_the_function() -> u8 {
    const fn load(of: u8) -> u8 {
        of
    }
    mod files {
        pub(crate) const fn scan() -> u8 {
            2
        }
    }
    load(1) + files::scan()
}

#[steadfast::checked]
async fn a_variable(save: impl AsyncFn(u8) -> u8) -> u8 {
    let load = |of: u8| of;
    if let Some(scan) = Some(|| 2) {
        return load(1) + scan() + save(1).await;
    }
    0
}

macro_rules! declare {
    ($name:ident) => {
        const fn $name(of: u8) -> u8 {
            of
        }
    };
}

macro_rules! bind {
    ($name:ident) => {
        let $name = |of: u8| of;
    };
}

#[steadfast::checked]
async fn by_a_macro() -> u8 {
    declare!(load);
    load(1) + {
        bind!(load);
        load(2)
    }
}

fn around() -> impl Future<Output = u8> {
    use names::other as nested;
    const fn scan() -> u8 {
        1
    }
    #[steadfast::checked]
    async fn inner() -> u8 {
        nested::scan() + scan()
    }
    inner()
}

/// Names that attributes and tools have as well.
mod attributes {
    pub(crate) mod inline {
        pub(crate) const fn load() -> u8 {
            1
        }
        pub(crate) mod test {
            pub(crate) const fn scan() -> u8 {
                1
            }
        }
    }
    pub(crate) mod diagnostic {
        pub(crate) const fn load() -> u8 {
            1
        }
    }

    #[steadfast::checked]
    pub(crate) async fn checked() -> u8 {
        inline::load() + inline::test::scan() + diagnostic::load()
    }
}

/// Macros with the names of a module, of a crate and of a function.
mod macros {
    pub(crate) mod made {
        macro_rules! load {
            () => {
                1
            };
        }
        macro_rules! scan {
            () => {
                2
            };
        }
        pub(crate) use {load, scan as steadfast_tests_marked, scan};
    }
    use made::*;
    pub(crate) mod scan {
        pub(crate) const fn load() -> u8 {
            1
        }
    }
    pub(crate) const fn load() -> u8 {
        2
    }

    #[steadfast::checked]
    pub(crate) async fn checked() -> usize {
        let own = load() + load!() + scan::load() + scan!() + steadfast_tests_marked!();
        steadfast_tests_marked::remote::scan() + usize::from(own)
    }
}

struct Db;

impl Db {
    #[steadfast::blocking(inherent)]
    const fn load(&self) -> u8 {
        let Self = self;
        1
    }
}

struct Cached(Db);

impl std::ops::Deref for Cached {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.0
    }
}

impl Cached {
    /// Not the one that blocks.
    const fn load(&self) -> u8 {
        let Self(Db) = self;
        2
    }
}

#[steadfast::checked]
async fn of_what_dereferences(cached: Cached, shared: std::sync::Arc<Cached>) -> u8 {
    cached.load() + shared.load()
}

fn main() {
    let _ = (load("a"), Db.load(), imported_with_all::a_crate(), imported_with_all::below::a_crate());
    let _ = (two_of_one_name::both(), two_of_one_name::neither(), several_of_one_name::checked());
    let _ = (imported_in_the_function(), renamed_in_the_function(), all_imported_in_the_function(), in_a_block());
    let _ = (on_some_platforms(), on_other_platforms(), declared_in_the_function(), by_a_macro(), around());
    let _ = (a_variable(async |of| of), attributes::checked(), macros::checked());
    let _ = of_what_dereferences(Cached(Db), std::sync::Arc::new(Cached(Db)));
}
