//! What a variable or a value holds, as far as its type may be open: told only by what is done with it later.

use syn::{Expr, ExprCall, ExprMethodCall, Path, PathArguments};

use super::resolve::Names;
use crate::syntax::{UNWRAPPERS, callee, is_passed_on, plain_name, sole_ident};

/// What is known of a type without inference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) enum Holds {
    /// It is written.
    Typed,
    /// Nothing speaks for it that any of it is open.
    #[default]
    Unknown,
    /// What it holds may be open: `Vec::new()`.
    Inside,
    /// It may be open itself, or what an `Option` or `Result` has in it: `None`, `text.parse()`.
    Itself,
}

/// What is made empty, of any type.
const CONTAINERS: [&str; 11] = [
    "Vec",
    "VecDeque",
    "HashMap",
    "HashSet",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "LinkedList",
    "IndexMap",
    "OnceCell",
    "OnceLock",
];

/// What holds as much as the value that it is made of.
const WRAPPERS: [&str; 9] = ["Arc", "Rc", "Box", "Mutex", "RwLock", "RefCell", "Cell", "Pin", "Some"];

const CHANNELS: [&str; 7] =
    ["channel", "unbounded_channel", "sync_channel", "bounded", "unbounded", "oneshot", "rendezvous"];

/// Methods that give nothing of what their receiver holds.
const GIVEN: [&str; 6] = ["send", "try_send", "unbounded_send", "send_all", "feed", "len"];

/// Methods that give whatever is wanted.
const WANTED: [&str; 5] = ["parse", "into", "try_into", "collect", "sum"];

/// Methods that give the same once more, or a way to it.
const WAYS: [&str; 14] = [
    "clone",
    "lock",
    "try_lock",
    "read",
    "try_read",
    "write",
    "try_write",
    "borrow",
    "borrow_mut",
    "try_borrow",
    "try_borrow_mut",
    "as_ref",
    "as_mut",
    "by_ref",
];

impl Names<'_> {
    /// What the value of `expr` holds.
    pub(crate) fn holds(&self, expr: &Expr) -> Holds {
        match expr {
            Expr::Paren(e) => self.holds(&e.expr),
            Expr::Group(e) => self.holds(&e.expr),
            Expr::Try(e) => self.holds(&e.expr),
            Expr::Await(e) => self.holds(&e.base),
            Expr::Reference(e) => self.holds(&e.expr),
            Expr::Unary(e) => self.holds(&e.expr),
            Expr::Path(_) => self.held_by_variable(expr),
            Expr::Call(call) => {
                callee(&call.func).map_or(Holds::Unknown, |path| self.held_by_call(call, path))
            }
            Expr::MethodCall(call) => self.held_by_method(call),
            Expr::Macro(e) if e.mac.path.is_ident("vec") && e.mac.tokens.is_empty() => Holds::Inside,
            _ => Holds::Unknown,
        }
    }

    fn held_by_variable(&self, variable: &Expr) -> Holds {
        match sole_ident(variable) {
            Some(name) if name == "None" => Holds::Itself,
            Some(name) => self.local(name).map_or(Holds::Typed, |local| local.holds),
            None => Holds::Typed,
        }
    }

    fn held_by_call(&self, call: &ExprCall, path: &Path) -> Holds {
        let mut names = path.segments.iter().rev().map(|segment| plain_name(&segment.ident));
        let (last, owner) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        let held = || call.args.iter().map(|argument| self.holds(argument)).max().unwrap_or_default();
        if path.segments.iter().any(|segment| !matches!(segment.arguments, PathArguments::None)) {
            return Holds::Unknown;
        }
        match (owner.as_str(), last.as_str()) {
            (_, "Ok" | "Err") | ("Default" | "", "default") => Holds::Itself,
            (_, "Some") if held() >= Holds::Inside => Holds::Itself,
            (_, "clone" | "take" | "replace" | "swap") => held(),
            (owner, "new" | "with_capacity" | "default") if CONTAINERS.contains(&owner) => Holds::Inside,
            (owner, "new" | "pin") if WRAPPERS.contains(&owner) => held().min(Holds::Inside),
            (_, last) if CHANNELS.contains(&last) => Holds::Inside,
            _ => Holds::Unknown,
        }
    }

    fn held_by_method(&self, call: &ExprMethodCall) -> Holds {
        let name = plain_name(&call.method);
        if call.turbofish.is_some() {
            return Holds::Unknown;
        }
        if WANTED.contains(&name.as_str()) {
            return Holds::Itself;
        }
        match self.holds(&call.receiver) {
            Holds::Inside if WAYS.iter().chain(&UNWRAPPERS).any(|way| *way == name) => Holds::Inside,
            Holds::Inside if !GIVEN.contains(&name.as_str()) => Holds::Itself,
            Holds::Itself if name == "clone" || is_passed_on(&call.method) => Holds::Itself,
            _ => Holds::Unknown,
        }
    }
}
