//! The `Retry-After` header of HTTP, for `retry_after = ..`. Needs the feature `http`.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;

/// How long a response asks to wait: `Retry-After` as seconds or as a date (RFC 9110, section 10.2.3).
///
/// A date in the past asks for nothing and gives zero. `None` without the header, and if it is neither: a value that
/// cannot be read is no reason to wait, nor to hurry.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use http::HeaderMap;
///
/// let mut headers = HeaderMap::new();
/// assert_eq!(steadfast::http::retry_after(&headers), None);
/// headers.insert("retry-after", "120".parse().unwrap());
/// assert_eq!(steadfast::http::retry_after(&headers), Some(Duration::from_secs(120)));
/// ```
#[must_use]
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().expect("a header value"));
        retry_after(&headers)
    }

    #[test]
    fn reads_seconds_and_dates() {
        assert_eq!(of("0"), Some(Duration::ZERO));
        assert_eq!(of(" 7 "), Some(Duration::from_secs(7)));
        assert_eq!(of("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        let ahead = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3_600));
        assert!(of(&ahead).is_some_and(|hint| hint > Duration::from_secs(3_500)));
    }

    #[test]
    fn ignores_what_it_cannot_read() {
        for value in ["-1", "soon", "1.5", "99999999999999999999999"] {
            assert_eq!(of(value), None, "{value}");
        }
    }
}
