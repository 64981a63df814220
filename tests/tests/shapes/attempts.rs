//! Each attempt sees the caller's values, and pays a clone only where it has to.

use std::sync::atomic::{AtomicU32, Ordering};

use steadfast::retry;

use crate::trial::{Error, attempt, tried};

/// Counts its clones, and says by its generation which copy it is.
#[derive(Debug)]
struct Counted<'a> {
    clones: &'a AtomicU32,
    generation: u32,
}

impl<'a> Counted<'a> {
    fn new(clones: &'a AtomicU32) -> Self {
        Self { clones, generation: 0 }
    }
}

impl Clone for Counted<'_> {
    fn clone(&self) -> Self {
        self.clones.fetch_add(1, Ordering::Relaxed);
        Self { clones: self.clones, generation: self.generation + 1 }
    }
}

mod clones {
    use super::*;

    #[retry(on = any, attempts = 3)]
    async fn moved(x: Counted<'_>) -> Result<u32, Error> {
        let taken = x;
        attempt().await?;
        Ok(taken.generation)
    }

    #[retry(on = any, attempts = 3)]
    async fn mutable(mut x: Counted<'_>) -> Result<u32, Error> {
        x.generation += 10;
        attempt().await?;
        Ok(x.generation)
    }

    #[retry(on = any, attempts = 3)]
    async fn read(x: Counted<'_>, y: &Counted<'_>) -> Result<u32, Error> {
        attempt().await?;
        Ok(x.clones.load(Ordering::Relaxed) + y.generation)
    }

    #[retry(on = any, attempts = 3)]
    async fn unused(_x: Counted<'_>, _: Counted<'_>) -> Result<u32, Error> {
        attempt().await
    }

    #[retry(on = any, attempts = 3, clone(x))]
    async fn listed(x: Counted<'_>) -> Result<u32, Error> {
        attempt().await?;
        Ok(x.generation)
    }

    #[retry(on = any, attempts = 3, borrow(x))]
    async fn lent(mut x: Counted<'_>) -> Result<u32, Error> {
        x.generation += 10;
        attempt().await?;
        Ok(x.generation)
    }

    #[retry(on = any, within = 60s)]
    async fn without_a_count(x: Counted<'_>) -> Result<u32, Error> {
        let taken = x;
        attempt().await?;
        Ok(taken.generation)
    }

    #[tokio::test(start_paused = true)]
    async fn one_for_each_attempt_that_may_not_be_the_last() {
        for failures in 0..3 {
            let clones = AtomicU32::new(0);
            let generation = tried(failures, moved(Counted::new(&clones))).await.unwrap();
            // The last attempt that there can be takes the original.
            let (expected, copy) = if failures == 2 { (2, 0) } else { (failures + 1, 1) };
            assert_eq!((clones.into_inner(), generation), (expected, copy), "after {failures} failures");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn n_minus_one_when_all_attempts_fail() {
        let clones = AtomicU32::new(0);
        // One failure too many for three attempts.
        let outcome = crate::trial::exhausted(3, moved(Counted::new(&clones))).await;
        assert!(matches!(outcome, Err(Error::NotYet)));
        assert_eq!(clones.into_inner(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn each_attempt_changes_its_own() {
        for failures in 0..3 {
            let clones = AtomicU32::new(0);
            let generation = tried(failures, mutable(Counted::new(&clones))).await.unwrap();
            assert_eq!(generation % 10, u32::from(failures < 2));
            assert_eq!(generation / 10, 1);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn none_for_what_is_only_looked_at() {
        for failures in 0..3 {
            let clones = AtomicU32::new(0);
            let other = Counted::new(&clones);
            let call = read(Counted::new(&clones), &other);
            assert_eq!(tried(failures, call).await.unwrap(), 0);
            tried(failures, unused(Counted::new(&clones), Counted::new(&clones))).await.unwrap();
            assert_eq!(clones.into_inner(), 0);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_clone_lists_is_cloned_although_it_is_only_looked_at() {
        let clones = AtomicU32::new(0);
        assert_eq!(tried(1, listed(Counted::new(&clones))).await.unwrap(), 1);
        assert_eq!(clones.into_inner(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn what_borrow_lists_is_lent_with_what_attempts_did_to_it() {
        let clones = AtomicU32::new(0);
        assert_eq!(tried(2, lent(Counted::new(&clones))).await.unwrap(), 30);
        assert_eq!(clones.into_inner(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn one_for_each_where_no_attempt_is_certainly_the_last() {
        let clones = AtomicU32::new(0);
        assert_eq!(tried(2, without_a_count(Counted::new(&clones))).await.unwrap(), 1);
        assert_eq!(clones.into_inner(), 3);
    }
}

mod values {
    use super::*;

    #[derive(Clone, Debug, Default)]
    struct Order {
        lines: Vec<u32>,
        note: String,
    }

    impl Order {
        #[retry(on = any)]
        async fn placed(mut self, text: &str) -> Result<Self, Error> {
            self.lines.push(1);
            self.note.push_str(text);
            attempt().await?;
            Ok(self)
        }

        #[retry(on = any)]
        async fn taken_apart(self) -> Result<(Vec<u32>, String), Error> {
            let Self { mut lines, note } = self;
            lines.push(1);
            attempt().await?;
            Ok((lines, note))
        }
    }

    #[retry(on = any)]
    async fn mutable(
        mut list: Vec<u32>,
        mut n: u32,
        mut rest: &[u32],
    ) -> Result<(Vec<u32>, u32, usize), Error> {
        list.push(1);
        n += 1;
        rest = &rest[1..];
        attempt().await?;
        Ok((list, n, rest.len()))
    }

    #[retry(on = any)]
    async fn fields(order: Order) -> Result<(Vec<u32>, String), Error> {
        let mut lines = order.lines;
        lines.push(1);
        attempt().await?;
        Ok((lines, order.note))
    }

    #[retry(on = any)]
    async fn patterns(
        (mut list, [first, _]): (Vec<u32>, [String; 2]),
        Order { mut lines, note: text }: Order,
    ) -> Result<(Vec<u32>, Vec<u32>, String), Error> {
        list.push(1);
        lines.push(2);
        let text = first + &text;
        attempt().await?;
        Ok((list, lines, text))
    }

    #[retry(on = any)]
    async fn into_iter(list: Vec<u32>) -> Result<u32, Error> {
        let mut sum = 0;
        for n in list {
            attempt_once_per(n).await?;
            sum += n;
        }
        Ok(sum)
    }

    async fn attempt_once_per(n: u32) -> Result<(), Error> {
        if n == 2 { attempt().await.map(drop) } else { Ok(()) }
    }

    #[retry(on = any)]
    fn blocking(mut list: Vec<u32>, text: String, tries: &AtomicU32) -> Result<(Vec<u32>, String), Error> {
        list.push(1);
        let text = text + "!";
        if tries.fetch_add(1, Ordering::Relaxed) == 0 {
            return Err(Error::NotYet);
        }
        Ok((list, text))
    }

    fn order() -> Order {
        Order { lines: vec![0], note: "n".to_owned() }
    }

    #[tokio::test(start_paused = true)]
    async fn of_self() {
        let placed = tried(2, order().placed("x")).await.unwrap();
        assert_eq!((placed.lines, placed.note), (vec![0, 1], "nx".to_owned()));
        assert_eq!(tried(2, order().taken_apart()).await.unwrap(), (vec![0, 1], "n".to_owned()));
    }

    #[tokio::test(start_paused = true)]
    async fn of_mutable_arguments() {
        let call = mutable(vec![0], 0, &[1, 2, 3]);
        assert_eq!(tried(2, call).await.unwrap(), (vec![0, 1], 1, 2));
    }

    #[tokio::test(start_paused = true)]
    async fn of_moved_fields() {
        assert_eq!(tried(2, fields(order())).await.unwrap(), (vec![0, 1], "n".to_owned()));
    }

    #[tokio::test(start_paused = true)]
    async fn of_patterns() {
        let call = patterns((vec![0], ["a".to_owned(), String::new()]), order());
        assert_eq!(tried(2, call).await.unwrap(), (vec![0, 1], vec![0, 2], "an".to_owned()));
    }

    #[tokio::test(start_paused = true)]
    async fn of_what_a_loop_consumes() {
        assert_eq!(tried(2, into_iter(vec![1, 2, 3])).await.unwrap(), 6);
    }

    #[test]
    fn of_a_plain_function() {
        let tries = AtomicU32::new(0);
        let outcome = blocking(vec![0], "x".to_owned(), &tries).unwrap();
        assert_eq!(outcome, (vec![0, 1], "x!".to_owned()));
        assert_eq!(tries.into_inner(), 2);
    }
}
