//! "Each attempt sees the caller's argument values."

use super::*;

#[tokio::test(start_paused = true)]
async fn what_a_body_does_to_its_own_mut_argument_does_not_leak_into_the_next_attempt() {
    #[retry(on = any)]
    async fn changes(
        attempts: &Attempts,
        mut list: Vec<u32>,
        mut number: u32,
    ) -> io::Result<(Vec<u32>, u32)> {
        list.push(number);
        number += 1;
        attempts.fail_before(3)?;
        Ok((list, number))
    }

    assert_eq!(changes(&Attempts::new(), vec![1], 5).await.unwrap(), (vec![1, 5], 6));
}

#[tokio::test(start_paused = true)]
async fn what_a_body_takes_is_there_for_every_attempt() {
    #[retry(on = any)]
    async fn takes(attempts: &Attempts, name: String, list: Vec<u32>) -> io::Result<String> {
        let joined = list.into_iter().map(|number| number.to_string()).collect::<Vec<_>>().join("+");
        let name = std::convert::identity(name);
        attempts.fail_before(3)?;
        Ok(name + &joined)
    }

    assert_eq!(takes(&Attempts::new(), "a".into(), vec![1, 2]).await.unwrap(), "a1+2");
}

/// The copies are those of the attempts that may be followed by another one.
#[tokio::test(start_paused = true)]
async fn the_last_attempt_takes_the_callers_value_itself() {
    struct Counted<'a>(&'a Attempts);

    impl Clone for Counted<'_> {
        fn clone(&self) -> Self {
            self.0.begin();
            Self(self.0)
        }
    }

    #[retry(on = any, attempts = 3)]
    async fn takes(attempts: &Attempts, counted: Counted<'_>) -> io::Result<()> {
        std::hint::black_box(counted);
        attempts.fail()
    }

    let clones = Attempts::new();
    takes(&Attempts::new(), Counted(&clones)).await.unwrap_err();
    assert_eq!(clones.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_a_body_only_looks_at_is_not_cloned() {
    struct NotClone(u32);

    #[retry(on = any)]
    async fn looks(attempts: &Attempts, value: NotClone) -> io::Result<u32> {
        let seen = value.0 + 1;
        attempts.fail_before(3)?;
        Ok(seen)
    }

    assert_eq!(looks(&Attempts::new(), NotClone(7)).await.unwrap(), 8);
}

#[tokio::test(start_paused = true)]
async fn what_stands_behind_a_mutable_reference_is_the_callers_and_stays_changed() {
    #[retry(on = any)]
    async fn appends(attempts: &Attempts, list: &mut Vec<u32>) -> io::Result<()> {
        list.push(attempts.fail_before(3)?);
        Ok(())
    }

    #[retry(on = any)]
    async fn appends_first(attempts: &Attempts, list: &mut Vec<u32>) -> io::Result<()> {
        list.push(0);
        attempts.fail_before(3).map(drop)
    }

    let mut list = Vec::new();
    appends(&Attempts::new(), &mut list).await.unwrap();
    appends_first(&Attempts::new(), &mut list).await.unwrap();
    assert_eq!(list, [3, 0, 0, 0]);
}

#[tokio::test(start_paused = true)]
async fn clone_and_borrow_say_it_where_the_guess_would_be_wrong() {
    #[retry(on = any, clone(list))]
    async fn cloned(attempts: &Attempts, list: Vec<u32>) -> io::Result<usize> {
        attempts.fail_before(2)?;
        Ok(list.len())
    }

    struct NotClone(u32);
    fn look(value: &NotClone) -> u32 {
        value.0
    }

    #[retry(on = any, borrow(value))]
    async fn borrowed(attempts: &Attempts, value: NotClone) -> io::Result<u32> {
        attempts.fail_before(2)?;
        Ok(look(&value))
    }

    assert_eq!(cloned(&Attempts::new(), vec![1, 2]).await.unwrap(), 2);
    assert_eq!(borrowed(&Attempts::new(), NotClone(9)).await.unwrap(), 9);
}
