//! Loops with a sleep so short that they never rest.

use std::ptr;

use syn::{Expr, Stmt};

use super::durations::{Pause, nanoseconds, pause};
use super::polling::{busy_wait, try_recv_poll};
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::macros::MacroKind;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::text::short;
use crate::syntax::{peel, plain_name};
use crate::walk::{Cx, Hook, Loop, LoopKind};

pub(crate) static TINY_SLEEP_LOOP: Rule = Rule {
    name: "tiny_sleep_loop",
    family: Family::Resources,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a loop with a sleep of 10 ms or less",
    explanation: "The loop wakes up a hundred times a second or more, whether there is something to do or not, and \
                  the timer of the runtime has a grain of one millisecond. What it waits for can most often wake it.",
    blind_spots: "Only durations that are written out are seen. A loop that awaits something else whenever it comes by \
                  the sleep, locks aside, pauses between work and is let pass, and so is a `for` over anything but numbers. Loops that wait for a flag or poll a \
                  channel are the matter of `busy_wait_sleep` and `try_recv_poll_loop`.",
    bad: "async fn watch() {\n    loop {\n        println!(\"anything new?\");\n        \
          tokio::time::sleep(std::time::Duration::from_millis(1)).await;\n    }\n}\n",
    good: "async fn watch(news: &tokio::sync::Notify) {\n    loop {\n        news.notified().await;\n        \
           println!(\"something new\");\n    }\n}\n",
    triggers: &["sleep"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check)],
};

/// The longest sleep that is reported, in nanoseconds.
const LONGEST: u128 = 10_000_000;

fn check<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !cx.in_coroutine()
        || goes_through_items(looped)
        || busy_wait(cx, looped).is_some()
        || try_recv_poll(cx, looped).is_some()
    {
        return;
    }
    let Some(tiny) = tiny_sleep(cx, looped) else { return };
    let rounds = Rounds { cx, sleep: tiny.sleep };
    let in_head = matches!(looped.kind, LoopKind::While(condition) if rounds.works(Within::Expr(condition)));
    if in_head || rounds.works_in(&looped.body.stmts) {
        return;
    }
    let draft = Draft::new(Place::of(tiny.sleep), "this loop wakes up a hundred times a second or more")
        .label(format!("`{}` in every round", short(tiny.duration)))
        .help(
            "wait for what the loop looks for: a channel, a `Notify`, or an `interval` of a sensible length",
        );
    cx.report(draft);
}

/// `for item in items`: a pause between items, of which there is an end. A loop over numbers counts how often it looks.
fn goes_through_items(looped: &Loop<'_>) -> bool {
    matches!(looped.kind, LoopKind::For(_, items) if !matches!(peel(items), Expr::Range(_)))
}

struct TinySleep<'a> {
    sleep: &'a Expr,
    duration: &'a Expr,
}

/// The first short sleep of the loop itself.
fn tiny_sleep<'a>(cx: &Cx<'a>, looped: &Loop<'a>) -> Option<TinySleep<'a>> {
    let mut found = None;
    search::search(cx.macros, Within::Block(looped.body), &mut |piece| {
        let Piece::Expr(expr) = piece else { return Step::Into };
        if search::leaves_coroutine(piece) || Loop::of(expr).is_some() {
            return Step::Over;
        }
        let Some(Pause::Sleep(duration)) = pause(cx, expr) else { return Step::Into };
        if nanoseconds(duration).is_some_and(|nanoseconds| (1..=LONGEST).contains(&nanoseconds)) {
            found = Some(TinySleep { sleep: expr, duration });
            return Step::Found;
        }
        Step::Into
    });
    found
}

/// The rounds of a loop that come by a sleep.
struct Rounds<'c, 'a> {
    cx: &'c Cx<'a>,
    sleep: &'a Expr,
}

impl<'a> Rounds<'_, 'a> {
    /// Whether each of these rounds awaits something else in these statements, one after the other.
    fn works_in(&self, statements: &'a [Stmt]) -> bool {
        let sleeps = |stmt: &'a Stmt| self.has_sleep(Within::Statements(std::slice::from_ref(stmt)));
        let Some(index) = statements.iter().position(sleeps) else {
            return self.works(Within::Statements(statements));
        };
        let (before, rest) = statements.split_at(index);
        let (at, behind) = rest.split_at(1);
        // `let .. = init else { sleep; continue };`
        let in_else = match at {
            [Stmt::Local(local)] => local.init.as_ref().and_then(|init| init.diverge.as_ref()),
            _ => None,
        };
        let here = match in_else {
            Some((_, diverge)) if self.has_sleep(Within::Expr(diverge)) => self.works(Within::Expr(diverge)),
            _ => self.works(Within::Statements(at)),
        };
        here || self.works(Within::Statements(before))
            || !self.starts_over(at) && self.works(Within::Statements(behind))
    }

    /// Whether each of these rounds awaits something else in this code. A lock is most often free, and no work.
    fn works(&self, within: Within<'a>) -> bool {
        search::search(self.cx.macros, within, &mut |piece| match piece {
            _ if search::leaves_coroutine(piece) => Step::Over,
            Piece::Macro(mac) => Step::found_if(MacroKind::of(mac).suspends()),
            Piece::Expr(expr) if pause(self.cx, expr).is_some() => Step::Over,
            Piece::Expr(Expr::Await(awaited)) => Step::found_if(!is_lock(&awaited.base)),
            Piece::Expr(Expr::If(branch)) => Self::over_unless(
                self.works(Within::Expr(&branch.cond))
                    || self.sleeps_and_works(Within::Block(&branch.then_branch))
                    || branch
                        .else_branch
                        .as_ref()
                        .is_some_and(|(_, other)| self.sleeps_and_works(Within::Expr(other))),
            ),
            Piece::Expr(Expr::Match(branch)) => Self::over_unless(
                self.works(Within::Expr(&branch.expr))
                    || branch.arms.iter().any(|arm| self.sleeps_and_works(Within::Expr(&arm.body))),
            ),
            Piece::Expr(Expr::Block(block)) if self.has_sleep(Within::Block(&block.block)) => {
                Self::over_unless(self.works_in(&block.block.stmts))
            }
            // The body of a loop may run not at all.
            Piece::Expr(Expr::While(inner)) => Self::over_unless(self.works(Within::Expr(&inner.cond))),
            Piece::Expr(Expr::ForLoop(inner)) => Self::over_unless(self.works(Within::Expr(&inner.expr))),
            Piece::Expr(_) => Step::Into,
        })
    }

    fn over_unless(works: bool) -> Step {
        if works { Step::Found } else { Step::Over }
    }

    /// A branch counts if the sleep is in it.
    fn sleeps_and_works(&self, within: Within<'a>) -> bool {
        self.has_sleep(within)
            && match within {
                Within::Block(block) => self.works_in(&block.stmts),
                Within::Expr(_) | Within::Statements(_) => self.works(within),
            }
    }

    fn has_sleep(&self, within: Within<'a>) -> bool {
        search::search(self.cx.macros, within, &mut |piece| {
            Step::found_if(matches!(piece, Piece::Expr(expr) if ptr::eq(expr, self.sleep)))
        })
    }

    /// Whether the next round may begin in these statements.
    fn starts_over(&self, statements: &'a [Stmt]) -> bool {
        search::search(self.cx.macros, Within::Statements(statements), &mut |piece| match piece {
            Piece::Expr(Expr::Continue(_)) => Step::Found,
            _ if search::leaves_coroutine(piece) => Step::Over,
            _ => Step::Into,
        })
    }
}

/// `mutex.lock()`, `lock.read()`, `lock.write()`.
fn is_lock(awaited: &Expr) -> bool {
    matches!(peel(awaited), Expr::MethodCall(call)
        if call.args.is_empty() && matches!(plain_name(&call.method).as_str(), "lock" | "read" | "write"))
}
