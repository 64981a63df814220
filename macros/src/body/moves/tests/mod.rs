//! Bodies as they stand in real services, each with the parameters it moves.

mod borrowed;
mod captured;
mod hostile;
mod moved;

use proc_macro2::{Ident, Span, TokenStream};

use super::moved_names;

/// The moved ones of the comma-separated `candidates`, with a `.*` behind those of which only a field is
/// moved.
fn moves_of(candidates: &str, body: &TokenStream) -> Vec<String> {
    let ident = |name: &str| match name.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    };
    let candidates: Vec<Ident> = candidates.split(", ").map(ident).collect();
    let describe = |moved: super::Moved| {
        let name = &candidates[moved.candidate];
        if moved.whole { name.to_string() } else { format!("{name}.*") }
    };
    moved_names(body, &candidates).into_iter().map(describe).collect()
}

/// One test per line: `name(parameters) { body } => what it moves`.
macro_rules! bodies {
    ($($name:ident($candidates:literal) { $($body:tt)* } => $moves:expr;)*) => {$(
        #[test]
        fn $name() {
            let body = quote::quote! { $($body)* };
            let moves: &[&str] = &$moves;
            assert_eq!(crate::body::moves::tests::moves_of($candidates, &body), moves);
        }
    )*};
}
use bodies;
