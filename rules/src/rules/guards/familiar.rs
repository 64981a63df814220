//! Names that say enough.

/// Whether a function of this name returns no guard in any code that names things as everybody does: methods of the
/// standard library on values, constructors, getters of plain data.
pub(super) fn is_familiar(name: &str) -> bool {
    const BEGINNINGS: [&str; 30] = [
        "as_", "to_", "into_", "from_", "is_", "has_", "len", "parse_", "with_", "try_from", "fetch_", "new_", "build_",
        "create_", "make_", "format_", "encode_", "decode_", "serialize_", "deserialize_", "load_", "count_", "compute_",
        "calculate_", "resolve_", "validate_", "check_", "generate_", "find_", "read_",
    ];
    const ENDINGS: [&str; 12] = [
        "_id", "_len", "_count", "_name", "_path", "_url", "_size", "_key", "_config", "_string", "_json", "_bytes",
    ];
    NAMES.contains(&name)
        || BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
        || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

const NAMES: &[&str] = &[
    "abs", "all", "and", "and_then", "any", "append", "args", "arg", "await", "base", "body", "boxed", "build", "bytes",
    "ceil", "chain", "channel", "chars", "checked_add", "checked_mul", "checked_sub", "chunks", "clear", "client",
    "clone", "cloned", "cmp", "collect", "concat", "config", "contains", "contains_key", "context", "copied", "count",
    "cycle", "decode", "default", "dedup", "deref", "drain", "duration", "elapsed", "encode", "ends_with", "enumerate",
    "env", "eq", "extend", "filter", "filter_map", "find", "find_map", "first", "flat_map", "flatten", "floor", "flush",
    "fold", "format", "fuse", "get", "get_mut", "get_ref", "hash", "header", "headers", "host", "id", "index", "insert",
    "instrument", "intersection", "interval", "into", "iter", "iter_mut", "join", "key", "keys", "last", "len", "lines",
    "load", "map", "map_or", "map_or_else", "max", "max_by", "max_by_key", "method", "min", "min_by", "min_by_key",
    "name", "next", "next_back", "now", "nth", "ok_or", "or", "or_else", "or_insert", "or_insert_with", "parent",
    "parse", "partition", "path", "peek", "pop", "pop_back", "pop_front", "port", "position", "push", "query", "random",
    "read", "recv", "remove", "repeat", "replace", "request", "response", "rev", "round", "saturating_sub", "send",
    "size", "skip", "sleep", "sort", "spawn", "split", "splitn", "split_once", "split_whitespace", "sqrt", "starts_with",
    "status", "step_by", "store", "strip_prefix", "strip_suffix", "subscribe", "sum", "swap", "take", "then",
    "then_some", "timeout", "token", "trim", "trim_end", "trim_start", "truncate", "try_into", "try_recv", "try_send",
    "unwrap_or", "unwrap_or_default", "unzip", "updated", "url", "value", "values", "version", "wait", "windows",
    "write", "zip", "zeroed",
];
