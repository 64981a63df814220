//! An error's text for an event, whatever its type can do.
//!
//! An event wants to show the error, and the error need not implement anything. The expansion calls
//! `(&&Describe(error)).describe()`: method lookup tries the most borrowed receiver first, so it finds `Display`, then
//! `Debug`, then the type's name (the "autoref specialisation" that dtolnay described in 2019).

use std::fmt;

/// What an attempt failed with, as text: by `Display`, else by `Debug`, else the name of its type.
#[derive(Clone, Copy)]
pub struct ErrorText<'a>(Text<'a>);

#[derive(Clone, Copy)]
enum Text<'a> {
    Display(&'a dyn fmt::Display),
    Debug(&'a dyn fmt::Debug),
    Type(&'static str),
}

impl ErrorText<'_> {
    pub(crate) fn of_value() -> ErrorText<'static> {
        ErrorText(Text::Type("a value that asks for another try"))
    }
}

impl fmt::Display for ErrorText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Text::Display(error) => error.fmt(f),
            Text::Debug(error) => error.fmt(f),
            Text::Type(name) => f.write_str(name),
        }
    }
}

impl fmt::Debug for ErrorText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Finds the text by what the error's type implements.
#[derive(Debug)]
pub struct Describe<'a, E>(pub &'a E);

// Not derived: the derives would ask the same of `E`.
impl<E> Clone for Describe<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Describe<'_, E> {}

/// The first choice.
pub trait ByDisplay<'a> {
    /// By `Display`.
    fn describe(self) -> ErrorText<'a>;
}

impl<'a, E: fmt::Display> ByDisplay<'a> for &&Describe<'a, E> {
    fn describe(self) -> ErrorText<'a> {
        ErrorText(Text::Display(self.0))
    }
}

/// The second choice.
pub trait ByDebug<'a> {
    /// By `Debug`.
    fn describe(self) -> ErrorText<'a>;
}

impl<'a, E: fmt::Debug> ByDebug<'a> for &Describe<'a, E> {
    fn describe(self) -> ErrorText<'a> {
        ErrorText(Text::Debug(self.0))
    }
}

/// The last choice.
pub trait ByType<'a> {
    /// By the name of the type.
    fn describe(self) -> ErrorText<'a>;
}

impl<'a, E> ByType<'a> for Describe<'a, E> {
    fn describe(self) -> ErrorText<'a> {
        ErrorText(Text::Type(std::any::type_name::<E>()))
    }
}

#[cfg(test)]
#[expect(
    clippy::needless_borrow,
    reason = "as the expansion writes it: lookup starts at the most borrowed receiver"
)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct OnlyDebug;
    struct Neither;

    #[test]
    fn takes_the_best_text_there_is() {
        assert_eq!((&&Describe(&"display")).describe().to_string(), "display");
        assert_eq!((&&Describe(&OnlyDebug)).describe().to_string(), "OnlyDebug");
        assert!((&&Describe(&Neither)).describe().to_string().ends_with("Neither"));
    }

    #[test]
    fn a_generic_error_shows_what_its_bounds_allow() {
        fn of<E: fmt::Debug>(error: &E) -> String {
            (&&Describe(error)).describe().to_string()
        }
        assert_eq!(of(&OnlyDebug), "OnlyDebug");
    }
}
