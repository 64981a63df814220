//! Row 87: a module without the prelude.
#![no_implicit_prelude]

use ::steadfast_tests_stamp::under_each_policy;

/// Functions and methods under each policy, and every argument that expands to code of its own.
#[under_each_policy]
mod shape_087 {
    // `tokio::test` itself names `tokio` without the leading `::`.
    use crate::trial::{Error, attempt, pause, tried};
    use ::std::{assert_eq, vec};
    use ::tokio;

    struct Counter {
        n: u32,
    }

    impl ::std::clone::Clone for Counter {
        fn clone(&self) -> Self {
            Self { n: self.n }
        }
    }

    impl Counter {
        #[policies(on_elapsed = 0)]
        async fn plain(&self) -> u32 {
            pause().await;
            self.n
        }

        #[policies]
        async fn fallible(
            mut self,
            mut list: ::std::vec::Vec<u32>,
        ) -> ::std::result::Result<(u32, ::std::vec::Vec<u32>), Error> {
            self.n += 1;
            list.push(1);
            attempt().await?;
            ::std::result::Result::Ok((self.n, list))
        }
    }

    #[policies(retry(
        abort = |_| false,
        retry_if_ok = |n| *n == 0,
        retry_after = |_| ::std::option::Option::None,
        on_retry = |_| {},
        backoff = exp(10ms, cap = 1s),
        budget = "no prelude",
        within = 10s
    ))]
    async fn with_everything(x: u32) -> ::std::result::Result<u32, Error> {
        attempt().await?;
        ::std::result::Result::Ok(x)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(Counter { n: 1 }.plain().await, 1);
        let call = Counter { n: 1 }.fallible(vec![0]);
        assert_eq!(tried(FAILURES, call).await.unwrap(), (2, vec![0, 1]));
        assert_eq!(tried(FAILURES, with_everything(1)).await.unwrap(), 1);
    }
}

/// The derive, a queue that refuses, keys, and `apply!`.
mod more {
    use ::std::convert::From;
    use ::std::{assert, assert_eq};
    use ::tokio;

    use ::steadfast::{PolicyError, apply, bounded, retry, timeout};

    #[derive(::steadfast::Transient, ::std::fmt::Debug)]
    enum Failure {
        #[transient]
        Busy,
        #[policy]
        Policy(PolicyError),
    }

    #[retry(attempts = 2)]
    #[timeout(attempt = 1s)]
    #[bounded(2, queue = 1, max_wait = 1s, key = x)]
    async fn keyed(x: u32) -> ::std::result::Result<u32, Failure> {
        crate::trial::pause().await;
        if x == 0 { ::std::result::Result::Err(Failure::Busy) } else { ::std::result::Result::Ok(x) }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(keyed(1).await.unwrap(), 1);
        assert!(::std::matches!(keyed(0).await, ::std::result::Result::Err(Failure::Busy)));
        let applied: ::std::result::Result<u32, Failure> =
            apply!(retry(attempts = 2), timeout(total = 1s); keyed(2)).await;
        assert_eq!(applied.unwrap(), 2);
        let policy = keyed(1).await.map_err(|error| match error {
            Failure::Policy(policy) => Failure::from(policy),
            busy => busy,
        });
        assert!(policy.is_ok());
    }
}
