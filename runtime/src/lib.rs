//! Policies for async functions on tokio.
