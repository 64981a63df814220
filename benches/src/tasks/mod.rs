//! What tasks cost: scopes, `#[must_join]`, queues, `#[offload]`.
//!
//! A [`Family`] is one table: its rows are pieces of work and its columns the [`Way`]s to do them.

mod must_join;
mod offload;
mod queue;
pub mod report;
mod scope;

use std::fmt;
use std::hint::black_box;
use std::pin::Pin;

use crate::drive;

type Calls = Pin<Box<dyn Future<Output = ()>>>;

/// One table.
#[derive(Debug)]
pub struct Family {
    /// What it is asked for by.
    pub name: &'static str,
    /// What the figures are of.
    pub title: &'static str,
    /// The ways.
    pub columns: Vec<Column>,
    /// The work.
    pub rows: Vec<Row>,
}

/// One way to do all rows.
#[derive(Debug)]
pub struct Column {
    /// What it is called.
    pub name: &'static str,
    /// The columns whose figures stand behind its own, as ratios.
    pub compared_to: Vec<usize>,
}

impl Column {
    const fn new(name: &'static str) -> Self {
        Self { name, compared_to: Vec::new() }
    }

    fn compared(name: &'static str, to: &[usize]) -> Self {
        Self { name, compared_to: to.to_vec() }
    }
}

/// One piece of work.
#[derive(Debug)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// One per column.
    pub ways: Vec<Option<Way>>,
    /// How many of what the figures are of are in one call.
    pub pieces: u64,
    /// Whether allocations are shown too.
    pub allocations: bool,
    /// It is not measured: shown is by how much the first of these rows exceeds the second, for each piece more.
    pub difference: Option<(usize, usize)>,
}

impl Row {
    fn new(name: impl Into<String>, ways: Vec<Option<Way>>) -> Self {
        Self { name: name.into(), ways, pieces: 1, allocations: true, difference: None }
    }
}

/// A way to do a piece of work, any number of times.
pub struct Way {
    calls: Box<dyn Fn(u64) -> Calls>,
    /// How many calls the two processes make that are compared.
    pub counted: (u64, u64),
    /// The size of one call's future in bytes.
    pub size: usize,
}

impl Way {
    /// A call that is given a number to work on.
    fn new<F: Future + 'static>(counted: (u64, u64), call: impl Fn(u64) -> F + Copy + 'static) -> Self {
        let calls = move |n| -> Calls {
            Box::pin(async move {
                for input in 0..n {
                    black_box(call(black_box(input)).await);
                }
            })
        };
        Self { calls: Box::new(calls), counted, size: size_of::<F>() }
    }

    /// Makes `n` calls, one after the other.
    pub fn run(&self, n: u64) {
        drive((self.calls)(n));
    }
}

impl fmt::Debug for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Way")
            .field("counted", &self.counted)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

impl Family {
    /// The ways in the order of the rows.
    #[must_use]
    pub fn into_ways(self) -> Vec<Way> {
        self.rows.into_iter().flat_map(|row| row.ways).flatten().collect()
    }
}

/// All tables.
#[must_use]
pub fn families() -> Vec<Family> {
    let mut families = scope::families();
    families.extend([must_join::family(), queue::family(), offload::family()]);
    families
}
