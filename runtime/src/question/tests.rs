//! Which types belong to which family, as the answers see it.

use std::cell::RefCell;
use std::sync::{Arc, LockResult, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard};

use super::answers;
use super::{Differ as _, No, Question, Same, Yes};

/// What an answer is, at run time.
trait Said {
    const YES: bool;
}

impl<T> Said for Yes<T> {
    const YES: bool = true;
}

impl Said for No {
    const YES: bool = false;
}

fn said<A: Said>(_: A) -> bool {
    A::YES
}

macro_rules! assert_answer {
    ($question:ident, $expected:expr, $($ty:ty),* $(,)?) => {$(
        assert_eq!(
            {
                #[allow(unused_imports)]
                use answers::$question::*;
                said((&&&&&&&Question::<$ty>::new()).$question())
            },
            $expected,
            "{}",
            stringify!($ty)
        );
    )*};
}

type Guard = MutexGuard<'static, u8>;

#[test]
fn blocking_guards() {
    assert_answer!(
        blocking_guard,
        true,
        Guard,
        LockResult<Guard>,
        Option<Guard>,
        (Guard, bool),
        (u8, Guard),
        (u8, u8, Guard)
    );
    assert_answer!(
        blocking_guard,
        true,
        std::io::StdoutLock<'static>,
        std::sync::RwLockReadGuard<'static, str>
    );
    assert_answer!(blocking_guard, true, Result<(u8, Guard), PoisonError<(u8, Guard)>>);
    assert_answer!(
        blocking_guard,
        false,
        u8,
        str,
        &'static Guard,
        Mutex<u8>,
        tokio::sync::MutexGuard<'static, u8>
    );
}

#[test]
fn guards_by_their_structure() {
    struct Own(u8);
    impl std::ops::Deref for Own {
        type Target = u8;
        fn deref(&self) -> &u8 {
            &self.0
        }
    }
    assert_eq!(*Own(3), 3);
    assert_answer!(lock_guard, true, Own, Guard, LockResult<Guard>);
    assert_answer!(
        lock_guard,
        false,
        u8,
        &'static u8,
        Box<u8>,
        Arc<Own>,
        Vec<Own>,
        String,
        std::borrow::Cow<'static, str>
    );
    assert_answer!(lock_guard, false, std::future::Ready<u8>, std::vec::IntoIter<u8>, Result<usize, std::io::Error>);
}

#[test]
fn borrows_permits_and_what_drops() {
    assert_answer!(ref_cell_borrow, true, std::cell::Ref<'static, u8>, std::cell::RefMut<'static, str>);
    assert_answer!(ref_cell_borrow, false, RefCell<u8>, &'static u8);
    assert_answer!(watch_ref, true, tokio::sync::watch::Ref<'static, u8>);
    assert_answer!(runtime_enter_guard, true, tokio::runtime::EnterGuard<'static>);
    assert_answer!(async_guard, true, tokio::sync::MutexGuard<'static, u8>);
    assert_answer!(async_guard, false, Guard);
    assert_answer!(
        drop_matters,
        true,
        Guard,
        tokio::sync::OwnedSemaphorePermit,
        Result<tokio::sync::SemaphorePermit<'static>, tokio::sync::TryAcquireError>,
        tokio_util::sync::DropGuard,
        tokio_util::task::AbortOnDropHandle<u8>,
        tokio::task::JoinSet<u8>,
        crate::Permit<'static>,
    );
    assert_answer!(drop_matters, false, u8, Result<u8, std::num::ParseIntError>, RwLock<u8>, std::fs::File);
}

#[test]
fn futures_and_tasks() {
    use tokio::task::{JoinError, JoinHandle};

    assert_answer!(future, true, std::future::Ready<u8>, tokio::time::Sleep);
    assert_answer!(future, false, JoinHandle<u8>, tokio_util::task::AbortOnDropHandle<u8>, u8, str);
    assert_answer!(not_future, true, u8, Result<u8, u8>);
    assert_answer!(not_future, false, std::future::Ready<u8>, JoinHandle<u8>);
    assert_answer!(not_future, false, str, RefCell<[u8]>);
    assert_answer!(fallible_future, true, std::future::Ready<Result<u8, u8>>);
    assert_answer!(fallible_future, false, std::future::Ready<u8>, JoinHandle<u8>);
    assert_answer!(join_handle, true, JoinHandle<u8>);
    assert_answer!(join_handle, false, std::thread::JoinHandle<u8>, u8);
    assert_answer!(fallible_join_handle, true, JoinHandle<Result<u8, u8>>);
    assert_answer!(fallible_join_handle, false, JoinHandle<Option<u8>>);
    assert_answer!(join_result, true, Result<u8, JoinError>);
    assert_answer!(join_result, false, Result<u8, std::io::Error>);
    assert_answer!(
        thread_handle,
        true,
        std::thread::JoinHandle<u8>,
        std::io::Result<std::thread::JoinHandle<u8>>
    );
    assert_answer!(
        runtime,
        true,
        tokio::runtime::Runtime,
        &'static tokio::runtime::Handle,
        Arc<tokio::runtime::Runtime>
    );
    assert_answer!(task_tracker, true, tokio_util::task::TaskTracker);
    assert_answer!(join_set, true, tokio::task::JoinSet<u8>, &'static mut tokio::task::JoinSet<u8>);
}

#[test]
fn channels_and_locks_of_tokio() {
    use tokio::sync::{Notify, Semaphore, broadcast, mpsc, watch};

    assert_answer!(broadcast_receiver, true, broadcast::Receiver<u8>, &'static mut broadcast::Receiver<u8>);
    assert_answer!(broadcast_receiver, false, mpsc::Receiver<u8>);
    assert_answer!(watch_receiver, true, watch::Receiver<u8>, &'static mut watch::Receiver<u8>);
    assert_answer!(watch_receiver, false, watch::Sender<u8>, broadcast::Receiver<u8>);
    assert_answer!(mpsc_sender, true, mpsc::Sender<u8>);
    assert_answer!(mpsc_sender, false, mpsc::UnboundedSender<u8>, std::sync::mpsc::Sender<u8>);
    assert_answer!(mpsc_receiver, true, mpsc::Receiver<u8>, mpsc::UnboundedReceiver<u8>);
    assert_answer!(fair_queue, true, Arc<tokio::sync::Mutex<u8>>, Semaphore, Notify);
    assert_answer!(fair_queue, false, Mutex<u8>);
    assert_answer!(blocking_channel, true, std::sync::mpsc::Receiver<u8>, std::sync::mpsc::SyncSender<u8>);
    assert_answer!(blocking_channel, false, std::sync::mpsc::Sender<u8>, mpsc::Receiver<u8>);
}

#[test]
fn handles_of_the_operating_system() {
    use std::{fs::File, io, net::TcpStream, process};

    assert_answer!(
        os_io_handle,
        true,
        File,
        io::Result<File>,
        io::BufReader<File>,
        io::Lines<io::BufReader<TcpStream>>
    );
    assert_answer!(os_io_handle, true, io::Stdin, io::Take<&'static File>, Arc<File>, process::ChildStdout);
    assert_answer!(
        os_io_handle,
        true,
        MutexGuard<'static, File>,
        RwLockWriteGuard<'static, io::BufWriter<File>>
    );
    assert_answer!(os_io_handle, false, io::Stdout, io::BufWriter<io::StderrLock<'static>>);
    assert_answer!(os_io_handle, false, MutexGuard<'static, Vec<u8>>, MutexGuard<'static, io::Stdout>);
    assert_answer!(
        os_io_handle,
        false,
        &'static [u8],
        io::Cursor<Vec<u8>>,
        io::BufReader<io::Empty>,
        Vec<u8>
    );
    assert_answer!(os_process, true, process::Command, process::Child, &'static mut process::Command);
    assert_answer!(path_like, true, std::path::PathBuf, &'static std::path::Path);
    assert_answer!(path_like, false, String, &'static str);
    assert_answer!(async_read, true, &'static [u8]);
    assert_answer!(async_read, false, File);
    assert_answer!(async_write, true, Vec<u8>);
    assert_answer!(async_write, false, File);
}

#[test]
fn own_types_join_a_family() {
    struct Own;
    impl crate::marker::BlockingClient for Own {}
    impl crate::marker::BlockingGuard for Own {}

    assert_answer!(blocking_client, true, Own, &'static Own, Arc<Own>);
    assert_answer!(blocking_guard, true, Own, Option<Own>);
    assert_answer!(drop_matters, true, Own);
    assert_answer!(blocking_client, false, u8);
}

/// Only compiled: a raw lock to call it with would take `unsafe`, or another dependency.
#[cfg(feature = "parking_lot")]
#[allow(dead_code)]
fn the_guards_of_lock_api<R: lock_api::RawMutex + 'static>() {
    fn is_guard<G: super::BlockingGuard>() {}
    is_guard::<lock_api::MutexGuard<'static, R, u8>>();
    is_guard::<lock_api::MappedMutexGuard<'static, R, u8>>();
    is_guard::<lock_api::ArcMutexGuard<R, u8>>();
}

#[cfg(feature = "dashmap")]
#[test]
fn the_guards_of_dashmap() {
    assert_answer!(
        blocking_guard,
        true,
        dashmap::mapref::one::Ref<'static, u8, u8>,
        Option<dashmap::mapref::one::RefMut<'static, u8, u8>>
    );
    assert_answer!(
        map_iterator,
        true,
        dashmap::iter::Iter<'static, u8, u8>,
        dashmap::iter::IterMut<'static, u8, u8>,
        dashmap::iter_set::Iter<'static, u8, (), dashmap::DashMap<u8, ()>>
    );
    assert_answer!(map_iterator, false, std::slice::Iter<'static, u8>, dashmap::iter::OwningIter<u8, u8>);
    // It takes the lock with the first entry that it is asked for.
    assert_answer!(blocking_guard, false, dashmap::iter::Iter<'static, u8, u8>);
}

#[cfg(feature = "reqwest")]
#[test]
fn the_clients_of_reqwest() {
    assert_answer!(blocking_client, true, reqwest::blocking::Client, Result<reqwest::blocking::Response, reqwest::Error>);
    assert_answer!(blocking_client, false, reqwest::Client);
}

#[cfg(feature = "futures")]
#[test]
fn streams_that_run_futures_side_by_side() {
    assert_answer!(buffered_stream, true, futures_util::stream::FuturesUnordered<std::future::Ready<u8>>);
}

#[cfg(feature = "fs")]
#[test]
fn files_of_tokio() {
    assert_answer!(tokio_file, true, tokio::fs::File, std::io::Result<tokio::fs::File>);
    assert_answer!(tokio_file, false, std::fs::File);
}

#[cfg(feature = "io-util")]
#[test]
fn buffered_writers() {
    assert_answer!(buf_writer, true, tokio::io::BufWriter<Vec<u8>>);
    assert_answer!(buf_writer, false, std::io::BufWriter<Vec<u8>>);
}

#[test]
fn the_same_function_and_another_one() {
    fn compare<A, B>(_: &A, _: &B) -> Same<A, B> {
        Same::new()
    }

    use std::thread::sleep as nap;
    fn sleep(_: std::time::Duration) {}
    sleep(std::time::Duration::ZERO);
    assert!(said(compare(&nap, &std::thread::sleep).same()));
    assert!(!said(compare(&sleep, &std::thread::sleep).same()));
}

#[test]
fn a_question_holds_nothing() {
    fn is_send<T: Send + Sync>(_: T) -> usize {
        size_of::<T>()
    }
    assert_eq!(is_send(Question::<std::rc::Rc<Guard>>::new()), 0);
}
