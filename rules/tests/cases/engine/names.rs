//! What names mean.

use std::fs as files;
use std::thread::{self, sleep as nap};
use std::{
    process,
    time::{self, Duration},
};

async fn modules_and_items() {
    thread::sleep(D); //~ blocking_sleep
    nap(D); //~ blocking_sleep
    files::read("a").unwrap(); //~ blocking_fs
    process::Command::new("a").output().unwrap(); //~ blocking_process
    ::std::thread::sleep(D); //~ blocking_sleep
}

async fn imports_in_a_function() {
    use std::thread::sleep;
    sleep(D); //~ blocking_sleep
    {
        use tokio::time::sleep;
        sleep(D).await;
        let _future = sleep(D); //~ future_bound_never_polled
    }
}

async fn items_come_before_imports_of_the_module() {
    nap(D);
    fn nap(_: Duration) {}
}

async fn parameters_shadow(nap: fn(Duration)) {
    nap(D);
}

async fn patterns_shadow(given: Option<fn(Duration)>) {
    if let Some(nap) = given {
        nap(D);
    }
    match given {
        Some(nap) => nap(D),
        None => nap(D), //~ blocking_sleep
    }
    for nap in given {
        nap(D);
    }
    let run = |nap: fn(Duration)| nap(D);
    run(work);
    nap(D); //~ blocking_sleep
    let nap = work;
    nap(D);
}

mod inner {
    async fn does_not_see_the_imports_around() {
        nap(D);
        thread::sleep(D);
        std::thread::sleep(D); //~ blocking_sleep
    }

    mod deeper {
        use super::*;

        async fn sees_those_of_its_parent_only() {
            nap(D);
        }
    }
}

mod with_glob {
    use super::*;

    async fn sees_the_imports_around() {
        nap(D); //~ blocking_sleep
    }

    async fn own_item() {
        fn nap(_: std::time::Duration) {}
        nap(D);
    }
}

mod globs_of_others {
    use crate::prelude::*;
    use futures::prelude::*;

    async fn unknown_names_stay_unknown() {
        read("a");
    }

    async fn full_paths_are_known() {
        std::thread::sleep(D); //~ blocking_sleep
    }
}

mod by_platform {
    #[cfg(unix)]
    use std::thread::sleep;
    #[cfg(windows)]
    use own::sleep;

    async fn one_of_two() {
        sleep(D);
    }
}

mod own_modules {
    use crate::thread;

    async fn of_the_crate() {
        thread::sleep(D);
        crate::thread::sleep(D);
        self::sleep(D);
        super::thread::sleep(D);
    }
}

mod re_exported {
    use app::tokio;

    async fn by_another_crate() {
        tokio::time::sleep(D).await;
    }
}

mod raw {
    use std::thread::r#sleep;

    async fn names() {
        sleep(D); //~ blocking_sleep
        r#sleep(D); //~ blocking_sleep
    }
}
