//! Rows 73 to 78: functions that a `macro_rules` puts out.

use steadfast_tests_stamp::under_each_policy;

/// The body as `$b:block`.
#[under_each_policy]
mod shape_073 {
    use crate::trial::{Error, attempt, pause, tried};

    macro_rules! functions {
        ($plain:block $fallible:block) => {
            #[policies(on_elapsed = 0)]
            async fn plain() -> u32 $plain

            #[policies]
            async fn fallible() -> Result<u32, Error> $fallible
        };
    }

    functions! {
        {
            pause().await;
            1
        }
        {
            attempt().await?;
            Ok(2)
        }
    }

    /// Through two macros.
    mod twice {
        use crate::trial::{Error, attempt};

        macro_rules! outer {
            ($body:block) => {
                inner!($body);
            };
        }
        macro_rules! inner {
            ($body:block) => {
                #[policies]
                pub(super) async fn fallible() -> Result<u32, Error> $body
            };
        }
        outer!({
            attempt().await?;
            Ok(3)
        });
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain().await, 1);
        assert_eq!(tried(FAILURES, fallible()).await.unwrap(), 2);
        assert_eq!(tried(FAILURES, twice::fallible()).await.unwrap(), 3);
    }
}

/// `$t:ty` and `$e:expr`.
#[under_each_policy]
mod shape_074 {
    use crate::trial::{Error, attempt, pause, tried};

    macro_rules! functions {
        ($plain:ident $fallible:ident $argument:ty, $output:ty, $outcome:ty, $value:expr) => {
            #[policies(on_elapsed = $value)]
            async fn $plain(_x: $argument) -> $output {
                pause().await;
                $value
            }

            #[policies]
            async fn $fallible(mut x: $argument) -> $outcome {
                x.clone_from(&$value);
                attempt().await?;
                Ok(x)
            }
        };
    }

    functions!(text read String, String, Result<String, Error>, "x".to_owned());
    functions!(number count u32, u32, Result<u32, Error>, 1 + 1);
    functions!(reference lent &'static str, &'static str, Result<&'static str, Error>, "y");

    macro_rules! opaque {
        ($output:ty) => {
            #[policies]
            async fn opaque(x: u32) -> $output {
                attempt().await?;
                Ok(x)
            }

            #[policies(only_bounded)]
            async fn never() -> ! {
                std::future::pending().await
            }
        };
    }

    opaque!(Result<impl std::fmt::Display, Error>);

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(text(String::new()).await, "x");
        assert_eq!(tried(FAILURES, read(String::new())).await.unwrap(), "x");
        assert_eq!(number(1).await, 2);
        assert_eq!(tried(FAILURES, count(1)).await.unwrap(), 2);
        assert_eq!(reference("").await, "y");
        assert_eq!(tried(FAILURES, lent("")).await.unwrap(), "y");
        assert_eq!(tried(FAILURES, opaque(1)).await.unwrap().to_string(), "1");
        drop(never());
    }
}

/// `$v:vis`, `$p:pat`, `$m:meta`, `$l:literal` and an item's parts as `tt`.
#[under_each_policy]
mod shape_075 {
    use crate::trial::{Error, attempt, pause, tried};

    macro_rules! functions {
        ($(#[$meta:meta])* $vis:vis fn $name:ident($pattern:pat, $second:pat_param) $plain:literal) => {
            #[policies(on_elapsed = $plain)]
            $vis async fn plain($pattern: (u32, u32), $second: u32) -> u32 {
                pause().await;
                $plain
            }

            #[policies]
            $(#[$meta])*
            $vis async fn $name($pattern: (u32, u32), $second: u32) -> Result<u32, Error> {
                attempt().await?;
                Ok($plain)
            }
        };
    }

    functions!(#[allow(dead_code)] #[inline] pub(crate) fn fallible((_a, mut _b), _) 1);

    macro_rules! pass {
        ($($item:tt)*) => { $($item)* };
    }

    pass! {
        #[policies]
        async fn passed((mut a, _b): (Vec<u32>, u32)) -> Result<Vec<u32>, Error> {
            a.push(1);
            attempt().await?;
            Ok(a)
        }
    }

    macro_rules! item {
        ($item:item) => {
            $item
        };
    }

    item! {
        #[policies]
        async fn whole(mut a: Vec<u32>) -> Result<Vec<u32>, Error> {
            a.push(1);
            attempt().await?;
            Ok(a)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain((1, 2), 3).await, 1);
        assert_eq!(tried(FAILURES, fallible((1, 2), 3)).await.unwrap(), 1);
        assert_eq!(tried(FAILURES, passed((vec![0], 1))).await.unwrap(), [0, 1]);
        assert_eq!(tried(FAILURES, whole(vec![0])).await.unwrap(), [0, 1]);
    }
}

/// Locals that the `macro_rules` makes, beside the caller's of the same name.
#[under_each_policy]
mod shape_076 {
    use crate::trial::{Error, attempt, pause, tried};

    macro_rules! functions {
        ($x:ident, $value:expr) => {
            #[policies(on_elapsed = 0)]
            async fn plain($x: u32) -> u32 {
                let x = 100;
                pause().await;
                $value + x
            }

            #[policies]
            async fn fallible(mut $x: Vec<u32>, x: Vec<u32>) -> Result<(Vec<u32>, Vec<u32>), Error> {
                let taken = x;
                $x.push(1);
                attempt().await?;
                Ok(($x, taken))
            }
        };
    }

    functions!(x, x + 1);

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 102);
        assert_eq!(tried(FAILURES, fallible(vec![0], vec![7])).await.unwrap(), (vec![0, 1], vec![7]));
    }
}

/// `self` from the caller of the `macro_rules`.
#[under_each_policy]
mod shape_077 {
    use crate::trial::{Error, attempt, pause, tried};

    #[derive(Clone)]
    struct Counter {
        n: u32,
    }

    macro_rules! methods {
        ($self:ident, $value:expr) => {
            #[policies(on_elapsed = 0)]
            async fn plain(&$self) -> u32 {
                pause().await;
                $value
            }

            #[policies]
            async fn fallible(mut $self) -> Result<u32, Error> {
                $self.n += 1;
                attempt().await?;
                Ok($value)
            }

            #[policies]
            async fn taken($self) -> Result<Self, Error> {
                let taken = $self;
                attempt().await?;
                Ok(taken)
            }
        };
    }

    impl Counter {
        methods!(self, self.n);
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(Counter { n: 1 }.plain().await, 1);
        assert_eq!(tried(FAILURES, Counter { n: 1 }.fallible()).await.unwrap(), 2);
        assert_eq!(tried(FAILURES, Counter { n: 1 }.taken()).await.unwrap().n, 1);
    }
}

/// `$l:lifetime`.
#[under_each_policy]
mod shape_078 {
    use crate::trial::{Error, attempt, pause, tried};

    macro_rules! functions {
        ($l:lifetime $label:lifetime) => {
            #[policies(on_elapsed = "")]
            async fn plain<$l>(x: &$l str, _y: &str) -> &$l str {
                pause().await;
                x
            }

            #[policies]
            async fn fallible<$l>(x: &$l str, _y: &str) -> Result<&$l str, Error> {
                $label: loop {
                    loop {
                        attempt().await?;
                        break $label;
                    }
                }
                Ok(x)
            }
        };
    }

    functions!('a 'outer);

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain("x", "").await, "x");
        assert_eq!(tried(FAILURES, fallible("x", "")).await.unwrap(), "x");
    }
}
