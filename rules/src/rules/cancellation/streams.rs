//! Streams that stand still while their consumer waits for something else.

use syn::{Expr, Macro, Stmt};

use crate::finding::{Draft, Place};
use crate::question::{Question, QuestionKind};
use crate::rule::{Family, Level, Rule};
use crate::syntax::macros::Part;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{method_call, peel, peel_result, plain_name, sole_ident, tail, text};
use crate::walk::{Cx, Hook, Loop, LoopKind};

pub(crate) static STREAM_STALLED_BY_AWAIT: Rule = Rule {
    name: "stream_stalled_by_await",
    family: Family::Cancellation,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a loop over a buffered stream awaits something else meanwhile",
    explanation: "`buffered`, `FuturesUnordered` and their kin run their futures only while the stream itself is \
                  polled. During another `await` in the loop's body none of them gets on: connections time out, \
                  locks stay held, and nothing runs side by side.",
    blind_spots: "The stream is known from the place where it is made, in the same function, else the compiler is \
                  asked. Futures that are spawned run by themselves and are let pass.",
    bad: "use futures::{StreamExt, stream};\n\
          async fn copy(paths: Vec<String>) {\n    \
          let mut pages = stream::iter(paths).map(tokio::fs::read).buffer_unordered(8);\n    \
          while let Some(page) = pages.next().await {\n        \
          tokio::fs::write(\"copy\", page.unwrap()).await.unwrap();\n    \
          }\n\
          }\n",
    good: "use futures::{StreamExt, stream};\n\
           async fn copy(paths: Vec<String>) {\n    \
           let copies = stream::iter(paths).map(|path| async move {\n        \
           let page = tokio::fs::read(path).await.unwrap();\n        \
           tokio::fs::write(\"copy\", page).await.unwrap();\n    \
           });\n    \
           copies.buffer_unordered(8).collect::<()>().await;\n\
           }\n",
    triggers: &[".next", ".try_next"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check)],
};

const BUFFERS: [&str; 8] = [
    "buffered",
    "buffer_unordered",
    "try_buffered",
    "try_buffer_unordered",
    "flatten_unordered",
    "try_flatten_unordered",
    "flat_map_unordered",
    "try_for_each_concurrent",
];

const SETS: [&str; 4] = [
    "futures::stream::FuturesUnordered",
    "futures::stream::FuturesOrdered",
    "futures::stream::futures_unordered::FuturesUnordered",
    "futures::stream::futures_ordered::FuturesOrdered",
];

fn check<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !cx.in_coroutine() {
        return;
    }
    let LoopKind::While(condition) = looped.kind else { return };
    let Expr::Let(condition) = peel(condition) else { return };
    let Expr::Await(awaited) = peel_result(&condition.expr) else { return };
    let Some(next) = method_call(&awaited.base) else { return };
    if !matches!(plain_name(&next.method).as_str(), "next" | "try_next") {
        return;
    }
    let stream = &*next.receiver;
    let Some(wait) = foreign_wait(cx, looped, stream) else { return };
    let Some(question) = is_buffered(cx, stream) else { return };
    let draft = Draft::new(wait, "the stream stands still while this is awaited")
        .label("nothing polls the stream meanwhile")
        .related(Place::of(stream), "its futures run only while it is polled")
        .help("do this in the stream's own futures (`.map(..)` in front of the buffer), or spawn them")
        .ask(question);
    cx.report(draft);
}

/// The first point in the loop's body at which something other than the stream is awaited.
fn foreign_wait<'a>(cx: &Cx<'a>, looped: &Loop<'a>, stream: &Expr) -> Option<Place> {
    let stream = sole_ident(stream).map(plain_name);
    let mut place = None;
    search::search(cx.macros, Within::Block(looped.body), &mut |piece| {
        if search::leaves_coroutine(piece) {
            return Step::Over;
        }
        match piece {
            Piece::Expr(Expr::Await(awaited)) => {
                let of_stream = stream
                    .as_ref()
                    .is_some_and(|stream| search::mentions(cx.macros, Within::Expr(&awaited.base), stream));
                if of_stream {
                    return Step::Into;
                }
                place = Some(Place::from(awaited.await_token.span));
                Step::Found
            }
            // A `select!` in there most likely polls the stream.
            Piece::Macro(mac) if search::is_opaque(cx.macros, mac) => Step::Over,
            _ => Step::Into,
        }
    });
    place
}

#[allow(clippy::option_option, reason = "no, yes, and yes if")]
fn is_buffered<'a>(cx: &Cx<'a>, stream: &'a Expr) -> Option<Option<Question>> {
    let Some(name) = sole_ident(stream) else {
        return cx.ask_expression(QuestionKind::BufferedStream, stream).map(Some);
    };
    let local = cx.names.local(name)?;
    let is_set = local.ty.as_deref().is_some_and(|ty| SETS.contains(&ty));
    match local.init {
        Some(init) if is_set || is_buffer(cx, init) => {
            (!search_spawn(cx, init) && !pushes_tasks(cx, &plain_name(name))).then_some(None)
        }
        _ if is_set => Some(None),
        _ if local.ty.is_some() => None,
        _ => cx.ask_expression(QuestionKind::BufferedStream, stream).map(Some),
    }
}

/// Whether a stream is made by a method that buffers, `pin!` and `Box::pin` aside.
fn is_buffer<'a>(cx: &Cx<'a>, init: &'a Expr) -> bool {
    match peel_result(init) {
        Expr::MethodCall(call) => {
            let name = plain_name(&call.method);
            BUFFERS.contains(&name.as_str())
                || matches!(name.as_str(), "boxed" | "boxed_local" | "fuse" | "enumerate" | "peekable")
                    && is_buffer(cx, &call.receiver)
        }
        Expr::Call(call) if text::full(&call.func) == "Box::pin" => {
            call.args.first().is_some_and(|inner| is_buffer(cx, inner))
        }
        Expr::Macro(call) => sole_part(cx, &call.mac).is_some_and(|inner| is_buffer(cx, inner)),
        Expr::Block(block) => tail(&block.block).is_some_and(|inner| is_buffer(cx, inner)),
        _ => false,
    }
}

fn sole_part<'a>(cx: &Cx<'a>, mac: &'a Macro) -> Option<&'a Expr> {
    match cx.macros.parts(mac) {
        [Part::Expr(inner, _)] => Some(inner),
        _ => None,
    }
}

/// Whether tasks are made in `init`: they run by themselves.
fn search_spawn<'a>(cx: &Cx<'a>, init: &'a Expr) -> bool {
    search::search(cx.macros, Within::Expr(init), &mut |piece| Step::found_if(is_spawn(piece)))
}

/// Whether the statements in sight push handles of tasks into the set.
fn pushes_tasks<'a>(cx: &Cx<'a>, set: &str) -> bool {
    let in_set = |statements: &'a [Stmt]| {
        search::search(cx.macros, Within::Statements(statements), &mut |piece| match piece {
            Piece::Expr(Expr::MethodCall(call))
                if matches!(
                    plain_name(&call.method).as_str(),
                    "push" | "push_back" | "push_front" | "extend"
                ) && sole_ident(&call.receiver).is_some_and(|name| plain_name(name) == set) =>
            {
                // `let task = tokio::spawn(..); set.push(task);`: that there is a spawn has to do.
                Step::found_if(call.args.iter().any(|task| {
                    search_spawn(cx, task) || sole_ident(task).is_some() && spawns(cx, statements)
                }))
            }
            _ => Step::Into,
        })
    };
    cx.enclosing_statements().any(in_set)
}

fn spawns<'a>(cx: &Cx<'a>, statements: &'a [Stmt]) -> bool {
    search::search(cx.macros, Within::Statements(statements), &mut |piece| Step::found_if(is_spawn(piece)))
}

fn is_spawn(piece: Piece<'_>) -> bool {
    let name = match piece {
        Piece::Expr(Expr::Call(call)) => crate::syntax::callee(&call.func)
            .and_then(|path| path.segments.last())
            .map(|last| plain_name(&last.ident)),
        Piece::Expr(Expr::MethodCall(call)) => Some(plain_name(&call.method)),
        Piece::Expr(Expr::Path(path)) => path.path.segments.last().map(|last| plain_name(&last.ident)),
        _ => None,
    };
    name.is_some_and(|name| name.starts_with("spawn"))
}
