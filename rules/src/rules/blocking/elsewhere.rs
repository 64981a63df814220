//! Blocking calls in `poll` and in `drop`. The rules about the calls report them under these names.

use crate::rule::{Family, Level, Rule};

pub(crate) static BLOCKING_IN_POLL: Rule = Rule {
    name: "blocking_in_poll",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "a blocking call in a function that polls",
    explanation: "`poll` runs on a thread of the runtime. While it blocks, no other task on that thread goes on, and \
                  nothing can cancel it: cancellation happens between two polls.",
    blind_spots: "The rule of the call itself must be on: with `blocking_fs = \"off\"`, files are read in `poll` too. A \
                  function counts as one that polls if its name begins with `poll`, it takes a `Context` and returns a \
                  `Poll`.",
    bad: "struct Pause;\nimpl std::future::Future for Pause {\n    type Output = ();\n    fn poll(self: std::pin::Pin<&mut Self>, \
          _: &mut std::task::Context<'_>) -> std::task::Poll<()> {\n        \
          std::thread::sleep(std::time::Duration::from_millis(5));\n        std::task::Poll::Ready(())\n    }\n}\n",
    good: "struct Pause(std::pin::Pin<Box<tokio::time::Sleep>>);\nimpl std::future::Future for Pause {\n    type Output = ();\n    \
           fn poll(mut self: std::pin::Pin<&mut Self>, cx: &mut std::task::Context<'_>) -> std::task::Poll<()> {\n        \
           self.0.as_mut().poll(cx)\n    }\n}\n",
    triggers: &["poll", "poll_next", "poll_read", "poll_write", "poll_ready", "poll_flush", "Poll"],
    in_tests: false,
    eases: false,
    hooks: &[],
};

pub(crate) static BLOCKING_IN_DROP: Rule = Rule {
    name: "blocking_in_drop",
    family: Family::Blocking,
    level: Level::Warn,
    since: "0.2.0",
    summary: "`block_on` or a `blocking_` method in `Drop::drop`",
    explanation: "A value is dropped wherever it goes out of scope, and in a program with a runtime that is mostly on one \
                  of its threads. There `block_on` and the `blocking_` methods of `tokio` panic, and a panic while \
                  another one unwinds aborts the process.",
    blind_spots: "Joining a thread and receiving from a channel in `drop` are let pass: programs without a runtime do \
                  that. So is whatever a function called by `drop` does.",
    bad: "struct Session {\n    runtime: tokio::runtime::Handle,\n}\nimpl Drop for Session {\n    fn drop(&mut self) {\n        \
          self.runtime.block_on(async { tokio::task::yield_now().await });\n    }\n}\n",
    good: "struct Session;\nimpl Session {\n    async fn close(self) {\n        tokio::task::yield_now().await;\n    }\n}\n",
    triggers: &["Drop"],
    in_tests: false,
    eases: false,
    hooks: &[],
};
