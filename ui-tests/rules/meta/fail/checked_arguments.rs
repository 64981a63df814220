//! What `#[checked]` does not understand.

#[steadfast::checked(deny(blocking_slep))]
async fn misspelt_rule() {}

#[steadfast::checked(denny(blocking_sleep))]
async fn misspelt_key() {}

#[steadfast::checked(blocking_sleep)]
async fn rule_without_key() {}

#[steadfast::checked(warn)]
async fn key_without_rule() {}

#[steadfast::checked(warn())]
async fn empty_list() {}

#[steadfast::checked]
#[steadfast::checked(warn(blocking_sleep))]
async fn twice() {}

#[steadfast::checked(alow(blocking_sleep), dny(blocking_fs), warn(blocking_nett), crate = 5)]
async fn all_at_once() {}

#[steadfast::checked("blocking_sleep", deny(blocking_fss))]
async fn text() {}

#[steadfast::checked]
struct NotCode;

fn main() {}
