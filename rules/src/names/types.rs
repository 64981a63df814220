//! The types of values, as far as the source tells them without inference.

use syn::{
    Expr, ExprMethodCall, GenericArgument, Generics, Pat, PathArguments, Type, TypeParamBound, WherePredicate,
};

use super::holds::Holds;
use super::resolve::{Names, Target};
use crate::syntax::{callee, patterns, peel, peel_result, plain_name};

/// Functions that are no constructors of the type they stand in, and the type that they return, behind `Result`.
const RETURNED: &[(&str, &str)] = &[
    ("tokio::fs::File::options", "tokio::fs::OpenOptions"),
    ("std::thread::spawn", "std::thread::JoinHandle"),
    ("std::io::stdin", "std::io::Stdin"),
    ("std::io::stdout", "std::io::Stdout"),
    ("std::io::stderr", "std::io::Stderr"),
    ("std::fs::File::options", "std::fs::OpenOptions"),
    ("tokio::spawn", "tokio::task::JoinHandle"),
    ("tokio::task::spawn_blocking", "tokio::task::JoinHandle"),
    ("tokio::task::spawn_local", "tokio::task::JoinHandle"),
    ("reqwest::Client::builder", "reqwest::ClientBuilder"),
    ("tokio::runtime::Handle::try_current", "tokio::runtime::Handle"),
];

/// Functions that return a pair, and its types.
const PAIRS: &[(&str, &str, &str)] = &[
    ("std::sync::mpsc::channel", "std::sync::mpsc::Sender", "std::sync::mpsc::Receiver"),
    ("std::sync::mpsc::sync_channel", "std::sync::mpsc::SyncSender", "std::sync::mpsc::Receiver"),
    ("tokio::sync::broadcast::channel", "tokio::sync::broadcast::Sender", "tokio::sync::broadcast::Receiver"),
    ("tokio::sync::mpsc::channel", "tokio::sync::mpsc::Sender", "tokio::sync::mpsc::Receiver"),
    (
        "tokio::sync::mpsc::unbounded_channel",
        "tokio::sync::mpsc::UnboundedSender",
        "tokio::sync::mpsc::UnboundedReceiver",
    ),
    ("crossbeam_channel::bounded", "crossbeam_channel::Sender", "crossbeam_channel::Receiver"),
    ("crossbeam_channel::unbounded", "crossbeam_channel::Sender", "crossbeam_channel::Receiver"),
    ("flume::bounded", "flume::Sender", "flume::Receiver"),
    ("flume::unbounded", "flume::Sender", "flume::Receiver"),
    ("tokio::sync::oneshot::channel", "tokio::sync::oneshot::Sender", "tokio::sync::oneshot::Receiver"),
    ("tokio::sync::watch::channel", "tokio::sync::watch::Sender", "tokio::sync::watch::Receiver"),
    ("tokio::io::split", "tokio::io::ReadHalf", "tokio::io::WriteHalf"),
    ("tokio::io::duplex", "tokio::io::DuplexStream", "tokio::io::DuplexStream"),
];

/// Methods that return a pair, behind `Result`, and its types.
const METHOD_PAIRS: &[(&str, &str, &str, &str)] = &[
    (
        "tokio::net::TcpStream",
        "into_split",
        "tokio::net::tcp::OwnedReadHalf",
        "tokio::net::tcp::OwnedWriteHalf",
    ),
    ("tokio::net::TcpStream", "split", "tokio::net::tcp::ReadHalf", "tokio::net::tcp::WriteHalf"),
    (
        "tokio::net::UnixStream",
        "into_split",
        "tokio::net::unix::OwnedReadHalf",
        "tokio::net::unix::OwnedWriteHalf",
    ),
    ("tokio::net::UnixStream", "split", "tokio::net::unix::ReadHalf", "tokio::net::unix::WriteHalf"),
    ("tokio::net::TcpListener", "accept", "tokio::net::TcpStream", "std::net::SocketAddr"),
    ("std::net::TcpListener", "accept", "std::net::TcpStream", "std::net::SocketAddr"),
];

/// Methods that return another type than that of their receiver, behind `Result`.
const METHODS: &[(&str, &str, &str)] = &[
    ("tokio::fs::OpenOptions", "open", "tokio::fs::File"),
    ("std::process::Command", "spawn", "std::process::Child"),
    ("std::fs::OpenOptions", "open", "std::fs::File"),
    ("std::io::Stdin", "lock", "std::io::StdinLock"),
    ("std::io::Stdout", "lock", "std::io::StdoutLock"),
    ("std::thread::Builder", "spawn", "std::thread::JoinHandle"),
    ("rusqlite::Connection", "transaction", "rusqlite::Transaction"),
    ("rusqlite::Connection", "prepare", "rusqlite::Statement"),
    ("postgres::Client", "transaction", "postgres::Transaction"),
    ("redis::Client", "get_connection", "redis::Connection"),
    ("tokio::sync::broadcast::Sender", "subscribe", "tokio::sync::broadcast::Receiver"),
    ("tokio::runtime::Builder", "build", "tokio::runtime::Runtime"),
    ("tokio::runtime::Runtime", "handle", "tokio::runtime::Handle"),
    ("tokio::runtime::Runtime", "spawn", "tokio::task::JoinHandle"),
    ("tokio::runtime::Handle", "spawn", "tokio::task::JoinHandle"),
];

/// Builders: every method but those of [`METHODS`] and [`FINAL`] returns the builder itself.
const BUILDERS: &[&str] = &[
    "tokio::fs::OpenOptions",
    "std::process::Command",
    "std::fs::OpenOptions",
    "std::fs::DirBuilder",
    "std::thread::Builder",
    "tokio::runtime::Builder",
    "reqwest::ClientBuilder",
];

/// What ends the chain of a builder without a type that rules know.
const FINAL: [&str; 5] = ["output", "status", "get_args", "build", "get_program"];

/// Constructors by convention: they return the type they stand in, behind `Result` or `await`.
fn is_constructor(name: &str) -> bool {
    const NAMES: [&str; 11] = [
        "new",
        "open",
        "open_in_memory",
        "create",
        "create_new",
        "connect",
        "bind",
        "default",
        "current",
        "new_current_thread",
        "new_multi_thread",
    ];
    NAMES.contains(&name) || name.starts_with("with_") || name.starts_with("from_")
}

impl<'a> Names<'a> {
    /// The canonical path of the type of `expr`, behind references, `Result`, `Option` and smart pointers.
    pub(crate) fn type_of(&self, expr: &Expr) -> Option<String> {
        match peel_result(expr) {
            Expr::Path(path) => self.local(path.path.get_ident()?)?.ty.clone(),
            Expr::Reference(reference) => self.type_of(&reference.expr),
            Expr::Await(awaited) => self.type_of(&awaited.base),
            Expr::Field(field) => {
                let syn::Member::Named(name) = &field.member else { return None };
                let is_self = matches!(peel(&field.base), Expr::Path(base) if base.path.is_ident("self"));
                if is_self { self.named_type(self.field_type(&plain_name(name))?) } else { None }
            }
            Expr::Call(call) if call.args.len() == 1 && self.is_transparent(&call.func) => {
                self.type_of(&call.args[0])
            }
            Expr::Call(call) => self.type_of_call(&call.func),
            Expr::MethodCall(call) => self.type_of_method(call),
            Expr::Struct(literal) => self.resolve(&literal.path).known().map(str::to_owned),
            _ => None,
        }
    }

    /// Whether a function wraps its argument in something that is used like the argument itself.
    fn is_transparent(&self, function: &Expr) -> bool {
        is_smart_pointer(function)
            || callee(function)
                .is_some_and(|path| self.resolve(path).known().is_some_and(|path| BUFFERS.contains(&path)))
    }

    fn type_of_call(&self, function: &Expr) -> Option<String> {
        let Target::Known(path) = self.resolve(callee(function)?) else { return None };
        if let Some((_, returned)) = RETURNED.iter().find(|(name, _)| *name == path) {
            return Some((*returned).to_owned());
        }
        let (parent, name) = path.rsplit_once("::")?;
        let is_type = parent.rsplit("::").next().is_some_and(|last| last.starts_with(char::is_uppercase));
        (is_type && is_constructor(name)).then(|| parent.to_owned())
    }

    fn type_of_method(&self, call: &ExprMethodCall) -> Option<String> {
        let receiver = self.type_of(&call.receiver)?;
        let method = plain_name(&call.method);
        if matches!(method.as_str(), "clone" | "as_ref" | "as_mut" | "by_ref" | "to_owned") {
            return Some(receiver);
        }
        let known = METHODS.iter().find(|(ty, name, _)| *ty == receiver && *name == method);
        if let Some((_, _, returned)) = known {
            return Some((*returned).to_owned());
        }
        let continues = BUILDERS.contains(&receiver.as_str()) && !FINAL.contains(&method.as_str());
        continues.then_some(receiver)
    }

    /// The canonical path of a written type, behind references and smart pointers.
    pub(crate) fn named_type(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Reference(reference) => self.named_type(&reference.elem),
            Type::Paren(paren) => self.named_type(&paren.elem),
            Type::Group(group) => self.named_type(&group.elem),
            Type::Path(path) if path.qself.is_none() => {
                let last = path.path.segments.last()?;
                if matches!(plain_name(&last.ident).as_str(), "Arc" | "Rc" | "Box" | "Option" | "Pin") {
                    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
                    let Some(GenericArgument::Type(inner)) = arguments.args.first() else { return None };
                    return self.named_type(inner);
                }
                let buffered = self.resolve(&path.path).known().is_some_and(is_buffer);
                if let (true, PathArguments::AngleBracketed(arguments)) = (buffered, &last.arguments) {
                    let Some(GenericArgument::Type(inner)) = arguments.args.first() else { return None };
                    return self.named_type(inner);
                }
                let parameter = path.path.get_ident().and_then(|name| self.bound_of(&plain_name(name)));
                parameter.or_else(|| self.resolve(&path.path).known().map(str::to_owned))
            }
            Type::ImplTrait(bounded) => self.known_bound(bounded.bounds.iter()),
            Type::TraitObject(object) => self.known_bound(object.bounds.iter()),
            _ => None,
        }
    }

    /// Puts type parameters into scope that have a trait of a known crate as a bound: the trait then stands for the
    /// type.
    pub(crate) fn bind_generics(&mut self, generics: &Generics) {
        for parameter in generics.type_params() {
            let bound = self.known_bound(parameter.bounds.iter());
            self.bounds.extend(bound.map(|bound| (plain_name(&parameter.ident), bound)));
        }
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            let WherePredicate::Type(predicate) = predicate else { continue };
            let Type::Path(path) = &predicate.bounded_ty else { continue };
            let Some(name) = path.path.get_ident() else { continue };
            let bound = self.known_bound(predicate.bounds.iter());
            self.bounds.extend(bound.map(|bound| (plain_name(name), bound)));
        }
    }

    fn bound_of(&self, parameter: &str) -> Option<String> {
        self.bounds.iter().rev().find(|(name, _)| name == parameter).map(|(_, bound)| bound.clone())
    }

    /// The first trait of a known crate, those of the standard library aside: `Send` says nothing.
    fn known_bound<'b>(&self, bounds: impl Iterator<Item = &'b TypeParamBound>) -> Option<String> {
        bounds
            .filter_map(|bound| match bound {
                TypeParamBound::Trait(bound) => self.resolve(&bound.path).known().map(str::to_owned),
                _ => None,
            })
            .find(|path| !path.starts_with("std::"))
    }

    /// Binds the names of a pattern, with what is known of their types.
    pub(crate) fn bind(&mut self, pattern: &'a Pat, init: Option<&'a Expr>) {
        let holds = init.map_or(Holds::Unknown, |init| self.holds(init).max(Holds::Unknown));
        self.bind_holding(pattern, init, holds);
    }

    /// The same, if it is known what the value holds.
    pub(crate) fn bind_holding(&mut self, pattern: &'a Pat, init: Option<&'a Expr>, holds: Holds) {
        match pattern {
            Pat::Type(typed) => {
                let ty = self.named_type(&typed.ty);
                match patterns::sole_binding(&typed.pat) {
                    Some(name) => self.scope.bind(name, ty, init, Holds::Typed),
                    None => self.bind_holding(&typed.pat, init, Holds::Typed),
                }
            }
            Pat::Ident(_) if patterns::sole_binding(pattern).is_some() => {
                let ty = init.and_then(|init| self.type_of(init));
                patterns::bound_names(pattern, &mut |name| self.scope.bind(name, ty.clone(), init, holds));
            }
            Pat::Tuple(tuple) if tuple.elems.len() == 2 => {
                let types = init.and_then(|init| self.pair(init));
                for (index, element) in tuple.elems.iter().enumerate() {
                    let ty = types.map(|(first, second)| if index == 0 { first } else { second });
                    patterns::bound_names(element, &mut |name| {
                        self.scope.bind(name, ty.map(str::to_owned), None, holds);
                    });
                }
            }
            // `Some(x)`, `Ok(x)`: what is inside has the type that was known behind them.
            Pat::TupleStruct(tuple) if tuple.elems.len() == 1 && is_wrapper(pattern) => {
                self.bind_holding(&tuple.elems[0], init, holds);
            }
            _ => patterns::bound_names(pattern, &mut |name| self.scope.bind(name, None, None, holds)),
        }
    }

    fn pair(&self, init: &Expr) -> Option<(&'static str, &'static str)> {
        let call = match peel_result(init) {
            Expr::Await(awaited) => peel_result(&awaited.base),
            other => other,
        };
        if let Expr::MethodCall(call) = call {
            let (receiver, method) = (self.type_of(&call.receiver)?, plain_name(&call.method));
            let mut pairs = METHOD_PAIRS.iter();
            return pairs
                .find(|(ty, name, ..)| *ty == receiver && *name == method)
                .map(|(.., first, second)| (*first, *second));
        }
        let Expr::Call(call) = call else { return None };
        let Target::Known(path) = self.resolve(callee(&call.func)?) else { return None };
        PAIRS.iter().find(|(name, ..)| *name == path).map(|(_, first, second)| (*first, *second))
    }
}

fn is_wrapper(pattern: &Pat) -> bool {
    matches!(patterns::variant(pattern).as_deref(), Some("Some" | "Ok"))
}

/// Buffers of `std`, which block as what is inside of them does.
const BUFFERS: [&str; 3] = ["std::io::BufReader::new", "std::io::BufWriter::new", "std::io::LineWriter::new"];

fn is_buffer(ty: &str) -> bool {
    BUFFERS.iter().any(|constructor| constructor.rsplit_once("::").is_some_and(|(buffer, _)| buffer == ty))
}

/// Types that are used like what is inside of them.
const SMART_POINTERS: [&str; 3] = ["Arc", "Rc", "Box"];

/// `Arc::new`, `Box::pin`.
fn is_smart_pointer(function: &Expr) -> bool {
    let Some(path) = callee(function) else { return false };
    let names: Vec<String> =
        path.segments.iter().rev().take(2).map(|segment| plain_name(&segment.ident)).collect();
    matches!(names.as_slice(), [name, ty] if SMART_POINTERS.contains(&ty.as_str()) && (name == "new" || name == "pin"))
}
