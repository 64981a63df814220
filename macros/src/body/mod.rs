//! What a function body does with its parameters, with time and with itself.
//!
//! A macro sees tokens, never types. Each analysis here answers one question from the tokens alone and says
//! in its documentation on which side it errs. All of them are pure, work on [`proc_macro2`] tokens and
//! accept any input: a body that does not parse is rustc's to report, so it yields no finding.

pub(crate) mod awaits;
pub(crate) mod moves;
mod operands;
pub(crate) mod recursion;

use proc_macro2::{Ident, TokenStream};
use steadfast_rules::syntax::nests_deeper_than;
use syn::parse::Parser;
use syn::{Block, ExprPath, Stmt};

/// How deep delimiters may nest in a body that is looked into. Parsing recurses, and each level costs 10 to
/// 20 KiB of stack in an unoptimised build; the deepest of the 50 000 functions of 120 common crates has 18
/// levels by hand.
const MAX_NESTING: usize = 64;

/// The statements between the braces of a body, or nothing if they do not parse.
fn statements(body: &TokenStream) -> Option<Vec<Stmt>> {
    if nests_deeper_than(body, MAX_NESTING) {
        return None;
    }
    Block::parse_within.parse2(body.clone()).ok()
}

/// The identifier of an expression that is a single plain name.
fn sole_ident(path: &ExprPath) -> Option<&Ident> {
    if path.qself.is_some() { None } else { path.path.get_ident() }
}
