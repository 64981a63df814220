//! Which methods consume their receiver.

use proc_macro2::Ident;

use steadfast_rules::syntax::plain_name;

/// Methods that take `self`, with the number of their arguments, by name alone.
///
/// A name is here if the types that own a method of that name and arity take `self` by value and are
/// parameters of real functions. Names that well-known types also use for a `&self` method stay out, since
/// their types are often not `Clone` and a wrong entry would ask for it.
const CONSUMING: &[(&str, usize)] = &[
    // `Option` and `Result`: no common type has these on `&self`, and both are `Clone` when their contents
    // are.
    ("expect", 1),
    ("expect_err", 1),
    ("ok", 0),
    ("err", 0),
    ("ok_or", 1),
    ("ok_or_else", 1),
    ("and_then", 1),
    ("or_else", 1),
    ("or", 1),
    ("map_err", 1),
    ("map_or", 2),
    ("map_or_else", 2),
    ("is_some_and", 1),
    ("is_none_or", 1),
    ("is_ok_and", 1),
    ("is_err_and", 1),
    ("transpose", 0),
    ("flatten", 0),
    // `Option`, `Result`, iterators, streams and futures alike; `ndarray` has a `&self` one, and is `Clone`.
    ("map", 1),
    ("filter", 1),
    ("zip", 1),
    ("inspect", 1),
    ("inspect_err", 1),
    // Iterators and streams. `count`, `last`, `min` and `sum` are missing: services have `&self` methods of
    // that name.
    ("collect", 0),
    ("enumerate", 0),
    ("rev", 0),
    ("chain", 1),
    ("filter_map", 1),
    ("flat_map", 1),
    ("fold", 2),
    ("for_each", 1),
    ("try_for_each", 1),
    ("buffer_unordered", 1),
    ("buffered", 1),
    // Futures and streams given as parameters.
    ("boxed", 0),
    ("boxed_local", 0),
    ("fuse", 0),
    ("instrument", 1),
    ("in_current_span", 0),
    // `BytesMut`.
    ("freeze", 0),
    // `TryInto`, the one conversion that takes `self` and is not named `into`.
    ("try_into", 0),
];

// Left out on purpose, since the same name is as common on `&self` or `&mut self`: `join` (slices, `Path`,
// `JoinHandle`), `send` (channels, clients, `RequestBuilder`), `build`, `finish`, `take`, `and`, `commit`,
// `rollback`, `execute`, `close`, `shutdown`, `split`, `then`, `header`, `json`, `body`, `with_*`. Most
// builders that consume themselves are not `Clone`, so that a clone would not help them either.

/// Whether a method of this name and number of arguments takes its receiver by value.
pub(super) fn consumes_receiver(method: &Ident, arguments: usize) -> bool {
    let name = plain_name(method);
    // The naming rule of the API guidelines (C-CONV): `into_` takes the value. `unwrap` and its family do
    // too.
    name == "into"
        || name.starts_with("into_")
        || name == "unwrap"
        || name.starts_with("unwrap_")
        || CONSUMING.contains(&(name.as_str(), arguments))
}
