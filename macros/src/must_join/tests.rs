use proc_macro2::TokenStream;
use quote::quote;

use super::{Target, check, rewrite};
use crate::errors::Errors;
use crate::parse::MustJoin;
use crate::parse::entries::Arguments as _;

fn policy(arguments: TokenStream) -> MustJoin {
    let errors = Errors::new();
    let policy = MustJoin::read(arguments, &errors);
    assert!(errors.into_tokens().is_empty(), "the arguments parse");
    policy
}

/// The rewritten body, with the path of our functions cut short.
fn rewritten(arguments: TokenStream, body: TokenStream) -> String {
    let (policy, private, output) = (policy(arguments), quote!(ours), quote!(Result<(), Error>));
    let body = rewrite(body, &Target::new(&policy, &private, Some(&output))).body;
    body.to_string().replace("ours :: must_join :: ", "")
}

/// The codes of what is reported.
fn reported(arguments: TokenStream, body: TokenStream) -> Vec<String> {
    let (policy, private) = (policy(arguments), TokenStream::new());
    let errors = Errors::new();
    check(body, &Target::new(&policy, &private, None), &errors);
    let text = errors.into_tokens().to_string();
    text.split('[').filter(|piece| piece.starts_with("MJ")).map(|piece| piece[..5].to_owned()).collect()
}

fn same(body: TokenStream) {
    let written = body.to_string();
    assert_eq!(rewritten(quote!(), body), written);
}

#[test]
fn a_bound_handle_is_ours() {
    let written = rewritten(quote!(), quote!(let h = tokio::spawn(work()); h.await?;));
    assert_eq!(written, "let h = spawn (work ()) ; h . await ? ;");
}

#[test]
fn every_spelling_of_tokio_is_known() {
    let body = quote! {
        let a = ::tokio::spawn(f());
        let b = tokio::task::spawn_blocking(move || g());
        let c = task::spawn_local(h());
        let d = tokio::spawn::<F>(i());
    };
    let expected = "let a = spawn (f ()) ; let b = spawn_blocking (move || g ()) ; let c = spawn_local (h ()) ; \
                    let d = spawn :: < F > (i ()) ;";
    assert_eq!(rewritten(quote!(), body), expected);
}

#[test]
fn nobody_asks_what_an_endless_task_returns() {
    let body =
        quote! { tokio::spawn(async move { loop { tick().await } }); tokio::spawn(async { panic!("no") }); };
    let expected = "discarded (spawn (async move { loop { tick () . await } })) . never_returns () ; \
                    discarded (spawn (async { panic ! (\"no\") })) . never_returns () ;";
    assert_eq!(rewritten(quote!(), body), expected);
    for body in [
        quote! { tokio::spawn(async { loop { tick().await? } }); },
        quote! { tokio::spawn(async { loop { if done() { break } } }); },
        quote! { tokio::spawn(async { loop { if done() { return Ok(()) } } }); },
    ] {
        assert!(rewritten(quote!(), body.clone()).contains("or_fail"), "{body}");
    }
}

#[test]
fn a_discarded_handle_fails_the_call() {
    let expected =
        "discarded (spawn (f ())) . or_fail (Returned :: < Result < () , Error > > :: new () . error ()) ;";
    assert_eq!(rewritten(quote!(), quote!(tokio::spawn(f());)), expected);
    assert_eq!(rewritten(quote!(), quote!(let _ = tokio::spawn(f());)), expected);
    assert_eq!(rewritten(quote!(), quote!(_ = tokio::spawn(f());)), expected);
    let logged = "discarded (spawn (f ())) . or_log () ;";
    assert_eq!(rewritten(quote!(on_error = log), quote!(tokio::spawn(f());)), logged);
}

#[test]
fn blocks_closures_and_known_macros_are_rewritten() {
    let body = quote! {
        let f = |x| tokio::spawn(x);
        let all: Vec<_> = urls.map(tokio::spawn).collect();
        tokio::select! { r = tokio::spawn(a()) => r, _ = stop.cancelled() => return }
        let both = tokio::join!(tokio::spawn(a()), b());
        let later = async move { tokio::spawn(c()).await };
    };
    assert!(!rewritten(quote!(), body).contains("tokio :: spawn"));
}

#[test]
fn what_is_nested_or_somebody_elses_stays() {
    same(quote!(fn inner() { tokio::spawn(f()); } inner();));
    same(quote!(impl Job for Mine { fn run(&self) { tokio::spawn(f()); } }));
    same(quote!(my::tokio::spawn(f());));
    same(quote!(spawn(f()); set.spawn(g()); steadfast::detach("why", h());));
    same(quote!(let text = stringify!(tokio::spawn(f()));));
}

#[test]
fn more_paths_can_be_named() {
    let body = quote!(let h = jobs::spawn(f()););
    assert_eq!(rewritten(quote!(spawn_paths(jobs::spawn)), body), "let h = spawn (f ()) ;");
}

#[test]
fn opaque_macros_are_reported() {
    assert_eq!(reported(quote!(), quote!(my_dsl! { go => tokio::spawn(f()) until done })), ["MJ002"]);
    assert!(reported(quote!(), quote!(my_dsl! { go until done })).is_empty());
}

#[test]
fn strict_wants_every_handle() {
    assert_eq!(reported(quote!(strict), quote!(tokio::spawn(f());)), ["MJ003"]);
    assert_eq!(reported(quote!(strict), quote!(let _ = tokio::spawn(f());)), ["MJ003"]);
    assert_eq!(reported(quote!(strict), quote!(let h = tokio::spawn(f()); other().await;)), ["MJ005"]);
    assert!(reported(quote!(strict), quote!(let h = tokio::spawn(f()); all.push(h);)).is_empty());
    assert!(reported(quote!(strict), quote!(let h = tokio::spawn(f()); info!("{h:?}");)).is_empty());
    assert!(reported(quote!(), quote!(let h = tokio::spawn(f()); other().await;)).is_empty());
}

#[test]
fn a_handle_cannot_be_forgotten() {
    assert_eq!(reported(quote!(), quote!(let h = tokio::spawn(f()); drop(h);)), ["MJ004"]);
    assert_eq!(reported(quote!(), quote!(std::mem::forget(tokio::spawn(f()));)), ["MJ004"]);
    assert!(reported(quote!(), quote!(let h = lock(); drop(h);)).is_empty());
    assert!(reported(quote!(), quote!(self.drop(h);)).is_empty());
}

#[test]
fn threads_handles_and_generators_are_reported() {
    assert_eq!(reported(quote!(), quote!(std::thread::spawn(|| f());)), ["MJ007"]);
    assert!(reported(quote!(), quote!(std::thread::scope(|s| { s.spawn(f); });)).is_empty());
    assert_eq!(reported(quote!(), quote!(Handle::current().spawn(f());)), ["MJ008"]);
    assert_eq!(reported(quote!(), quote!(tokio::runtime::Handle::current().spawn(f());)), ["MJ008"]);
    assert_eq!(reported(quote!(), quote!(yield_!(1);)), ["MJ012"]);
    assert_eq!(reported(quote!(scope = g), quote!(tokio::spawn(f());)), ["MJ008"]);
}
