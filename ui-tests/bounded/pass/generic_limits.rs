//! Limits from the context: a parameter of the type, of the function, of a trait.
use steadfast::bounded;

trait Settings {
    const WORKERS: usize;
}

struct Two;

impl Settings for Two {
    const WORKERS: usize = 2;
}

struct Pool<const N: usize>;

impl<const N: usize> Pool<N> {
    #[bounded(N)]
    async fn single_letter(&self) -> usize {
        N
    }
}

struct Workers<const LIMIT: usize>;

impl<const LIMIT: usize> Workers<LIMIT> {
    #[bounded({ LIMIT })]
    async fn in_braces(&self) -> usize {
        LIMIT
    }
}

#[bounded(LIMIT)]
async fn of_the_function<const LIMIT: usize>() -> usize {
    LIMIT
}

#[bounded(S::WORKERS)]
async fn of_a_trait<S: Settings>(_settings: S) -> usize {
    S::WORKERS
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(Pool::<3>.single_letter().await, 3);
    assert_eq!(Workers::<4>.in_braces().await, 4);
    assert_eq!(of_the_function::<5>().await, 5);
    assert_eq!(of_a_trait(Two).await, 2);
}
