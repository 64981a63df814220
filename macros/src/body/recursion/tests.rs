//! Functions that await themselves, and functions that only seem to.

use quote::ToTokens;
use syn::{ImplItemFn, Visibility, parse_quote};

use super::direct_call;

/// Whether a call is found in the function, in the way an attribute on it would ask.
fn finds(function: &ImplItemFn) -> bool {
    let is_public = !matches!(function.vis, Visibility::Inherited);
    let body = function.block.stmts.iter().map(ToTokens::to_token_stream).collect();
    direct_call(&body, &function.sig, is_public).is_some()
}

macro_rules! functions {
    ($($name:ident { $($function:tt)* } => $expected:literal;)*) => {$(
        #[test]
        fn $name() {
            assert_eq!(finds(&parse_quote! { $($function)* }), $expected);
        }
    )*};
}

functions! {
    boxed { async fn walk(n: u32) -> u32 { if n == 0 { 0 } else { Box::pin(walk(n - 1)).await + 1 } } } => true;
    boxed_by_its_full_path { async fn walk(n: u32) { std::boxed::Box::pin(walk(n - 1)).await } } => true;
    boxed_by_a_method { async fn walk(n: u32) { walk(n - 1).boxed().await } } => true;
    boxed_with_a_question_mark {
        async fn walk(n: u32) -> R { let x = Box::pin(walk(n - 1)).await?; Ok(x) }
    } => true;
    boxed_in_parentheses { async fn walk(n: u32) { (Box::pin((walk(n - 1)))).await } } => true;
    boxed_generic { async fn walk<T: Node>(n: T) { Box::pin(walk::<T>(n.next())).await } } => true;
    boxed_in_a_loop {
        async fn crawl(url: Url) { for link in links(&url) { Box::pin(crawl(link)).await; } }
    } => true;
    boxed_in_a_match {
        async fn walk(n: N) -> u32 { match n { N::Leaf => 1, N::Next(n) if ok(&n) => Box::pin(walk(*n)).await, _ => 0 } }
    } => true;
    boxed_in_an_argument { async fn walk(n: u32) -> u32 { add(1, Box::pin(walk(n)).await) } } => true;
    boxed_in_a_known_macro { async fn walk(n: u32) { println!("{}", Box::pin(walk(n)).await) } } => true;
    boxed_in_let_else {
        async fn walk(n: u32) { let Some(x) = f() else { return Box::pin(walk(n)).await }; }
    } => true;
    boxed_in_a_select_handler {
        async fn walk(n: u32) { tokio::select! { _ = a => Box::pin(walk(n)).await, _ = b => {} } }
    } => true;
    boxed_by_type { fn walk(n: u32) -> BoxFuture<'static, u32> { walk(n - 1).await } } => true;
    raw_name { async fn r#walk(n: u32) { Box::pin(walk(n)).await } } => true;
    beside_other_uses_of_the_name {
        async fn walk(n: N) { n.walk(); n.walk = 3; walk::log(1); Box::pin(walk(n)).await }
    } => true;
    public_method {
        pub async fn get(&self, n: u32) -> u32 { if n == 0 { 1 } else { self.get(n - 1).await } }
    } => true;
    public_method_boxed { pub(crate) async fn get(&mut self) { Box::pin(self.get()).await } } => true;
    public_method_by_path { pub async fn get(self: Arc<Self>) { Self::get(self.clone()).await } } => true;
    public_associated_function { pub async fn open(n: u32) -> Self { Box::pin(Self::open(n - 1)).await } } => true;
    public_method_with_a_turbofish { pub async fn get<T>(&self) -> T { (self).get::<T>().await } } => true;
}

functions! {
    nothing { async fn walk(n: u32) -> u32 { other(n).await } } => false;
    // Recursion of this form is refused by rustc, so what compiles calls a free function from an `impl`.
    not_boxed { async fn fetch(url: &str) -> R { fetch(url).await } } => false;
    not_awaited { async fn walk(n: u32) { let next = Box::pin(walk(n)); queue(next) } } => false;
    awaited_later { async fn walk(n: u32) { let next = Box::pin(walk(n)); next.await } } => false;
    in_a_closure { async fn walk(n: u32) { spawn(|| async { Box::pin(walk(n)).await }) } } => false;
    in_an_async_block { async fn walk(n: u32) { tokio::spawn(async move { Box::pin(walk(n)).await }); } } => false;
    in_a_nested_function { async fn walk(n: u32) { async fn inner(n: u32) { Box::pin(walk(n)).await } } } => false;
    in_an_unknown_macro { async fn walk(n: u32) { mystery!(Box::pin(walk(n)).await) } } => false;
    in_a_stream { async fn walk(n: u32) { stream! { yield Box::pin(walk(n)).await; } } } => false;
    joined { async fn walk(n: u32) { tokio::join!(Box::pin(walk(n)), Box::pin(walk(n))) } } => false;
    another_path { async fn walk(n: u32) { Box::pin(other::walk(n)).await; Box::pin(::walk(n)).await } } => false;
    another_method { async fn walk(n: N) { Box::pin(n.walk()).await } } => false;
    another_box { async fn walk(n: u32) { Rc::pin(walk(n)).await; Box::pin(walk(n), 1).await } } => false;
    shadowed_by_a_parameter { async fn walk(walk: fn(u32) -> F) { Box::pin(walk(1)).await } } => false;
    shadowed_by_a_pattern_parameter {
        async fn walk(Steps { walk, .. }: Steps) { Box::pin(walk(1)).await }
    } => false;
    shadowed_by_let { async fn walk(n: u32) { let walk = pick(n); Box::pin(walk(n)).await } } => false;
    shadowed_by_a_match { async fn walk(n: N) { match n { N(walk) => Box::pin(walk(1)).await } } } => false;
    shadowed_by_an_item { async fn walk(n: u32) { async fn walk(n: u32) {} Box::pin(walk(n)).await } } => false;
    shadowed_by_an_import { async fn walk(n: u32) { use tree::walk; Box::pin(walk(n)).await } } => false;
    shadowed_by_a_renamed_import {
        async fn walk(n: u32) { use tree::go as walk; Box::pin(walk(n)).await }
    } => false;
    shadowed_by_a_grouped_import {
        async fn walk(n: u32) { use tree::{a, walk, b}; Box::pin(walk(n)).await }
    } => false;
    shadowed_by_a_self_import {
        async fn walk(n: u32) { use tree::walk::{self}; Box::pin(walk(n)).await }
    } => false;
    shadowed_by_a_glob_import { async fn walk(n: u32) { use tree::{x, y::*}; Box::pin(walk(n)).await } } => false;
    shadowed_in_a_macro {
        async fn walk(n: u32) { define! { fn walk(n: u32); } Box::pin(walk(n)).await }
    } => false;
    configured { async fn walk(n: u32) { #[cfg(test)] Box::pin(walk(n)).await; } } => false;
    private_method { async fn get(&self) { self.get().await } } => false;
    free_function_from_a_method {
        pub async fn get(&self) { get(self).await; Box::pin(get(self)).await }
    } => false;
    free_function_from_an_associated_one {
        pub async fn open(n: u32) -> Self { Self(Box::pin(open(n)).await) }
    } => false;
    another_receiver { pub async fn get(&self) { self.inner.get().await; other.get().await } } => false;
    another_type { pub async fn get(&self) { Inner::get(self).await; <Self as T>::get(self).await } } => false;
    method_in_a_spawned_task {
        pub async fn get(self) { tokio::spawn(async move { self.get().await }); }
    } => false;
}

#[test]
fn a_body_that_does_not_parse_or_is_too_deep() {
    let function: ImplItemFn = parse_quote! { async fn walk(n: u32) {} };
    assert!(direct_call(&quote::quote! { let = Box::pin(walk(n)).await }, &function.sig, false).is_none());
    let call = quote::quote! { Box::pin(walk(n)).await };
    let deep = (0..1000).fold(call, |inner, _| quote::quote! { { f(#inner) } });
    assert!(direct_call(&deep, &function.sig, false).is_none());
}
