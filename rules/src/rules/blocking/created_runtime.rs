//! Runtimes that are created in async code.

use syn::{Expr, ExprCall, ExprMethodCall, Pat, Stmt};

use super::site::{self, Recognised};
use crate::finding::{Draft, Place};
use crate::question::{Question, QuestionKind};
use crate::rule::{Family, Level, Rule};
use crate::rules::resources::nanoseconds;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{UNWRAPPERS, callee, is_drop, patterns, peel, peel_references, plain_name, sole_ident};
use crate::walk::{Call, Cx, Hook, Parent};

pub(crate) static RUNTIME_CREATED_IN_ASYNC: Rule = Rule {
    name: "runtime_created_in_async",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "a `tokio` runtime that is created in async code",
    explanation: "A runtime waits for its threads when it is dropped, and `tokio` panics rather than do that on a thread \
                  of a runtime. `block_on` of the new one panics as well.",
    blind_spots: "A runtime that leaves the code is let pass: one that is returned, stored, handed to a function or moved \
                  into a closure, such as that of a thread. So is one in a function that calls `shutdown_background`, \
                  leaks or forgets something.",
    bad: "async fn nested() -> std::io::Result<()> {\n    let runtime = tokio::runtime::Runtime::new()?;\n    \
          runtime.spawn(async {});\n    Ok(())\n}\n",
    good: "async fn nested() {\n    tokio::runtime::Handle::current().spawn(async {});\n}\n",
    triggers: &["Runtime", "Builder", "new_multi_thread", "new_current_thread"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Call(check_new), Hook::Method(check_build)],
};

fn check_new<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if !cx.on_runtime() {
        return;
    }
    let items = ["tokio::runtime::Runtime::new"];
    if let Some(Recognised { question, .. }) = site::called(cx, call, &items, Some(QuestionKind::Runtime)) {
        report(cx, Created::Call(call.expr), Place::of(call.path), question);
    }
}

fn check_build<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if call.method != "build" || !call.args.is_empty() || !cx.on_runtime() {
        return;
    }
    let question = match cx.names.type_of(&call.receiver) {
        Some(ty) if ty == "tokio::runtime::Builder" => None,
        None if super::handles::begins_with_call(
            cx,
            &call.receiver,
            &["new_multi_thread", "new_current_thread"],
        ) =>
        {
            let Some(question) = cx.ask_operand(QuestionKind::Runtime, call) else { return };
            Some(question)
        }
        _ => return,
    };
    report(cx, Created::Method(call), Place::from(call.method.span()), question);
}

fn report<'a>(cx: &mut Cx<'a>, created: Created<'a>, place: Place, question: Option<Question>) {
    if leaves(cx, created) || is_kept_alive(cx) {
        return;
    }
    let handle = cx.in_scope("tokio::runtime::Handle");
    let draft = Draft::new(place, "dropping a runtime in async code panics")
        .label("this creates a runtime inside of a runtime")
        .help(format!("use the one that runs already: `{handle}::current()`"))
        .ask(question);
    cx.report(draft);
}

/// Whether something in the function ends a runtime in a way that does not wait, or keeps it for good.
fn is_kept_alive(cx: &Cx<'_>) -> bool {
    let names = ["shutdown_background", "leak", "forget", "ManuallyDrop"];
    cx.function.is_some_and(|function| names.iter().any(|name| calls(cx, function.block, name)))
}

fn calls<'a>(cx: &Cx<'a>, block: &'a syn::Block, name: &str) -> bool {
    search::search(cx.macros, Within::Block(block), &mut |piece| match piece {
        Piece::Expr(Expr::MethodCall(call)) if call.method == name => Step::Found,
        // That is what `shutdown_background` does.
        Piece::Expr(Expr::MethodCall(call)) if call.method == "shutdown_timeout" => {
            Step::found_if(call.args.first().and_then(nanoseconds) == Some(0))
        }
        Piece::Expr(Expr::Path(path)) if path.path.segments.iter().any(|segment| segment.ident == name) => {
            Step::Found
        }
        _ => Step::Into,
    })
}

/// The expression that has the runtime as its value: the one that creates it, and then those around it.
#[derive(Clone, Copy)]
enum Created<'a> {
    Call(&'a ExprCall),
    Method(&'a ExprMethodCall),
    Around(&'a Expr),
}

impl Created<'_> {
    fn is(self, expr: &Expr) -> bool {
        match (self, peel(expr)) {
            (Self::Call(own), Expr::Call(other)) => std::ptr::eq(own, other),
            (Self::Method(own), Expr::MethodCall(other)) => std::ptr::eq(own, other),
            (Self::Around(own), other) => std::ptr::eq(peel(own), other),
            _ => false,
        }
    }
}

/// What the code around does with the runtime.
enum Fate {
    /// It passes it on as its own value.
    Passed,
    /// It gives it to somebody else.
    Leaves,
    /// It ends there.
    Ends,
}

/// Whether the runtime leaves the code that creates it, so that it may well end elsewhere.
fn leaves<'a>(cx: &Cx<'a>, mut created: Created<'a>) -> bool {
    for parent in cx.ancestors() {
        let fate = match parent {
            Parent::Macro => Fate::Leaves,
            Parent::Statement(stmt) => in_statement(cx, stmt),
            Parent::Expr(expr) => {
                let fate = in_expression(cx, created, expr);
                created = Created::Around(expr);
                fate
            }
        };
        match fate {
            Fate::Passed => {}
            Fate::Leaves => return true,
            Fate::Ends => return false,
        }
    }
    // It is the value of the function.
    true
}

fn in_statement<'a>(cx: &Cx<'a>, stmt: &'a Stmt) -> Fate {
    let Some(rest) = cx.statements_behind(stmt) else { return Fate::Leaves };
    match stmt {
        Stmt::Local(local) => ends_unless(goes_on(cx, Within::Statements(rest), &local.pat)),
        Stmt::Expr(_, None) if rest.is_empty() => Fate::Passed,
        _ => Fate::Ends,
    }
}

fn in_expression<'a>(cx: &Cx<'a>, created: Created<'a>, expr: &'a Expr) -> Fate {
    match expr {
        Expr::MethodCall(call) if !created.is(&call.receiver) => Fate::Leaves,
        Expr::MethodCall(call) if UNWRAPPERS.contains(&plain_name(&call.method).as_str()) => Fate::Passed,
        Expr::Call(call) => match callee(&call.func).and_then(|path| path.segments.last()) {
            Some(last) if last.ident == "drop" => Fate::Ends,
            Some(last) if last.ident == "Ok" || last.ident == "Some" => Fate::Passed,
            _ => Fate::Leaves,
        },
        Expr::Match(matched) if created.is(&matched.expr) => in_arms(cx, matched),
        // The `if` or `while` around has the variable in its block.
        Expr::Let(test) => {
            let branch = cx.ancestors().find_map(|parent| match parent {
                Parent::Expr(outer @ (Expr::If(_) | Expr::While(_))) => Some(outer),
                _ => None,
            });
            ends_unless(branch.is_none_or(|branch| goes_on(cx, Within::Expr(branch), &test.pat)))
        }
        Expr::Assign(assign) => ends_unless(!matches!(peel(&assign.left), Expr::Infer(_))),
        Expr::Struct(_)
        | Expr::Tuple(_)
        | Expr::Array(_)
        | Expr::Return(_)
        | Expr::Break(_)
        | Expr::Closure(_)
        | Expr::Async(_) => Fate::Leaves,
        Expr::Try(_) | Expr::Block(_) | Expr::Unsafe(_) | Expr::If(_) | Expr::Match(_) => Fate::Passed,
        _ => Fate::Ends,
    }
}

fn ends_unless(leaves: bool) -> Fate {
    if leaves { Fate::Leaves } else { Fate::Ends }
}

/// `match Runtime::new() { Ok(runtime) => .., Err(error) => .. }`
fn in_arms<'a>(cx: &Cx<'a>, matched: &'a syn::ExprMatch) -> Fate {
    let mut passed = false;
    for arm in &matched.arms {
        let mut names = Vec::new();
        patterns::bound_names(&arm.pat, &mut |name| names.push(name));
        if sole_ident(&arm.body).is_some_and(|body| names.contains(&body)) {
            passed = true;
        } else if patterns::variant(&arm.pat).as_deref() != Some("Err")
            && goes_on(cx, Within::Expr(&arm.body), &arm.pat)
        {
            return Fate::Leaves;
        }
    }
    if passed { Fate::Passed } else { Fate::Ends }
}

/// Whether a variable of the pattern is given to somebody else in `within`.
fn goes_on<'a>(cx: &Cx<'a>, within: Within<'a>, pattern: &'a Pat) -> bool {
    let mut names = Vec::new();
    patterns::bound_names(pattern, &mut |name| names.push(plain_name(name)));
    names.iter().any(|name| is_given_away(cx, within, name))
}

/// Whether the variable is moved. What borrows it does not keep it alive, and an `async` block drops it on a thread of
/// a runtime too.
fn is_given_away<'a>(cx: &Cx<'a>, within: Within<'a>, name: &str) -> bool {
    let is_it = |expr: &Expr| sole_ident(expr).is_some_and(|ident| plain_name(ident) == name);
    // Places that only borrow the variable.
    let mut borrowed: Vec<*const Expr> = Vec::new();
    search::search(cx.macros, within, &mut |piece| match piece {
        Piece::Expr(Expr::Async(_)) => Step::Over,
        Piece::Expr(Expr::Closure(closure)) if closure.capture.is_some() => {
            if search::mentions(cx.macros, Within::Expr(&closure.body), name) {
                Step::Found
            } else {
                Step::Over
            }
        }
        Piece::Expr(Expr::Call(call)) if is_drop(&call.func) && call.args.iter().any(is_it) => Step::Over,
        Piece::Expr(Expr::MethodCall(call)) if is_it(peel_references(&call.receiver)) => {
            // A clone of an `Arc` lives as long as whoever has it.
            if call.method == "clone" {
                return Step::Found;
            }
            borrowed.push(peel_references(&call.receiver));
            Step::Into
        }
        Piece::Expr(Expr::Reference(reference)) => {
            borrowed.push(peel_references(&reference.expr));
            Step::Into
        }
        Piece::Expr(expr) if is_it(expr) => {
            Step::found_if(!borrowed.contains(&std::ptr::from_ref(peel(expr))))
        }
        Piece::Macro(mac) => {
            Step::found_if(search::is_opaque(cx.macros, mac) && search::tokens_mention(&mac.tokens, name))
        }
        Piece::Expr(_) => Step::Into,
    })
}
