//! Threads for work that computes: as many as there are cores, and no more.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, available_parallelism};

/// A piece of work. It does not panic.
pub(super) type Job = Box<dyn FnOnce() + Send>;

/// The process's own; its threads are started when they are needed, and stay.
static POOL: CpuPool = CpuPool {
    state: Mutex::new(State { jobs: VecDeque::new(), idle: 0, threads: 0 }),
    arrived: Condvar::new(),
};

struct CpuPool {
    state: Mutex<State>,
    arrived: Condvar,
}

struct State {
    /// First come, first served.
    jobs: VecDeque<Job>,
    idle: usize,
    threads: usize,
}

/// Runs a job on one of the threads, when one is free.
///
/// # Panics
/// If there is no thread and the system gives none.
pub(super) fn submit(job: Job) {
    let mut state = POOL.lock();
    state.jobs.push_back(job);
    if state.idle >= state.jobs.len() || state.threads >= cores() {
        drop(state);
        POOL.arrived.notify_one();
        return;
    }
    let name = format!("steadfast-cpu-{}", state.threads);
    match thread::Builder::new().name(name).spawn(|| POOL.work()) {
        Ok(_detached) => state.threads += 1,
        // The others get to it.
        Err(_) if state.threads > 0 => {}
        Err(error) => {
            let _job = state.jobs.pop_back();
            drop(state);
            panic!("the system gives no thread for `pool = \"cpu\"`: {error}");
        }
    }
}

/// How many there are; asked once, since the answer costs a system call or more.
fn cores() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| available_parallelism().map_or(1, usize::from))
}

impl CpuPool {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        let mut state = self.lock();
        loop {
            while let Some(job) = state.jobs.pop_front() {
                drop(state);
                job();
                state = self.lock();
            }
            state.idle += 1;
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::sync::mpsc;
    use std::time::Duration;

    #[test]
    fn many_jobs_run_on_as_many_threads_as_there_are_cores_at_most() {
        let (sender, receiver) = mpsc::channel();
        for job in 0..1_000 {
            let sender = sender.clone();
            submit(Box::new(move || {
                sender.send((job, thread::current().id())).expect("the test waits");
            }));
        }
        let done: Vec<_> = (0..1_000)
            .map(|_| receiver.recv_timeout(Duration::from_secs(60)).expect("every job runs"))
            .collect();
        let jobs: HashSet<_> = done.iter().map(|(job, _)| *job).collect();
        let threads: HashSet<_> = done.iter().map(|(_, thread)| *thread).collect();
        assert_eq!(jobs.len(), 1_000);
        assert!(threads.len() <= cores());
    }
}
