//! Guards in the heads of `match`, `if let`, `while let` and `for`.

use syn::{BinOp, Expr};

use super::origin::Origin;
use super::temporaries::temporaries;
use crate::finding::Draft;
use crate::liveness::{Owner, Region, Suspension, life};
use crate::rule::{Family, Level, Rule};
use crate::syntax::{method_call, peel, plain_name, text};
use crate::walk::{Cx, Hook};

pub(crate) static GUARD_IN_SCRUTINEE: Rule = Rule {
    name: "guard_in_scrutinee",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "a guard in the head of `match`, `if let`, `while let` or `for` lives across an await in its body",
    explanation: "A guard that has no name lives as long as the other temporaries of the head, and these live until \
                  the end of the whole expression. The lock stays taken, or the cell borrowed, while the body waits.",
    blind_spots: "The `else` branch of an `if let` is not looked at: it is inside up to edition 2021 only. A guard in a \
                  block in the head counts as gone, which it is from edition 2024 on.",
    bad: "async fn drain(queue: &std::sync::Mutex<Vec<u32>>) {\n    while let Some(item) = queue.lock().unwrap().pop() \
          {\n        send(item).await;\n    }\n}\nasync fn send(_: u32) {}\n",
    good: "async fn drain(queue: &std::sync::Mutex<Vec<u32>>) {\n    loop {\n        let item = \
           queue.lock().unwrap().pop();\n        let Some(item) = item else { break };\n        send(item).await;\n    \
           }\n}\nasync fn send(_: u32) {}\n",
    triggers: &[
        "lock",
        "read",
        "write",
        "try_lock",
        "try_read",
        "try_write",
        "borrow",
        "borrow_mut",
        "try_borrow",
        "borrow_and_update",
        "upgradable_read",
        "lock_arc",
        "read_arc",
        "write_arc",
        "read_recursive",
        "try_lock_for",
        "try_lock_until",
        "try_borrow_mut",
        "try_read_for",
        "try_write_for",
        "upgradeable_read",
        "try_lock_arc",
        "try_upgradable_read",
    ],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Expression(check)],
};

fn check<'a>(cx: &mut Cx<'a>, expr: &'a Expr) {
    if !cx.in_coroutine() {
        return;
    }
    match expr {
        Expr::If(e) => lets(cx, &e.cond, Region::Block(&e.then_branch), "if let"),
        Expr::While(e) => lets(cx, &e.cond, Region::Block(&e.body), "while let"),
        Expr::ForLoop(e) => head(cx, &e.expr, [Region::Block(&e.body)], "for"),
        Expr::Match(e) => head(cx, &e.expr, e.arms.iter().map(|arm| Region::Expr(&arm.body)), "match"),
        _ => {}
    }
}

fn lets<'a>(cx: &mut Cx<'a>, condition: &'a Expr, body: Region<'a>, word: &str) {
    match peel(condition) {
        Expr::Let(e) => head(cx, &e.expr, [body], word),
        Expr::Binary(e) if matches!(e.op, BinOp::And(_)) => {
            lets(cx, &e.left, body, word);
            lets(cx, &e.right, body, word);
        }
        _ => {}
    }
}

fn head<'a>(cx: &mut Cx<'a>, head: &'a Expr, bodies: impl IntoIterator<Item = Region<'a>>, word: &str) {
    let found = temporaries(cx, head);
    if found.is_empty() {
        return;
    }
    let suspensions: Vec<Suspension<'a>> =
        bodies.into_iter().flat_map(|body| life(cx.macros, Owner::Scope, body).suspensions).collect();
    if suspensions.is_empty() {
        return;
    }
    for origin in found {
        report(cx, &origin, head, &suspensions, word);
    }
}

fn report<'a>(cx: &mut Cx<'a>, origin: &Origin<'a>, head: &Expr, suspensions: &[Suspension<'a>], word: &str) {
    let Some(call) = method_call(origin.call) else { return };
    let question = match origin.certain {
        Some(_) => None,
        None => match cx.ask_expression(origin.question, origin.call) {
            Some(question) => Some(question),
            None => return,
        },
    };
    let guard = origin.certain.map_or("guard".to_owned(), |guard| format!("`{guard}`"));
    let borrows = borrows(head);
    let head = text::short(head);
    let value = if borrows { format!("{head}.cloned()") } else { head.clone() };
    let help = match word {
        "while let" => {
            format!("use `loop` and take the value out first: `let Some(value) = {value} else {{ break }};`")
        }
        "for" if head.ends_with(".clone()") => {
            format!("end the statement first: `let items = {head};`, then loop")
        }
        "for" if head.ends_with(".iter()") => {
            format!("copy out what the loop needs first: `let items: Vec<_> = {head}.cloned().collect();`")
        }
        "for" => format!("take out what the loop needs first: `let items: Vec<_> = {head}.collect();`"),
        _ => format!("take the value out first: `let value = {value};`, then `{word}` it"),
    };
    let mut draft = Draft::at(&call.method, "the guard lives through the whole body, and its awaits")
        .label(format!("this {guard} is dropped behind the body of the `{word}`"))
        .help(help)
        .note(format!("temporaries in the head of a `{word}` live until its end"))
        .ask(question);
    for suspension in suspensions {
        draft = draft.related(suspension.place(), "the task can wait here, and the guard with it");
    }
    cx.report(draft);
}

/// Whether a head is an `Option` of a reference into what the guard keeps, which ends with the guard.
fn borrows(head: &Expr) -> bool {
    method_call(head).is_some_and(|call| {
        matches!(plain_name(&call.method).as_str(), "get" | "first" | "last" | "front" | "back" | "peek")
    })
}
