//! Every question at every place where a rule could ask it. For tests of the questions themselves: code that is right
//! must not notice.

use syn::{Expr, ExprMethodCall, Stmt};

use crate::finding::Draft;
use crate::marked::FunctionMark;
use crate::question::{Question, QuestionKind};
use crate::rule::{Family, Level, Rule};
use crate::rules::marked::{marked_call, marked_method};
use crate::syntax::patterns::{bound_names, is_wild};
use crate::walk::{Call, Cx, Hook, Statement};

pub(crate) static EVERYTHING: Rule = Rule {
    name: "everything",
    family: Family::Meta,
    level: Level::Error,
    since: "0.2.0",
    summary: "every question at every place",
    explanation: "For our own tests.",
    blind_spots: "None.",
    bad: "",
    good: "",
    triggers: &[],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Statement(statement), Hook::Call(call), Hook::Method(method)],
};

fn ask<'a>(
    cx: &mut Cx<'a>,
    at: &impl quote::ToTokens,
    question: impl Fn(&Cx<'a>, QuestionKind) -> Option<Question>,
) {
    for kind in QuestionKind::ABOUT_TYPES {
        if let Some(question) = question(cx, *kind) {
            cx.report(Draft::at(at, "asked").ask(Some(question)));
        }
    }
}

fn statement<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    if !cx.in_coroutine() {
        return;
    }
    match statement.stmt {
        Stmt::Local(local) => {
            bound_names(&local.pat, &mut |name| ask(cx, name, |cx, kind| cx.ask_binding(kind, name)));
            if is_wild(&local.pat) {
                ask(cx, &local.pat, Cx::ask_value);
            }
        }
        Stmt::Expr(expr, Some(_)) => ask(cx, expr, Cx::ask_value),
        _ => {}
    }
}

fn call<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if !cx.in_coroutine() {
        return;
    }
    if let Some(question) = cx.ask_function(call, "std::thread::sleep") {
        cx.report(Draft::at(call.path, "asked").ask(Some(question)));
    }
    for mark in FunctionMark::ALL {
        let question = marked_call(cx, mark, call).and_then(|marked| marked.question);
        if question.is_some() {
            cx.report(Draft::at(call.path, "asked").ask(question));
        }
    }
    call.expr.args.iter().for_each(|argument| expression(cx, argument));
}

fn method<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if !cx.in_coroutine() {
        return;
    }
    for mark in FunctionMark::ALL {
        let question = marked_method(cx, mark, call).and_then(|marked| marked.question);
        if question.is_some() {
            cx.report(Draft::at(&call.method, "asked").ask(question));
        }
    }
    expression(cx, &call.receiver);
}

fn expression<'a>(cx: &mut Cx<'a>, expr: &'a Expr) {
    ask(cx, expr, |cx, kind| cx.ask_expression(kind, expr));
}
