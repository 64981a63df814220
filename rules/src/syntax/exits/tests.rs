//! The ways on from the bodies of loops.

use syn::{Expr, parse_quote};

use super::{Exits, exits};
use crate::syntax::macros::MacroTable;
use crate::syntax::search::Within;

/// The ways on from the body of a loop, as letters: falls through, continues, leaves, fails.
fn ways(looped: &Expr) -> String {
    let Expr::Loop(looped) = looped else { panic!("a loop") };
    let Exits { falls_through, continues, leaves, fails } =
        exits(&MacroTable::new(), Within::Block(&looped.body), looped.label.as_ref());
    let ways = [(falls_through, 'f'), (continues, 'c'), (leaves, 'l'), (fails, '?')];
    ways.iter().filter(|(taken, _)| *taken).map(|(_, letter)| letter).collect()
}

#[test]
fn jumps_end_a_path() {
    assert_eq!(
        ways(&parse_quote!(loop {
            a();
        })),
        "f"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            a()?;
        })),
        "f?"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            break;
            a()?;
        })),
        "l"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            return a()?;
        })),
        "l?"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            continue;
        })),
        "c"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            panic!("no")
        })),
        "l"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            std::process::exit(1);
        })),
        "l"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            unknown!(return)
        })),
        "fcl"
    );
}

#[test]
fn branches_are_alternatives() {
    assert_eq!(
        ways(&parse_quote!(loop {
            if a {
                break;
            }
        })),
        "fl"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            if a { break } else { continue }
        })),
        "cl"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            match a {
                A => return,
                B if b()? => {}
                _ => continue,
            }
        })),
        "fcl?"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            let Some(a) = b else { break };
        })),
        "fl"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            a && return;
        })),
        "fl"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            tokio::select! { _ = a() => break, b = c() => continue }
        })),
        "cl"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            tokio::select! { _ = a() => break, b = c() => d(b), }
        })),
        "fl"
    );
}

#[test]
fn inner_loops_and_labels_have_their_own_ends() {
    assert_eq!(
        ways(&parse_quote!(loop {
            loop {
                break;
            }
        })),
        "f"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            loop {
                continue;
            }
        })),
        ""
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            for a in b {
                break;
            }
        })),
        "f"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            while a {
                return;
            }
        })),
        "fl"
    );
    assert_eq!(
        ways(&parse_quote!('outer: loop {
            loop {
                break 'outer;
            }
        })),
        "l"
    );
    assert_eq!(
        ways(&parse_quote!('outer: loop {
            loop {
                continue 'outer;
            }
        })),
        "c"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            loop {
                continue 'further_out;
            }
        })),
        "l"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            'block: {
                if a {
                    break 'block;
                }
                return;
            }
        })),
        "fl"
    );
}

#[test]
fn other_coroutines_and_closures_go_their_own_way() {
    assert_eq!(
        ways(&parse_quote!(loop {
            spawn(async {
                return;
            });
        })),
        "f"
    );
    assert_eq!(
        ways(&parse_quote!(loop {
            a.map(|b| return b);
        })),
        "f"
    );
}
