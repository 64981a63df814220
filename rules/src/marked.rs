//! Which functions may be marked with `#[blocking]`.

use std::collections::HashSet;

/// The names of functions and methods that may be marked with `#[steadfast::blocking]`, in any crate. To ask the compiler
/// about every call is dear, and hardly any function is marked.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum MarkedNames {
    /// No function is marked.
    #[default]
    None,
    /// Functions of these names, and no others.
    Only(HashSet<String>),
    /// Nothing is known: any function may be.
    Any,
}

impl MarkedNames {
    /// Whether a function of this name may be marked.
    pub fn contains(&self, name: &str) -> bool {
        match self {
            Self::None => false,
            Self::Only(names) => names.contains(name),
            Self::Any => true,
        }
    }
}
