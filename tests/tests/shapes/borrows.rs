//! Rows 127 to 129, 134 and 135: borrows that go through a call, and those that come out of it.

use steadfast_tests_stamp::under_each_policy;

/// `&mut Vec<T>`.
#[under_each_policy]
mod shape_127 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: &mut Vec<u32>) -> usize {
        pause().await;
        x.push(1);
        x.len()
    }

    #[policies]
    async fn fallible(x: &mut Vec<u32>) -> Result<usize, Error> {
        x.push(1);
        attempt().await?;
        x.push(2);
        Ok(x.len())
    }

    async fn push(x: &mut Vec<u32>) {
        pause().await;
        x.push(3);
    }

    // Handed on as it is: by its name it looks moved, and is reborrowed.
    #[policies]
    async fn handed_on(x: &mut Vec<u32>) -> Result<usize, Error> {
        push(x).await;
        attempt().await?;
        Ok(x.len())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let mut list = vec![0];
        assert_eq!(plain(&mut list).await, 2);
        assert_eq!(tried(FAILURES, fallible(&mut list)).await.unwrap() as u32, 4 + FAILURES);
        list.clear();
        assert_eq!(tried(FAILURES, handed_on(&mut list)).await.unwrap() as u32, 1 + FAILURES);
    }
}

/// `&'a mut T -> &'a mut U`. Under `retry`: ui-tests/retry/fail/returned_borrow.rs.
#[under_each_policy]
mod shape_128 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(only_bounded)]
    async fn plain<'a>(x: &'a mut [u32], _y: &u32) -> &'a mut u32 {
        pause().await;
        &mut x[0]
    }

    #[policies(not_retry)]
    async fn fallible<'a>(x: &'a mut [u32]) -> Result<&'a mut u32, Error> {
        attempt().await?;
        Ok(&mut x[0])
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let mut list = [0, 1];
        *plain(&mut list, &0).await += 1;
        *tried(0, fallible(&mut list)).await.unwrap() += 1;
        assert_eq!(list, [2, 1]);
    }
}

/// Reborrows across awaits.
#[under_each_policy]
mod shape_129 {
    use crate::trial::{Error, attempt, pause, tried};

    async fn push(list: &mut Vec<u32>, n: u32) {
        pause().await;
        list.push(n);
    }

    #[policies(on_elapsed = 0)]
    async fn plain(list: &mut Vec<u32>) -> usize {
        push(list, 1).await;
        push(&mut *list, 2).await;
        list.len()
    }

    #[policies]
    async fn fallible(list: &mut Vec<u32>) -> Result<usize, Error> {
        let again = &mut *list;
        push(again, 1).await;
        attempt().await?;
        push(again, 2).await;
        push(list, 3).await;
        Ok(list.len())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(&mut vec![]).await, 2);
        assert_eq!(tried(FAILURES, fallible(&mut vec![])).await.unwrap() as u32, 3 + FAILURES);
    }
}

/// `&mut self -> &str` through a field that is a `&'a mut String`. Under `retry`: ui-tests/retry/fail/returned_borrow.rs.
#[under_each_policy]
mod shape_134 {
    use crate::trial::{Error, attempt, pause, tried};

    struct Buffer<'a> {
        text: &'a mut String,
    }

    impl<'a> Buffer<'a> {
        #[policies(only_bounded)]
        async fn plain(&mut self) -> &str {
            pause().await;
            self.text.push('y');
            self.text
        }

        #[policies(not_retry)]
        async fn fallible(&mut self) -> Result<&str, Error> {
            self.text.push('z');
            attempt().await?;
            Ok(self.text)
        }

        #[policies(not_retry)]
        async fn taken(self) -> Result<&'a mut String, Error> {
            self.text.push('!');
            attempt().await?;
            Ok(self.text)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let mut text = "x".to_owned();
        assert_eq!(Buffer { text: &mut text }.plain().await, "xy");
        assert_eq!(tried(0, Buffer { text: &mut text }.fallible()).await.unwrap(), "xyz");
        assert_eq!(tried(0, Buffer { text: &mut text }.taken()).await.unwrap(), "xyz!");
    }
}

/// Two lifetimes into a struct that is returned.
#[under_each_policy]
mod shape_135 {
    use crate::trial::{Error, attempt, pause, tried};

    #[derive(Debug, PartialEq)]
    struct Pair<'a, 'b>(&'a str, &'b [u32]);

    #[policies(on_elapsed = Pair("", &[]))]
    async fn plain<'a, 'b>(x: &'a str, y: &'b [u32]) -> Pair<'a, 'b> {
        pause().await;
        Pair(x, y)
    }

    #[policies]
    async fn fallible<'a, 'b: 'a>(x: &'a str, y: &'b [u32]) -> Result<Pair<'a, 'b>, Error> {
        attempt().await?;
        Ok(Pair(x, y))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain("x", &[1]).await, Pair("x", &[1]));
        assert_eq!(tried(FAILURES, fallible("x", &[1])).await.unwrap(), Pair("x", &[1]));
    }
}
