//! Where a call stands that blocks the thread, and how it is reported there.

use quote::ToTokens;
use syn::Expr;

use super::elsewhere::{BLOCKING_IN_DROP, BLOCKING_IN_POLL};
use crate::finding::Draft;
use crate::question::{Question, QuestionKind};
use crate::syntax::text::thread_work;
use crate::walk::{Call, Cx, Known, Parent};

/// A call that was recognised: the item that is called, if it is known, and what is to be asked before it is certain.
pub(super) struct Recognised {
    pub(super) item: Option<&'static str>,
    pub(super) question: Option<Question>,
}

/// Whether the code at hand runs on the runtime, and the call at hand is not awaited.
pub(super) fn is_watched(cx: &Cx<'_>) -> bool {
    (cx.on_runtime() || cx.context.in_poll) && !cx.is_awaited()
}

/// The same, with `Drop::drop` beside it: it is called wherever the value goes out of scope, on the runtime too.
pub(super) fn is_watched_or_dropped(cx: &Cx<'_>) -> bool {
    is_watched(cx) || is_dropping(cx)
}

fn is_dropping(cx: &Cx<'_>) -> bool {
    let in_closure = || cx.ancestors().any(|parent| matches!(parent, Parent::Expr(Expr::Closure(_))));
    cx.context.in_drop && !cx.on_runtime() && !cx.context.offloaded && !cx.is_awaited() && !in_closure()
}

/// Reports a call that blocks. What happens in `poll` and `drop` has rules of its own, since nothing can be awaited
/// there.
pub(super) fn report(cx: &mut Cx<'_>, draft: Draft) {
    if cx.on_runtime() {
        cx.report(draft);
    } else if cx.context.in_poll {
        let help = "a `poll` function cannot wait: start the work with `spawn_blocking` and poll its handle";
        cx.report_as(&BLOCKING_IN_POLL, draft.help(help));
    } else {
        let help =
            "give the type an `async fn close(self)` that does it, and call that before the value is dropped";
        cx.report_as(&BLOCKING_IN_DROP, draft.help(help));
    }
}

/// The one of `items` that is called. Where only the compiler can tell, it is asked about the value of the call, or,
/// without a `kind`, whether it is this very function.
pub(super) fn called(
    cx: &Cx<'_>,
    call: &Call<'_>,
    items: &[&'static str],
    kind: Option<QuestionKind>,
) -> Option<Recognised> {
    let (item, question) = match call.which(cx, items)? {
        Known::Certain(item) => (item, None),
        Known::Likely(item) => {
            let question = match kind {
                None => cx.ask_function(call, item),
                // The last name alone says too little about a function whose value may be anything.
                Some(kind) if call.path.segments.len() > 1 => cx.ask_operand(kind, call.expr),
                Some(_) => None,
            };
            (item, Some(question?))
        }
    };
    Some(Recognised { item: Some(item), question })
}

/// Whether a receiver is of one of `types`. Where the source does not tell, the compiler is asked.
pub(super) fn receiver(
    cx: &Cx<'_>,
    expr: &Expr,
    types: &[&'static str],
    kind: QuestionKind,
) -> Option<Recognised> {
    match cx.names.type_of(expr) {
        Some(ty) => {
            let item = types.iter().copied().find(|known| *known == ty)?;
            Some(Recognised { item: Some(item), question: None })
        }
        None => Some(Recognised { item: None, question: Some(cx.ask_expression(kind, expr)?) }),
    }
}

/// `std::fs::File` + `read` → `` `std::fs::File::read` blocks ``; without a type `` `read` blocks ``.
pub(super) fn label(ty: Option<&str>, method: &impl ToTokens) -> String {
    let method = method.to_token_stream();
    ty.map_or_else(|| format!("`{method}` blocks"), |ty| format!("`{ty}::{method}` blocks"))
}

/// The help for work that has no asynchronous form.
pub(super) fn offload(cx: &Cx<'_>, work: &impl ToTokens) -> String {
    match thread_work(work) {
        Some(work) => {
            format!("write `{}(move || {work}).await`", cx.in_scope("tokio::task::spawn_blocking"))
        }
        None => offload_all(cx),
    }
}

/// The same for work that is more than the expression at hand.
pub(super) fn offload_all(cx: &Cx<'_>) -> String {
    format!("move it into `{}(move || ..).await`", cx.in_scope("tokio::task::spawn_blocking"))
}
