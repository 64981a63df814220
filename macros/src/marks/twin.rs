//! What stands beside a marked function, for callers in this crate and in others to find.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident};
use steadfast_rules::FunctionMark;
use syn::Attribute;
use syn::ext::IdentExt;

use super::Marks;
use super::parse::Settings;
use crate::expand::generated;
use crate::parse::Function;
use crate::parse::crate_path;
use crate::parse::function::Body;

/// The number by which the mark of a function with this name is told from others in scope. Callers in other crates, and of
/// other versions of these macros, look for the same.
pub(crate) fn number(mark: FunctionMark, name: &str) -> u64 {
    match mark {
        FunctionMark::Blocking => hash(name),
        FunctionMark::CancelUnsafe => hash(&format!("cancel_unsafe {name}")),
    }
}

/// The method that marks the one called `name`.
pub(crate) fn method(mark: FunctionMark, name: &str) -> String {
    format!("__{}_query_{name}", mark.attribute())
}

/// FNV-1a with 64 bits.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The type of the mark's answer, which is its value, too.
fn answer(mark: FunctionMark, private: &TokenStream) -> TokenStream {
    match mark {
        FunctionMark::Blocking => generated!(#private::Blocks),
        FunctionMark::CancelUnsafe => generated!(#private::CancelUnsafe),
    }
}

// Input:
//     #[blocking]
//     pub fn load(path: &Path) -> Config { BODY }
//
// Output:
//     pub fn load(path: &Path) -> Config { BODY }
//     pub trait load {
//         fn __steadfast_marked(self) -> Blocks;
//     }
//     impl load for Probe<14848065251155538409> {
//         fn __steadfast_marked(self) -> Blocks { Blocks }
//     }
//
// and of a method:
//     pub fn __blocking_query_load(&self) -> Blocks { Blocks }
pub(super) fn of<M: Marks>(settings: &Settings<M>, item: &Function) -> TokenStream {
    let private = crate_path::private(settings.krate.get());
    let (visibility, name) = (&item.visibility, &item.signature.ident);
    let answer = answer(M::MARK, &private);
    // There are two of a function that is written once for each platform.
    let cfgs: Vec<&Attribute> =
        item.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let in_impl = item.is_method() || mentions_self_type(item);
    if !in_impl && !settings.is_inherent() {
        // Of this crate's making, so that no lint looks at it. Names of traits and of functions do not meet: whoever
        // imports the function imports its mark, and has the mark's method in scope.
        let number = number(M::MARK, &name.unraw().to_string());
        let mut twin = name.clone();
        twin.set_span(Span::mixed_site().located_at(name.span()));
        return generated! {
            #(#cfgs)*
            #[doc(hidden)]
            #visibility trait #twin {
                fn __steadfast_marked(self) -> #answer;
            }
            #(#cfgs)*
            impl #twin for #private::question::Probe<#number> {
                fn __steadfast_marked(self) -> #answer {
                    #answer
                }
            }
        };
    }
    // Without a visibility it may belong to a trait, where nothing can be added.
    if !item.is_public() && !settings.is_inherent() {
        return TokenStream::new();
    }
    let query = format_ident!("{}", method(M::MARK, &name.unraw().to_string()), span = Span::mixed_site());
    let receiver = item.is_method().then(|| generated!(&self));
    generated! {
        #(#cfgs)*
        #[doc(hidden)]
        #visibility fn #query(#receiver) -> #answer {
            #answer
        }
    }
}

/// Only a function inside of an `impl` or a `trait` knows `Self`.
fn mentions_self_type(item: &Function) -> bool {
    let in_body = match &item.body {
        Body::Block { group, .. } => has_self_type(group.stream()),
        Body::Missing(_) => true,
    };
    in_body || has_self_type(item.signature.to_token_stream())
}

fn has_self_type(tokens: TokenStream) -> bool {
    let mut nested_item = false;
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) if word == "impl" || word == "trait" => {
            // An item inside of the body has a `Self` of its own; `impl Trait` in a type ends before any braces.
            nested_item = true;
            false
        }
        TokenTree::Ident(word) => word == "Self",
        TokenTree::Group(group) if nested_item && group.delimiter() == Delimiter::Brace => {
            nested_item = false;
            false
        }
        TokenTree::Group(group) => has_self_type(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn the_numbers_are_those_of_fnv_1a() {
        // From the test vectors of its authors, draft-eastlake-fnv.
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }
}
