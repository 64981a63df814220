use proc_macro2::TokenStream;

use super::signs::SIGNS;
use super::{
    DROPPED_FUTURE, IGNORED, OUTCOME_IN_LOOP, REPEATED, RuleSet, UNFAMILIAR_LET, UNUSED_LET,
    WAITING_ITERATION, Words, triggers,
};
use crate::registry::{rule, rules};

#[test]
fn there_is_a_bit_for_each_rule() {
    assert!(rules().count() <= RuleSet::BITS as usize);
}

#[test]
fn finds_whole_words_anywhere() {
    let sleep = rule("blocking_sleep").unwrap();
    for (source, expected) in [
        ("thread::sleep(d)", true),
        ("use std::thread::{sleep as nap};", true),
        ("sleepy(d); my_sleep(d)", false),
        ("", false),
    ] {
        assert_eq!(Words::of_source(source).trigger(sleep), expected, "{source}");
        assert_eq!(of_body(source).trigger(sleep), expected, "{source}");
    }
    assert!(of_body("r#sleep").trigger(sleep));
}

#[test]
fn every_trigger_is_found() {
    for rule in rules() {
        for word in rule.triggers {
            // A sign stands for itself only in tokens.
            let text = SIGNS.iter().find(|(sign, _)| sign == word).map_or(*word, |(_, words)| words[0]);
            assert!(Words::of_source(text).trigger(rule), "`{word}` of `{}`", rule.name);
        }
    }
}

fn of_body(source: &str) -> Words {
    Words::of(&source.parse().unwrap(), &TokenStream::new())
}

/// The signs in the body of a function.
fn signs(body: &str) -> Vec<&'static str> {
    let words = of_body(body);
    let known = |sign: &&str| {
        let rules = triggers().by_sign.iter().find(|(known, _)| known == sign).unwrap().1;
        let by_words: RuleSet = body
            .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
            .map(|word| of_body(word).triggered)
            .fold(0, |all, triggered| all | triggered);
        words.triggered & rules & !by_words != 0
    };
    SIGNS.iter().map(|(sign, _)| *sign).filter(known).collect()
}

#[test]
fn a_let_that_may_hold_a_guard_in_front_of_an_await() {
    for held in [
        "let held = state.hold(); other().await;",
        "let held = hold(&state)?; loop { other().await; }",
        "let held = state.hold().unwrap(); select! { x = y => {} }",
        "let held = Some(hold(state)); other().await;",
        "let (held, n) = (hold(state), 1); other().await;",
        "let held = if x { hold(state) } else { None }; other().await;",
        "let held = state.hold(|a, b| a + b); other().await;",
        "let held = hold(Map::<A, B, C>::new()); other().await;",
        "let held = hold::<(A, B)>(state); other().await;",
        "{ let held = hold(); { other().await; } }",
    ] {
        assert!(signs(held).contains(&UNFAMILIAR_LET), "{held}");
    }
    for free in [
        "let held = state.hold();",
        "other().await; let held = state.hold();",
        "let value = state.hold().await; other().await;",
        "let value = State::hold(); other().await;",
        "let value = State(1); other().await;",
        "let value = state.hold().field; other().await;",
        "let value = state.hold().len(); other().await;",
        "let value = send(hold()).await; other().await;",
        "let value = format!(\"{}\", hold()); other().await;",
        "let value = state.hold(a, b); other().await;",
        "if let Some(value) = state.hold() { other().await }",
    ] {
        assert!(!signs(free).contains(&UNFAMILIAR_LET), "{free}");
    }
}

#[test]
fn a_call_whose_value_nobody_mentions() {
    for unused in [
        "let call = fetch();",
        "let mut call: F = self.fetch(1);",
        "let call = fetch(); drop(call);",
        "let call = fetch(); self.call.x(); X { call: 1 };",
        "let call = async { 1 };",
        "let call = (fetch());",
        "let span = fetch(); span!(x);",
        "let call = fetch(); if !(self.call) {}",
        "select! { _ = x => { let call = fetch(); self.call.x(); \"call\"; } }",
    ] {
        assert!(signs(unused).contains(&UNUSED_LET), "{unused}");
    }
    for used in [
        "let call = fetch(); call.await;",
        "let call = fetch(); X { call };",
        "let call = fetch(); println!(\"{call}\");",
        "let call = fetch(); custom!(self.call);",
        "let call = fetch(); { let x = || y(call); x }",
        "let call = fetch()?;",
        "let call = fetch().await;",
        "let (call, other) = fetch();",
        "let call = numbers.len();",
    ] {
        assert!(!signs(used).contains(&UNUSED_LET), "{used}");
    }
}

#[test]
fn what_is_thrown_away_and_what_is_not() {
    for (body, sign) in [
        ("let _ = x;", IGNORED),
        ("_ = x();", IGNORED),
        ("let (_) = x;", IGNORED),
        ("sleep(x);", DROPPED_FUTURE),
        ("tokio::fs::write(x, y);", DROPPED_FUTURE),
        ("async { x };", DROPPED_FUTURE),
        ("use tokio::time::sleep as nap; nap(x);", DROPPED_FUTURE),
        ("async fn inner() {} inner();", DROPPED_FUTURE),
        ("for x in y { match z().await { Ok(v) => {} Err(e) => {} } }", OUTCOME_IN_LOOP),
        ("while x { if z().is_err() {} }", OUTCOME_IN_LOOP),
        ("for x in unsafe { y() } { if z().is_err() {} }", OUTCOME_IN_LOOP),
        ("let x = vec![Arc::new(y); 3]; x", REPEATED),
        ("for x in map.iter().take(3) { if x { y().await } }", WAITING_ITERATION),
        ("let all = map.iter(); for x in all { y().await }", WAITING_ITERATION),
        (
            "let mut all = map.iter().map(|x| x); while let Some(x) = all.next() { y().await }",
            WAITING_ITERATION,
        ),
    ] {
        assert!(signs(body).contains(&sign), "{sign}: {body}");
    }
    for (body, sign) in [
        ("match x { _ => y }", IGNORED),
        ("let (_, x) = y;", IGNORED),
        ("sleep(x).await;", DROPPED_FUTURE),
        ("list.push(x);", DROPPED_FUTURE),
        ("tokio::spawn(async move { x }); go(1);", DROPPED_FUTURE),
        ("match z().await { Ok(v) => {} Err(e) => {} } for x in y {} return Err(e);", OUTCOME_IN_LOOP),
        ("for x in y {} if z { return Err(e); }", OUTCOME_IN_LOOP),
        ("let x = vec![y, z]; x", REPEATED),
        ("for x in map.iter() { y(x) } z().await", WAITING_ITERATION),
        ("let x = map.iter().max(); for y in x { z().await }", WAITING_ITERATION),
    ] {
        assert!(!signs(body).contains(&sign), "{sign}: {body}");
    }
}
