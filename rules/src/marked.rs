//! Functions that their owner marked, for those who call them.

use std::collections::HashSet;

/// What an attribute of Steadfast says of a function to whoever calls it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FunctionMark {
    /// `#[steadfast::blocking]`: it blocks the thread.
    Blocking,
    /// `#[steadfast::cancel_unsafe]`: something is lost when its future is dropped half-way.
    CancelUnsafe,
}

impl FunctionMark {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Blocking, Self::CancelUnsafe];

    /// The name of the attribute.
    #[must_use]
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Blocking => "blocking",
            Self::CancelUnsafe => "cancel_unsafe",
        }
    }
}

/// The functions that the compiler is asked about, for each mark.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Marked {
    /// Those that may be marked with `#[steadfast::blocking]`.
    pub blocking: MarkedNames,
    /// Those that may be marked with `#[steadfast::cancel_unsafe]`.
    pub cancel_unsafe: MarkedNames,
}

impl Marked {
    /// The names that may have this mark.
    #[must_use]
    pub const fn with(&self, mark: FunctionMark) -> &MarkedNames {
        match mark {
            FunctionMark::Blocking => &self.blocking,
            FunctionMark::CancelUnsafe => &self.cancel_unsafe,
        }
    }
}

/// The names of functions and methods that may have a mark, in any crate. To ask the compiler about every call is dear,
/// and hardly any function is marked.
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

/// Whether a type of the language has this name, which is written as that of a function is.
#[must_use]
pub fn is_primitive_type(name: &str) -> bool {
    matches!(
        name,
        "bool"
            | "char"
            | "f32"
            | "f64"
            | "i8"
            | "i16"
            | "i32"
            | "i64"
            | "i128"
            | "isize"
            | "str"
            | "u8"
            | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "usize"
    )
}
