//! The ground truth: what holds the guard at a point of suspension, and what does not.

use syn::{Block, Local, Pat, Stmt, parse_str};

use super::{Life, Owner, Region, life};
use crate::syntax::macros::MacroTable;
use crate::syntax::patterns;

/// Follows the first variable of the block and looks at its life.
fn follow<T>(source: &str, wrapped: bool, look: impl FnOnce(&Life<'_>) -> T) -> T {
    let block: Block =
        parse_str(&format!("{{ {source} }}")).unwrap_or_else(|error| panic!("{error}: {source}"));
    let macros = MacroTable::new();
    let Some(Stmt::Local(Local { pat, .. })) = block.stmts.first() else { panic!("no `let`: {source}") };
    let name = name(pat);
    let owner = if wrapped { Owner::Wrapped(name) } else { Owner::Variable(name) };
    look(&life(&macros, owner, Region::Statements(&block.stmts[1..])))
}

fn name(pattern: &Pat) -> &syn::Ident {
    patterns::sole_binding(pattern).expect("a plain variable")
}

fn points(source: &str) -> usize {
    follow(source, false, |life| life.suspensions.len())
}

#[track_caller]
fn is_alive(source: &str, expected: usize) {
    assert_eq!(points(source), expected, "{source}");
}

#[test]
fn ends_with_a_move() {
    for source in [
        "let g = m.lock(); drop(g); f().await;",
        "let mut g = m.lock(); *g += 1; drop(g); f().await;",
        "let g = m.lock(); let x = *g; drop(g); f().await;",
        "let mut g = m.lock(); g.push(1); mem::drop(g); f().await;",
        "let g = m.lock(); eat(g); f().await;",
        "let mut g = m.lock(); *g = 1; eat(g); f().await;",
        "let g = m.lock(); MutexGuard::unlock_fair(g); f().await;",
        "let g = m.lock(); tx.send(g); f().await;",
        "let g = m.lock(); let s = S { g }; f().await;",
        "let g = m.lock(); let h = g; f().await;",
        "let g = m.lock(); spawn(move || g.len()); f().await;",
        "let g = m.lock(); spawn(async move { g.len() }); f().await;",
        "let g = m.lock(); let w = async { drop(g); }; f().await;",
        "let g = m.lock(); f(g).await;",
        "let g = m.lock(); h::wait(vec![g]).await;",
        "let g = p.acquire(); g.forget(); f().await;",
        "let g = m.lock(); g; f().await;",
        "let g = m.lock(); unknown!(g); f().await;",
        "let g = m.lock(); let e = anyhow!(g); f().await;",
        "let g = m.lock(); match g { it => eat(it) } f().await;",
    ] {
        is_alive(source, 0);
    }
}

#[test]
fn goes_on_with_anything_else() {
    for source in [
        "let g = m.lock(); f().await;",
        "let g = m.lock(); drop(&g); f().await;",
        "let g = m.lock(); let _ = g; f().await;",
        "let g = m.lock(); _ = g; f().await;",
        "let g = m.lock(); let n = g.len(); f(n).await;",
        "let g = m.lock(); let g = g.len(); f(g).await;",
        "let g = m.lock(); { let g = 1; drop(g); } f().await;",
        "let g = m.lock(); if let Some(g) = x { drop(g) } f().await;",
        "let g = m.lock(); info!(\"{}\", g); f().await;",
        "let g = m.lock(); let e = anyhow!(\"{}\", g); f().await;",
        "let g = m.lock(); let r = &g; f(r).await;",
        "let g = m.lock(); let c = || g.len(); f(c).await;",
        "let g = m.lock(); if g == h { f().await }",
        "let mut g = m.lock(); g += 1; f().await;",
        "let g = m.lock(); let ref r = g; f().await;",
        "let g = m.lock(); match g { ref r => use_it(r) } f().await;",
        "let g = m.lock(); f().await",
    ] {
        is_alive(source, 1);
    }
}

#[test]
fn ends_only_if_every_path_ends_it() {
    is_alive("let g = m.lock(); if c { drop(g); f().await }", 0);
    is_alive("let g = m.lock(); if c { drop(g) } f().await;", 1);
    is_alive("let g = m.lock(); if c { drop(g) } else { eat(g) } f().await;", 0);
    is_alive("let g = m.lock(); if c { drop(g); return; } f().await;", 1);
    is_alive("let g = m.lock(); if c { return; } drop(g); f().await;", 0);
    is_alive("let g = m.lock(); match x { A => drop(g), B => eat(g), C => panic!() } f().await;", 0);
    is_alive("let g = m.lock(); match x { A => drop(g), B => {} } f().await;", 1);
    is_alive("let g = m.lock(); let Some(x) = y else { drop(g); return f().await }; drop(g); f().await;", 0);
    is_alive("let g = m.lock(); let Some(x) = y else { return f().await }; drop(g); f().await;", 1);
    is_alive("let g = m.lock(); a && { drop(g); true }; f().await;", 1);
    is_alive("let g = m.lock(); f()?; drop(g); f().await?;", 0);
    is_alive("let g = m.lock(); std::process::exit(1); f().await;", 0);
    is_alive("let g = m.lock(); bail!(\"no\"); f().await;", 0);
}

#[test]
fn goes_round_in_loops() {
    is_alive("let g = m.lock(); loop { f().await; }", 1);
    is_alive("let g = m.lock(); loop { f().await; e().await; } h().await;", 2);
    is_alive("let g = m.lock(); for x in y { drop(g); break; } f().await;", 1);
    is_alive("let g = m.lock(); loop { if c { drop(g); break; } } f().await;", 0);
    is_alive("let g = m.lock(); loop { if c { break; } f().await; drop(g); return; } h().await;", 2);
    is_alive("let g = m.lock(); 'a: loop { loop { drop(g); continue 'a; } } f().await;", 0);
    is_alive("let g = m.lock(); 'a: { if c { break 'a; } drop(g); } f().await;", 1);
    is_alive("let g = m.lock(); while let Some(x) = it.next() { f(x).await; }", 1);
    is_alive("let g = m.lock(); while true { drop(g); break } f().await;", 0);
    // A new value at the end of a round is alive at the beginning of the next.
    is_alive("let mut g = m.lock(); drop(g); loop { f().await; g = m.lock(); }", 1);
    is_alive("let mut g = m.lock(); loop { drop(g); f().await; g = m.lock(); }", 0);
}

#[test]
fn counts_what_suspends_this_coroutine() {
    is_alive("let g = m.lock(); select! { _ = a() => {}, _ = b() => { h().await } }", 2);
    is_alive("let g = m.lock(); select! { _ = a() => drop(g), _ = b() => eat(g) } f().await;", 1);
    is_alive("let g = m.lock(); tokio::join!(a(), b());", 1);
    is_alive("let g = m.lock(); yield 1;", 1);
    is_alive("let g = m.lock(); let w = async { f().await; }; drop(g); w.await;", 0);
    is_alive("let g = m.lock(); let w = async { f().await; }; w.await;", 1);
    is_alive("let g = m.lock(); spawn(async { f().await; });", 0);
    is_alive("let g = m.lock(); let c = async || f().await;", 0);
    is_alive("let g = m.lock(); let s = stream! { yield 1; };", 0);
    is_alive("let g = m.lock(); async fn inner() { f().await }", 0);
    is_alive("let g = m.lock(); info!(\"{}\", f().await);", 1);
}

#[test]
fn a_new_value_begins_where_the_old_one_is_replaced() {
    is_alive("let mut g = m.lock(); g = cv.wait(g).await;", 0);
    is_alive("let mut g = m.lock(); g = cv.wait(g).await; f().await;", 1);
    is_alive("let mut g = m.lock(); drop(g); g = m.lock(); f().await;", 1);
}

#[test]
fn what_is_around_it_is_taken_apart() {
    let points = |source| follow(source, true, |life| life.suspensions.len());
    assert_eq!(points("let r = m.lock(); f().await;"), 1);
    assert_eq!(points("let r = m.lock(); let n = r.unwrap().len(); f().await;"), 0);
    assert_eq!(points("let r = m.lock(); match r { Ok(g) => drop(g), Err(_) => {} } f().await;"), 1);
    assert_eq!(points("let r = m.lock(); if r.is_ok() { f().await; }"), 1);
}

#[test]
fn remembers_calls_and_drops() {
    let calls = |source| follow(source, false, |life| life.calls.len());
    assert_eq!(calls("let g = m.lock(); m.lock(); drop(g); m.lock();"), 1);
    assert_eq!(calls("let g = m.lock(); let m = other; m.lock();"), 0);
    assert!(follow("let g = m.lock(); if c { drop(g) } f().await;", false, |life| life.dropped));
    assert!(!follow("let g = m.lock(); drop(x); f().await;", false, |life| life.dropped));
}
