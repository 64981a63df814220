//! `STEADFAST_DEBUG` and what goes with it.

use std::env::{self, VarError};
use std::time::Duration;

use super::watch::Watch;

const DEBUG: &str = "STEADFAST_DEBUG";
const SLOW_POLL: &str = "STEADFAST_SLOW_POLL";
const BLOCKED: &str = "STEADFAST_BLOCKED";

/// What to watch, if anything: `said` in the program wins over the environment, where a value that makes no sense is told
/// and otherwise as good as none.
pub(crate) fn watch(said: Option<bool>) -> Option<Watch> {
    said.unwrap_or_else(|| read(DEBUG, is_on).unwrap_or(false)).then(|| {
        let mut watch = Watch::new();
        if let Some(limit) = read(SLOW_POLL, duration) {
            watch = watch.slow_poll(limit);
        }
        if let Some(limit) = read(BLOCKED, duration) {
            watch = watch.blocked_after(limit);
        }
        watch
    })
}

fn read<T>(variable: &str, parse: fn(&str) -> Result<T, String>) -> Option<T> {
    let value = match env::var(variable) {
        Ok(value) => value,
        Err(VarError::NotPresent) => return None,
        Err(VarError::NotUnicode(value)) => value.to_string_lossy().into_owned(),
    };
    let parsed = parse(value.trim());
    parsed.map_err(|why| eprintln!("steadfast: the environment variable `{variable}` is ignored: {why}")).ok()
}

fn is_on(value: &str) -> Result<bool, String> {
    match value {
        "1" | "true" | "yes" | "on" => Ok(true),
        "" | "0" | "false" | "no" | "off" => Ok(false),
        _ => Err(format!("`{value}` is neither on nor off; write `{DEBUG}=1` or `{DEBUG}=0`")),
    }
}

/// As the attributes write it: `250ms`, `0.5s`, `1m30s`.
fn duration(value: &str) -> Result<Duration, String> {
    if value.is_empty() {
        return Err("it is empty; write a time such as `50ms`".to_owned());
    }
    let mut total = Duration::ZERO;
    let mut rest = value;
    while !rest.is_empty() {
        let (part, behind) = first_part(rest).ok_or_else(|| no_duration(value))?;
        total = total.checked_add(part).ok_or_else(|| no_duration(value))?;
        rest = behind;
    }
    if total.is_zero() {
        return Err(format!("`{value}` would tell of everything; write at least `1ms`"));
    }
    Ok(total)
}

/// A number with its unit, and what stands behind it.
fn first_part(text: &str) -> Option<(Duration, &str)> {
    let unit_at = text.find(|char: char| char != '.' && !char.is_ascii_digit())?;
    let (number, rest) = text.split_at(unit_at);
    let number_at = rest.find(|char: char| char == '.' || char.is_ascii_digit()).unwrap_or(rest.len());
    let (unit, rest) = rest.split_at(number_at);
    let seconds = match unit {
        "us" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return None,
    };
    let number: f64 = number.parse().ok()?;
    Some((Duration::try_from_secs_f64(number * seconds).ok()?, rest))
}

fn no_duration(value: &str) -> String {
    if value.parse::<f64>().is_ok() {
        format!("`{value}` has no unit; write `{value}ms` or `{value}s`")
    } else {
        format!("`{value}` is no length of time; write one such as `50ms`, `0.5s` or `1m30s`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_word_says_on_or_off_and_anything_else_is_told() {
        for yes in ["1", "true", "yes", "on"] {
            assert_eq!(is_on(yes), Ok(true), "{yes:?}");
        }
        for no in ["", "0", "false", "no", "off"] {
            assert_eq!(is_on(no), Ok(false), "{no:?}");
        }
        let told = "`ture` is neither on nor off; write `STEADFAST_DEBUG=1` or `STEADFAST_DEBUG=0`";
        assert_eq!(is_on("ture"), Err(told.to_owned()));
    }

    #[test]
    fn lengths_of_time_are_those_of_the_attributes() {
        let lengths = [("50ms", 50), ("0.5s", 500), ("1m30s", 90_000), ("1h", 3_600_000), ("1500us", 1)];
        for (text, millis) in lengths {
            assert_eq!(duration(text).unwrap().as_millis(), millis, "{text}");
        }
    }

    #[test]
    fn what_is_no_length_of_time_is_told_with_what_to_write() {
        let mistakes = [
            ("", "it is empty; write a time such as `50ms`"),
            ("50", "`50` has no unit; write `50ms` or `50s`"),
            ("0ms", "`0ms` would tell of everything; write at least `1ms`"),
            ("fast", "`fast` is no length of time; write one such as `50ms`, `0.5s` or `1m30s`"),
            ("5 ms", "`5 ms` is no length of time; write one such as `50ms`, `0.5s` or `1m30s`"),
            ("1.2.3s", "`1.2.3s` is no length of time; write one such as `50ms`, `0.5s` or `1m30s`"),
            ("-1s", "`-1s` is no length of time; write one such as `50ms`, `0.5s` or `1m30s`"),
            (
                "99999999999999999999h",
                "`99999999999999999999h` is no length of time; write one such as `50ms`, `0.5s` or `1m30s`",
            ),
        ];
        for (text, told) in mistakes {
            assert_eq!(duration(text), Err(told.to_owned()), "{text}");
        }
    }
}
