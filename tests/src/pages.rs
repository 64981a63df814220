//! The code of `docs/patterns` compiles, and runs where it has a `main`. That of `http.md` is with the examples.

#[doc = include_str!("../../docs/patterns/running.md")]
struct Running;
#[doc = include_str!("../../docs/patterns/gathering.md")]
struct Gathering;
#[doc = include_str!("../../docs/patterns/limits.md")]
struct Limits;
#[doc = include_str!("../../docs/patterns/queues.md")]
struct Queues;
#[doc = include_str!("../../docs/patterns/timeouts-and-cancellation.md")]
struct TimeoutsAndCancellation;
#[doc = include_str!("../../docs/patterns/retries.md")]
struct Retries;
#[doc = include_str!("../../docs/patterns/streams.md")]
struct Streams;
#[doc = include_str!("../../docs/patterns/resources.md")]
struct Resources;
#[doc = include_str!("../../docs/patterns/sync-and-async.md")]
struct SyncAndAsync;
#[doc = include_str!("../../docs/patterns/context-values.md")]
struct ContextValues;
#[doc = include_str!("../../docs/patterns/testing.md")]
struct Testing;
#[doc = include_str!("../../docs/patterns/pitfalls.md")]
struct Pitfalls;
