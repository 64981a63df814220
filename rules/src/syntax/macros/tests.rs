//! How the arguments of known macros are read.

use quote::ToTokens;
use syn::{Macro, parse_quote};

use super::{Part, Position, parts};

fn describe(mac: &Macro) -> Vec<String> {
    let tokens = |tokens: &dyn ToTokens| tokens.to_token_stream().to_string();
    let describe = |part: Part| match part {
        Part::Expr(expr, Position::Value) => format!("value {}", tokens(&expr)),
        Part::Expr(expr, Position::Operand) => format!("operand {}", tokens(&expr)),
        Part::Expr(expr, Position::Place) => format!("place {}", tokens(&expr)),
        Part::Branch(branch) => {
            let future = branch.future.map(|future| format!(" = {}", tokens(&future))).unwrap_or_default();
            let handler = branch.handler.map(|handler| tokens(&handler)).unwrap_or_default();
            format!("branch {}{future} if {} => {handler}", tokens(&branch.pattern), tokens(&branch.guard))
        }
        Part::Statements(statements) => format!("{} statements", statements.len()),
        Part::Generator(statements) => format!("generator of {}", statements.len()),
        Part::Opaque => "opaque".to_owned(),
    };
    parts(mac).into_iter().map(describe).collect()
}

macro_rules! macros {
    ($($name:ident { $($mac:tt)* } => $expected:expr;)*) => {$(
        #[test]
        fn $name() {
            let expected: &[&str] = &$expected;
            assert_eq!(describe(&parse_quote! { $($mac)* }), expected);
        }
    )*};
}

macros! {
    format {
        format!("{} {x}", f::<A, B>(y), x = |a, b| a)
    } => ["place \"{} {x}\"", "place f :: < A , B > (y)", "place | a , b | a"];
    a_message_that_is_no_literal { panic!(MESSAGE) } => ["place MESSAGE"];
    event_fields { info!(target: "t", user.id, http.status = %s, ?e, "k" = v, n=-1, "m") } =>
        ["place \"t\"", "place user . id", "place s", "place e", "place v", "place - 1", "place \"m\""];
    log_fields { info!(a = 1, b = x; "m {}", y) } => ["place 1", "place x", "place \"m {}\"", "place y"];
    comparison_is_no_field { assert!(a == b, "m") } => ["place a == b", "place \"m\""];
    a_path_is_no_field { assert!(a::b, c.d) } => ["place a :: b", "place c . d"];
    raised_value { bail!(error) } => ["value error"];
    raised_text { bail!("no {}", id) } => ["place \"no {}\"", "place id"];
    vec_list { vec![a, b,] } => ["value a", "value b"];
    vec_repeat { vec![a; n] } => ["value a", "operand n"];
    pin_statements { pin! { let a = f(); let b = g(); } } => ["2 statements"];
    biased { join!(biased; a, b) } => ["value a", "value b"];
    a_future_called_biased { join!(biased, b) } => ["value biased", "value b"];
    json { json!({ "a": [x, { b: y }], (c): null, }) } => ["place x", "place y", "place c", "place null"];
    matched { matches!(x, Some(1) | None if y) } => ["place x", "branch Some (1) | None if y => "];
    matched_and_bound { matches!(x, Some(y) if y > 2) } => ["operand x", "branch Some (y) if y > 2 => "];
    matched_with_a_message {
        assert_matches!(x, None, "m {}", y)
    } => ["place x", "branch None if  => ", "place \"m {}\"", "place y"];
    select { select! { biased; Some(x) = a.recv(), if ready => { x } y = b => f(y), else => z } } => [
        "branch Some (x) = a . recv () if ready => { x }", "branch y = b if  => f (y)", "branch  if  => z"
    ];
    select_of_futures { select! { () = a => 1, complete => break, default => 2 } } =>
        ["branch () = a if  => 1", "branch  if  => break", "branch  if  => 2"];
    generator { try_stream! { let x = f().await?; yield x; } } => ["generator of 2"];
    applied { steadfast::apply!(retry(on = any), timeout(2s); get(url)) } => ["value get (url)"];
    inert { stringify!(a + b) } => [];
    query {
        sqlx::query_as!(User, "select $1", id as _)
    } => ["place User", "place \"select $1\"", "place id as _"];
    unknown { mystery!(a => b) } => ["opaque"];
    unreadable { vec![a => b] } => ["opaque"];
    raw_name { r#format!("x") } => ["place \"x\""];
}
