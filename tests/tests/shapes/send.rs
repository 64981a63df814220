//! Rows 104 to 112: the future is `Send` exactly when it was.
//!
//! `send_is_kept` is a compile test as much as a call: each future goes through a function that asks for `Send`.

use steadfast_tests_stamp::under_each_policy;

fn is_send<F: Future + Send>(future: F) -> F {
    future
}

/// `Send` by arguments, `&mut self` and `&str`, two awaits and `?`, generics, `Box<dyn Trait + Send + Sync>`.
#[under_each_policy]
mod shape_104_to_108 {
    use crate::send::is_send;
    use crate::trial::{Error, attempt, pause, tried};

    trait Sink: Send + Sync {
        fn put(&self, n: u32) -> u32;
    }

    struct Add(u32);

    impl Sink for Add {
        fn put(&self, n: u32) -> u32 {
            self.0 + n
        }
    }

    struct Client {
        name: String,
    }

    impl Client {
        #[policies(on_elapsed = 0)]
        async fn plain(&mut self, text: &str) -> usize {
            self.name.push_str(text);
            pause().await;
            self.name.len()
        }

        #[policies]
        async fn exclusive(&mut self, text: &str) -> Result<usize, Error> {
            self.name = text.to_owned();
            attempt().await?;
            pause().await;
            Ok(self.name.len())
        }

        #[policies]
        async fn shared(&self, n: u32) -> Result<u32, Error> {
            let m = attempt().await?;
            pause().await;
            u32::try_from(self.name.len()).map(|len| len + n + m).map_err(|_| Error::NotYet)
        }
    }

    #[policies]
    async fn generic<T: Clone + Send + Sync>(x: T, y: &T) -> Result<(T, T), Error> {
        attempt().await?;
        Ok((x, y.clone()))
    }

    // Not `Sync`: nothing but `Send` was asked for.
    #[policies]
    async fn generic_read<T: ToString + Send>(x: T) -> Result<String, Error> {
        let text = x.to_string();
        attempt().await?;
        Ok(text + &x.to_string())
    }

    #[policies]
    async fn boxed(sink: Box<dyn Sink>, others: Vec<Box<dyn Sink + Send + Sync>>) -> Result<u32, Error> {
        let n = sink.put(1);
        attempt().await?;
        Ok(others.iter().fold(n, |n, other| other.put(n)))
    }

    #[tokio::test(start_paused = true)]
    async fn send_is_kept() {
        let mut client = Client { name: "x".to_owned() };
        assert_eq!(is_send(client.plain("y")).await, 2);
        assert_eq!(tried(FAILURES, is_send(client.exclusive("abc"))).await.unwrap(), 3);
        assert_eq!(tried(FAILURES, is_send(client.shared(1))).await.unwrap(), 5 + FAILURES);
        assert_eq!(tried(FAILURES, is_send(generic(1, &2))).await.unwrap(), (1, 2));
        assert_eq!(tried(FAILURES, is_send(generic_read(1))).await.unwrap(), "11");
        let call = boxed(Box::new(Add(1)), vec![Box::new(Add(2))]);
        assert_eq!(tried(FAILURES, is_send(call)).await.unwrap(), 4);
    }
}

/// The reproduction of rust #138207: a future that borrows for any lifetime.
#[under_each_policy]
mod shape_109 {
    use crate::send::is_send;
    use crate::trial::{Error, attempt, tried};

    struct Item<'a>(&'a str);

    #[policies]
    async fn each(items: &[Item<'_>], f: &(dyn Fn(&str) -> usize + Send + Sync)) -> Result<usize, Error> {
        let mut sum = 0;
        for item in items.iter().map(|item| item.0) {
            attempt().await?;
            sum += f(item);
        }
        Ok(sum)
    }

    #[tokio::test(start_paused = true)]
    async fn send_is_kept() {
        let text = "ab".to_owned();
        let items = [Item(&text)];
        assert_eq!(tried(FAILURES, is_send(each(&items, &|text| text.len()))).await.unwrap(), 2);
    }
}

/// What was not `Send` still compiles: nothing asks for it.
#[under_each_policy]
mod shape_110 {
    use std::cell::RefCell;
    use std::rc::Rc;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: Rc<u32>) -> u32 {
        let y = Rc::clone(&x);
        pause().await;
        *x + *y
    }

    #[policies]
    async fn fallible(x: Rc<RefCell<u32>>, f: &dyn Fn(u32) -> u32) -> Result<u32, Error> {
        let local = Rc::new(1);
        *x.borrow_mut() += 1;
        attempt().await?;
        let n = *x.borrow();
        Ok(f(*local + n))
    }

    // The error's type need not be `Send` either.
    #[policies(not_retry)]
    async fn error_is_local(x: Rc<u32>) -> Result<Rc<u32>, LocalError> {
        attempt().await.map_err(|_| LocalError { _marker: Rc::new(0) })?;
        Ok(x)
    }

    #[policies]
    async fn error_is_local_and_retried(x: u32) -> Result<u32, LocalError> {
        attempt().await.map_err(|_| LocalError { _marker: Rc::new(0) })?;
        Ok(x)
    }

    #[derive(Debug)]
    struct LocalError {
        _marker: Rc<u32>,
    }

    impl From<steadfast::PolicyError> for LocalError {
        fn from(_: steadfast::PolicyError) -> Self {
            Self { _marker: Rc::new(1) }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(Rc::new(1)).await, 2);
        let cell = Rc::new(RefCell::new(0));
        assert_eq!(tried(FAILURES, fallible(Rc::clone(&cell), &|n| n)).await.unwrap(), 2 + FAILURES);
        assert_eq!(*tried(0, error_is_local(Rc::new(1))).await.unwrap(), 1);
        // Its error never lives across an await of ours, so the future itself stays `Send`.
        let call = crate::send::is_send(error_is_local_and_retried(1));
        assert_eq!(tried(FAILURES, call).await.unwrap(), 1);
    }
}

/// Arguments by value that are `Send` and not `Sync`, held across an await.
#[under_each_policy]
mod shape_111 {
    use std::cell::{Cell, RefCell};
    use std::sync::mpsc;

    use crate::send::is_send;
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: Cell<u32>) -> u32 {
        x.set(x.get() + 1);
        pause().await;
        x.get()
    }

    #[policies]
    async fn cell(x: Cell<u32>) -> Result<u32, Error> {
        x.set(x.get() + 1);
        attempt().await?;
        Ok(x.get())
    }

    #[policies]
    async fn ref_cell(list: RefCell<Vec<u32>>) -> Result<usize, Error> {
        list.borrow_mut().push(1);
        attempt().await?;
        let len = list.borrow().len();
        Ok(len)
    }

    #[policies]
    async fn receiver(queue: mpsc::Receiver<u32>) -> Result<u32, Error> {
        let n = queue.try_recv().map_err(|_| Error::NotYet)?;
        attempt().await?;
        Ok(n)
    }

    // `mut` asks for a clone, which a box of `FnMut` has none of.
    #[policies(retry(borrow(f)))]
    async fn boxed_fn_mut(mut f: Box<dyn FnMut() -> u32 + Send>) -> Result<u32, Error> {
        f();
        attempt().await?;
        Ok(f())
    }

    #[policies]
    async fn closure(f: impl Fn() -> u32 + Send) -> Result<u32, Error> {
        let n = f();
        attempt().await?;
        Ok(n + f())
    }

    #[policies]
    async fn pattern((x, _): (Cell<u32>, u32), Holder { cell }: Holder) -> Result<u32, Error> {
        attempt().await?;
        Ok(x.get() + cell.get())
    }

    struct Holder {
        cell: Cell<u32>,
    }

    impl Holder {
        #[policies]
        async fn by_value(self) -> Result<u32, Error> {
            let before = self.cell.get();
            attempt().await?;
            Ok(before + self.cell.get())
        }

        #[policies]
        async fn boxed(self: Box<Self>) -> Result<u32, Error> {
            let before = self.cell.get();
            attempt().await?;
            Ok(before + self.cell.get())
        }
    }

    #[policies]
    async fn with_cfg(#[cfg(test)] x: Cell<u32>) -> Result<u32, Error> {
        attempt().await?;
        Ok(x.get())
    }

    #[tokio::test(start_paused = true)]
    async fn send_is_kept() {
        assert_eq!(is_send(plain(Cell::new(1))).await, 2);
        // Lent to each attempt: what one of them did stays, since a cell is not visibly changed.
        assert_eq!(tried(FAILURES, is_send(cell(Cell::new(1)))).await.unwrap(), 2 + FAILURES);
        let list = RefCell::new(vec![]);
        assert_eq!(tried(FAILURES, is_send(ref_cell(list))).await.unwrap() as u32, 1 + FAILURES);
        let (sender, queue) = mpsc::channel();
        sender.send(1).unwrap();
        sender.send(2).unwrap();
        assert_eq!(tried(FAILURES, is_send(receiver(queue))).await.unwrap(), 1 + FAILURES);
        let mut n = 0;
        let count = Box::new(move || {
            n += 1;
            n
        });
        assert_eq!(tried(FAILURES, is_send(boxed_fn_mut(count))).await.unwrap(), 2 + FAILURES);
        let held = Cell::new(1);
        assert_eq!(tried(FAILURES, is_send(closure(move || held.get()))).await.unwrap(), 2);
        let call = pattern((Cell::new(1), 0), Holder { cell: Cell::new(2) });
        assert_eq!(tried(FAILURES, is_send(call)).await.unwrap(), 3);
        let holder = || Holder { cell: Cell::new(1) };
        assert_eq!(tried(FAILURES, is_send(holder().by_value())).await.unwrap(), 2);
        assert_eq!(tried(FAILURES, is_send(Box::new(holder()).boxed())).await.unwrap(), 2);
        assert_eq!(tried(FAILURES, is_send(with_cfg(Cell::new(1)))).await.unwrap(), 1);
    }
}

/// `'static`, so that it can be spawned.
#[under_each_policy]
mod shape_112 {
    use std::sync::Arc;

    use crate::trial::{Error, attempt, pause};

    #[policies(on_elapsed = 0)]
    async fn plain(x: String) -> usize {
        pause().await;
        x.len()
    }

    #[policies]
    async fn fallible(x: String, mut list: Vec<u32>, shared: Arc<str>) -> Result<(String, usize), Error> {
        list.push(1);
        attempt().await?;
        Ok((x, list.len() + shared.len()))
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn is_spawned() {
        assert_eq!(tokio::spawn(plain("x".to_owned())).await.unwrap(), 1);
        let call = fallible("x".to_owned(), vec![], "ab".into());
        assert_eq!(tokio::spawn(call).await.unwrap().unwrap(), ("x".to_owned(), 3));
    }
}
