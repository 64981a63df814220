//! Duration literals: `250ms`, `2s`, `0.5s`, `1m30s`.

use std::time::Duration;

use proc_macro2::{Group, Literal, Spacing, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::Lit;

const UNITS: [(&str, u64); 7] = [
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
    ("d", 86_400_000_000_000),
];

/// How a number that should be a duration reads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    Duration(Duration),
    /// A number without a unit; so many seconds, where seconds may go without saying.
    Bare(Duration),
    /// Not a duration, and what to write instead.
    Mistake(String),
}

/// Reads a number literal as a duration; `None` if it is no number.
pub(crate) fn read(lit: &Lit) -> Option<Reading> {
    let text = match lit {
        Lit::Int(number) => number.token().to_string(),
        Lit::Float(number) => number.token().to_string(),
        _ => return None,
    };
    Some(read_text(&text))
}

/// The literal that a number and a unit behind it would be without the space between them; `None` if they are none.
pub(super) fn joined(number: &Literal, unit: &str) -> Option<Literal> {
    let is_unit = UNITS.iter().any(|(name, _)| *name == unit);
    let is_number = matches!(read_text(&number.to_string()), Reading::Bare(_));
    let mut literal: Literal =
        (is_unit && is_number).then(|| format!("{number}{unit}").parse().ok()).flatten()?;
    literal.set_span(number.span());
    Some(literal)
}

pub(crate) fn read_text(text: &str) -> Reading {
    let plain: String = text.chars().filter(|c| *c != '_').collect();
    if plain.len() > 1 && plain.starts_with('0') && plain[1..].starts_with(['x', 'o', 'b']) {
        return Reading::Mistake(format!("`{text}` is no duration: write it in decimal, such as `250ms`"));
    }
    if plain.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return match nanoseconds(&plain, 1_000_000_000).and_then(duration) {
            Some(seconds) => Reading::Bare(seconds),
            None => too_long(text),
        };
    }
    read_parts(text, &plain)
}

/// Reads number and unit in turn, units from large to small, as in `1h30m`.
fn read_parts(text: &str, plain: &str) -> Reading {
    let mut rest = plain;
    let mut total: u128 = 0;
    let mut last_unit = u64::MAX;
    while !rest.is_empty() {
        let (number, tail) =
            rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len()));
        let (unit, tail) =
            tail.split_at(tail.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(tail.len()));
        let Some((_, scale)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            return unknown_unit(text, number, unit);
        };
        if *scale >= last_unit {
            return Reading::Mistake(format!(
                "`{text}` is no duration: units go from large to small, as in `1m30s`"
            ));
        }
        let Some(part) = nanoseconds(number, *scale) else {
            return Reading::Mistake(format!("`{text}` is no duration: `{number}` is no number"));
        };
        last_unit = *scale;
        total = total.saturating_add(part);
        rest = tail;
    }
    duration(total).map_or_else(|| too_long(text), Reading::Duration)
}

fn unknown_unit(text: &str, number: &str, unit: &str) -> Reading {
    let meant = match unit.to_ascii_lowercase().as_str() {
        "msec" | "msecs" | "millis" | "milliseconds" => Some("ms"),
        "sec" | "secs" | "second" | "seconds" => Some("s"),
        "min" | "mins" | "minute" | "minutes" => Some("m"),
        "hr" | "hrs" | "hour" | "hours" => Some("h"),
        "day" | "days" => Some("d"),
        "µs" | "usec" | "micros" => Some("us"),
        "nsec" | "nanos" => Some("ns"),
        lower => UNITS.iter().map(|(name, _)| *name).find(|name| *name == lower),
    };
    Reading::Mistake(match meant {
        Some(meant) => format!("unknown unit `{unit}` in `{text}`: write `{number}{meant}`"),
        None if unit.is_empty() => {
            format!("`{number}` in `{text}` has no unit: add one of ns, us, ms, s, m, h, d")
        }
        None => format!(
            "unknown unit `{unit}` in `{text}`: a duration is a number and one of ns, us, ms, s, m, h, d"
        ),
    })
}

fn too_long(text: &str) -> Reading {
    Reading::Mistake(format!("`{text}` is longer than a duration can be"))
}

/// `number × scale`, exactly: a fraction of a nanosecond is cut off.
fn nanoseconds(number: &str, scale: u64) -> Option<u128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || fraction.contains('.') {
        return None;
    }
    let mut total = whole.parse::<u128>().ok()?.checked_mul(u128::from(scale))?;
    let mut unit = u128::from(scale);
    for digit in fraction.bytes() {
        unit /= 10;
        total = total.checked_add(unit * u128::from(digit - b'0'))?;
    }
    Some(total)
}

fn duration(nanoseconds: u128) -> Option<Duration> {
    let seconds = u64::try_from(nanoseconds / 1_000_000_000).ok()?;
    let rest = u32::try_from(nanoseconds % 1_000_000_000).ok()?;
    Some(Duration::new(seconds, rest))
}

/// The constructor that a person would write.
pub(crate) fn tokens(duration: Duration, span: proc_macro2::Span, private: &TokenStream) -> TokenStream {
    let nanos = duration.subsec_nanos();
    let (name, number) = if nanos == 0 {
        ("from_secs", Literal::u64_unsuffixed(duration.as_secs()))
    } else if nanos % 1_000_000 == 0 && duration.as_secs() < u64::MAX / 1_000 {
        ("from_millis", Literal::u64_unsuffixed(duration.as_secs() * 1_000 + u64::from(nanos / 1_000_000)))
    } else {
        let seconds = Literal::u64_unsuffixed(duration.as_secs());
        let nanos = Literal::u32_unsuffixed(nanos);
        return quote_spanned!(span=> #private::Duration::new(#seconds, #nanos));
    };
    let name = proc_macro2::Ident::new(name, span);
    quote_spanned!(span=> #private::Duration::#name(#number))
}

/// Turns the duration literals inside an expression, as in `self.base + 250ms`, into durations.
pub(crate) fn replace_literals(expression: TokenStream, private: &TokenStream) -> TokenStream {
    let mut after_dot = false;
    expression
        .into_iter()
        .flat_map(|token| {
            let field = std::mem::replace(
                &mut after_dot,
                matches!(&token, TokenTree::Punct(p) if p.as_char() == '.' && p.spacing() == Spacing::Alone),
            );
            match token {
                TokenTree::Literal(literal) if !field => replaced(literal, private),
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), replace_literals(group.stream(), private));
                    inner.set_span(group.span());
                    TokenStream::from(TokenTree::Group(inner))
                }
                other => other.into(),
            }
        })
        .collect()
}

fn replaced(literal: Literal, private: &TokenStream) -> TokenStream {
    let text = literal.to_string();
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        if let Reading::Duration(duration) = read_text(&text) {
            return tokens(duration, literal.span(), private);
        }
    }
    TokenTree::Literal(literal).into()
}

/// As a person would write it: `1m 30s`, `250ms`.
pub(crate) fn human(duration: Duration) -> String {
    let mut left = duration.as_nanos();
    if left == 0 {
        return "0s".to_owned();
    }
    let mut parts = Vec::new();
    for (unit, scale) in UNITS.iter().rev() {
        let scale = u128::from(*scale);
        if left >= scale {
            parts.push(format!("{}{unit}", left / scale));
            left %= scale;
        }
    }
    // Beyond two units the rest is noise.
    parts.truncate(2);
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duration_of(text: &str) -> Duration {
        match read_text(text) {
            Reading::Duration(duration) => duration,
            other => panic!("{text}: {other:?}"),
        }
    }

    fn mistake(text: &str) -> String {
        match read_text(text) {
            Reading::Mistake(message) => message,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn reads_what_people_write() {
        assert_eq!(duration_of("250ms"), Duration::from_millis(250));
        assert_eq!(duration_of("2s"), Duration::from_secs(2));
        assert_eq!(duration_of("0.5s"), Duration::from_millis(500));
        assert_eq!(duration_of("1m30s"), Duration::from_secs(90));
        assert_eq!(duration_of("1h2m3s4ms"), Duration::from_millis(3_723_004));
        assert_eq!(duration_of("1_000ms"), Duration::from_secs(1));
        assert_eq!(duration_of("7d"), Duration::from_secs(7 * 86_400));
        assert_eq!(duration_of("1.5m"), Duration::from_secs(90));
        assert_eq!(duration_of("0s"), Duration::ZERO);
        assert_eq!(read_text("5"), Reading::Bare(Duration::from_secs(5)));
        assert_eq!(read_text("0.25"), Reading::Bare(Duration::from_millis(250)));
    }

    #[test]
    fn says_what_to_write_instead() {
        assert_eq!(mistake("2sec"), "unknown unit `sec` in `2sec`: write `2s`");
        assert_eq!(mistake("2S"), "unknown unit `S` in `2S`: write `2s`");
        assert!(mistake("30s1m").contains("from large to small"));
        assert!(mistake("0x2s").contains("decimal"));
        assert!(mistake("1m30").contains("has no unit"));
        assert!(mistake("2parsec").contains("one of ns, us, ms, s, m, h, d"));
        assert!(mistake("99999999999999999999d").contains("longer than"));
        assert!(mistake("8u32").contains("unknown unit `u`"));
    }

    #[test]
    fn never_panics_and_reads_back_what_it_prints() {
        let mut seed = 42_u64;
        for _ in 0..20_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let alphabet = b"0123456789._smhdunx";
            let text: String = (0..seed % 9)
                .map(|i| alphabet[usize::try_from((seed >> (i * 5)) % 19).unwrap_or(0)] as char)
                .collect();
            let _ = read_text(&format!("1{text}"));
            let millis = Duration::from_millis(seed % 1_000_000);
            assert_eq!(duration_of(&format!("{}ms", millis.as_millis())), millis);
        }
    }

    #[test]
    fn replaces_literals_inside_expressions_only() {
        let private = quote::quote!(::steadfast::__private);
        let replaced = replace_literals(quote::quote!(self.base.max(2s) + pair.0), &private);
        let expected = quote::quote!(self.base.max(::steadfast::__private::Duration::from_secs(2)) + pair.0);
        assert_eq!(replaced.to_string(), expected.to_string());
    }
}
