//! Rows 82 to 87: names that ours could meet.

use steadfast_tests_stamp::under_each_policy;

/// Raw identifiers, of the function and of arguments.
#[under_each_policy]
mod shape_082 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn r#type(r#fn: u32, r#self_: u32) -> u32 {
        pause().await;
        r#fn + self_
    }

    #[policies]
    async fn r#match(mut r#fn: Vec<u32>, r#loop: String, r#async: &str) -> Result<String, Error> {
        r#fn.push(1);
        let taken = r#loop;
        attempt().await?;
        Ok(format!("{}{taken}{}", r#fn.len(), r#async))
    }

    #[policies(retry(clone(r#in)))]
    async fn listed(r#in: Vec<u32>) -> Result<usize, Error> {
        attempt().await?;
        Ok(r#in.len())
    }

    #[policies]
    async fn in_a_text(r#use: String) -> Result<String, Error> {
        attempt().await?;
        Ok(format!("{use}"))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(r#type(1, 2).await, 3);
        assert_eq!(tried(FAILURES, r#match(vec![0], "x".to_owned(), "y")).await.unwrap(), "2xy");
        assert_eq!(tried(FAILURES, listed(vec![0])).await.unwrap(), 1);
        assert_eq!(tried(FAILURES, in_a_text("x".to_owned())).await.unwrap(), "x");
    }
}

/// Arguments that are named as our own locals could be.
#[under_each_policy]
mod shape_083 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(call: u32, permit: u32, value: u32, error: u32, _permit: u32, __r: u32, body: u32) -> u32 {
        pause().await;
        call + permit + value + error + _permit + __r + body
    }

    #[policies]
    async fn owned(
        mut retry: Vec<u32>,
        mut outcome: Vec<u32>,
        mut pause: Vec<u32>,
        mut error: Vec<u32>,
        mut permit: Vec<u32>,
        mut call: Vec<u32>,
        mut value: Vec<u32>,
        mut kept_x: Vec<u32>,
        mut x: Vec<u32>,
        mut verdict: Vec<u32>,
        mut hint: Vec<u32>,
        mut text: Vec<u32>,
        mut policy: Vec<u32>,
        mut backoff: Vec<u32>,
    ) -> Result<Vec<usize>, Error> {
        let all = [
            &mut retry,
            &mut outcome,
            &mut pause,
            &mut error,
            &mut permit,
            &mut call,
            &mut value,
            &mut kept_x,
            &mut x,
            &mut verdict,
            &mut hint,
            &mut text,
            &mut policy,
            &mut backoff,
        ];
        for one in all {
            one.push(1);
        }
        attempt().await?;
        let all = [
            retry, outcome, pause, error, permit, call, value, kept_x, x, verdict, hint, text, policy,
            backoff,
        ];
        Ok(all.iter().map(Vec::len).collect())
    }

    #[policies]
    async fn read(
        retry: String,
        outcome: String,
        pause: String,
        error: String,
        permit: String,
        call: String,
        value: String,
        verdict: String,
        hint: String,
        text: String,
        policy: String,
        backoff: String,
        bulkhead: String,
        cancel: String,
        limit: String,
        attempt_limit: String,
        total_limit: String,
        again: &str,
    ) -> Result<String, Error> {
        attempt().await?;
        Ok([
            &retry, &outcome, &pause, &error, &permit, &call, &value, &verdict, &hint, &text, &policy,
            &backoff,
        ]
        .into_iter()
        .chain([&bulkhead, &cancel, &limit, &attempt_limit, &total_limit])
        .map(String::as_str)
        .chain([again])
        .collect())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1, 1, 1, 1, 1, 1, 1).await, 7);
        let v = || vec![0];
        let call = owned(v(), v(), v(), v(), v(), v(), v(), v(), v(), v(), v(), v(), v(), v());
        assert_eq!(tried(FAILURES, call).await.unwrap(), [2; 14]);
        let s = || "x".to_owned();
        let call =
            read(s(), s(), s(), s(), s(), s(), s(), s(), s(), s(), s(), s(), s(), s(), s(), s(), s(), "y");
        assert_eq!(tried(FAILURES, call).await.unwrap(), "x".repeat(17) + "y");
    }
}

/// The names of the prelude, and of crates, as the user's own.
#[under_each_policy]
mod shape_084 {
    use crate::trial::tried;

    #[allow(dead_code)]
    mod shadowed {
        use crate::trial::{Error, attempt, pause};

        mod core {}
        mod std {}
        mod alloc {}
        mod tokio {}
        mod steadfast {}

        pub(super) struct Result;
        struct Option;
        struct Box;
        struct Vec;
        struct String;
        struct Some;
        struct None;
        struct Ok;
        struct Err;
        struct Duration;
        trait Clone {}
        trait Drop {}
        trait Copy {}
        trait Send {}
        trait Future {}
        trait Fn {}
        trait Iterator {}
        trait Into {}
        trait Default {}
        trait Transient {}
        fn drop() {}

        #[policies(on_elapsed = 0)]
        pub(super) async fn plain(x: u32) -> u32 {
            pause().await;
            let _ = (Result, Option, Box, Vec, String, Some, None, Ok, Err, Duration);
            drop();
            x
        }

        #[policies]
        pub(super) async fn fallible(
            mut x: ::std::vec::Vec<u32>,
            text: ::std::string::String,
        ) -> ::std::result::Result<(::std::vec::Vec<u32>, ::std::string::String), Error> {
            x.push(1);
            attempt().await?;
            ::std::result::Result::Ok((x, text))
        }

        #[policies(retry(
            abort = |_| false,
            retry_if_ok = |n| *n == 0,
            retry_after = |_| ::std::option::Option::None,
            on_retry = |_| {},
            backoff = exp(10ms, cap = 1s),
            budget = "shadowed",
            within = 10s
        ))]
        pub(super) async fn with_everything(x: u32) -> ::std::result::Result<u32, Error> {
            attempt().await?;
            ::std::result::Result::Ok(x)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(shadowed::plain(1).await, 1);
        let call = shadowed::fallible(vec![0], String::new());
        assert_eq!(tried(FAILURES, call).await.unwrap(), (vec![0, 1], String::new()));
        assert_eq!(tried(FAILURES, shadowed::with_everything(1)).await.unwrap(), 1);
    }
}

/// `type Result<T> = …`, and a type that is called `Result` but is none.
#[under_each_policy]
mod shape_085 {
    use crate::trial::{Error, attempt, pause, tried};

    type Result<T> = ::std::result::Result<T, Error>;
    type Done = Result<u32>;

    mod other {
        pub(super) struct Result(pub(super) u32);
    }

    #[policies]
    async fn fallible(x: u32) -> Result<u32> {
        attempt().await?;
        Ok(x)
    }

    #[policies]
    async fn done(x: u32) -> Done {
        attempt().await?;
        Ok(x)
    }

    #[policies]
    async fn of_io(x: u32) -> std::io::Result<u32> {
        attempt().await.map_err(std::io::Error::other)?;
        Ok(x)
    }

    #[policies(on_elapsed = other::Result(0))]
    async fn none(x: u32) -> other::Result {
        pause().await;
        other::Result(x)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap(), 1);
        assert_eq!(tried(FAILURES, done(1)).await.unwrap(), 1);
        assert_eq!(tried(FAILURES, of_io(1)).await.unwrap(), 1);
        assert_eq!(none(1).await.0, 1);
    }
}

/// Functions that are called `Ok`, `Some` and `drop`.
#[under_each_policy]
#[allow(non_snake_case)]
mod shape_086 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn Some(x: u32) -> u32 {
        pause().await;
        x
    }

    #[policies]
    async fn Ok(x: u32) -> Result<u32, Error> {
        attempt().await?;
        Result::Ok(x)
    }

    #[policies]
    async fn drop(x: Vec<u32>) -> Result<Vec<u32>, Error> {
        attempt().await?;
        Result::Ok(x)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(Some(1).await, 1);
        assert_eq!(tried(FAILURES, Ok(1)).await.unwrap(), 1);
        assert_eq!(tried(FAILURES, drop(vec![1])).await.unwrap(), [1]);
    }
}
