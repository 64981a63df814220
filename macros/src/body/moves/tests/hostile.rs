//! Input that is broken, odd or big.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{bodies, moves_of};
use crate::body::moves::moved_names;

bodies! {
    empty("x") { } => [];
    broken("x") { let = f(x) } => [];
    broken_statement("x") { f(x) g(x) } => [];
    broken_macros("x") {
        vec![x => 1]; format!(,); json!({ : }); select! { = => }; matches!(); apply!(x); join!(x y); pin!();
    } => [];
    broken_macros_in_a_move_block("x") { async move { select! { x } } } => ["x"];
    odd_statements("x") { ;;; { } let y; 'a: { break 'a x } } => ["x"];
    try_block("x") { let r: Option<u32> = try { x }; r } => ["x"];
    yields("x") { yield x; } => ["x"];
    tuple_struct_assignment("x") { Some(x) = f(); _ = g(x); } => ["x"];
    qualified_paths("x") { f(<T as U>::x, self::x, x::y, <x>::y) } => [];
}

#[test]
fn no_candidates() {
    assert!(moved_names(&quote! { f(x) }, &[]).is_empty());
}

#[test]
fn a_candidate_given_twice_is_found_once() {
    assert_eq!(moves_of("x, x", &quote! { f(x) }), ["x"]);
}

#[test]
fn a_raw_name_and_its_plain_spelling_are_one() {
    let raw = [Ident::new_raw("kind", Span::call_site())];
    assert_eq!(moved_names(&quote! { f(kind) }, &raw).len(), 1);
}

#[test]
fn invisible_groups_change_nothing() {
    let group = proc_macro2::Group::new(proc_macro2::Delimiter::None, quote! { x });
    assert_eq!(moves_of("x", &quote! { f(#group) }), ["x"]);
    let group = proc_macro2::Group::new(proc_macro2::Delimiter::None, quote! { x });
    assert!(moves_of("x", &quote! { #group.len() }).is_empty());
}

#[test]
fn long_chains() {
    let repeat = |piece: TokenStream| -> TokenStream { std::iter::repeat_n(piece, 1000).collect() };
    let calls = repeat(quote! { .a(1) });
    assert_eq!(moves_of("x", &quote! { f(x) #calls }), ["x"]);
    let sum = repeat(quote! { + 1 });
    assert_eq!(moves_of("x", &quote! { x #sum }), ["x"]);
    let conditions = repeat(quote! { else if a == 1 { } });
    assert_eq!(moves_of("x", &quote! { if a == 0 { } #conditions else { f(x) } }), ["x"]);
}

#[test]
fn deep_nests() {
    let nested = |levels| (0..levels).fold(quote! { x }, |inner, _| quote! { { f(#inner) } });
    assert_eq!(moves_of("x", &nested(30)), ["x"]);
    // Too deep to be parsed on a small stack, and too deep to be written by hand.
    assert!(moves_of("x", &nested(2000)).is_empty());
}
