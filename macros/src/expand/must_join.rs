use proc_macro2::TokenStream;
use quote::ToTokens;

use super::{Inner, Plan, generated};
use crate::parse::MustJoin;
use crate::parse::must_join::{Cancel, OnError, Panics};
use crate::validate::ZERO_TASKS;

impl Plan<'_> {
    // Input:
    //     BODY
    //
    // Output, where a task can fail in the function's name:
    //     let failed = must_join::Returned::<OUTPUT>::new().failed();
    //     match must_join::join(&__STEADFAST_SITE, must_join::Options::new(), failed, async move { BODY }).await {
    //         Ok(value) => value,
    //         Err(failure) => must_join::Returned::<OUTPUT>::new().end(failure),
    //     }
    pub(super) fn must_join(&mut self, inner: Inner, fails: bool) -> Inner {
        let Some(policy) = self.stack.must_join.as_ref().filter(|policy| !policy.scope.is_set()) else {
            return inner;
        };
        let private = self.private.clone();
        let options = self.join_options(policy);
        let future = self.future(inner, self.stack.retry.is_none());
        let output = returned(self.output.edge.as_ref());
        let failed = generated!(#private::must_join::Returned::<#output>::new().failed());
        if !fails && policy.timeout.get().is_none() {
            return Inner::Value {
                value: generated!(#private::must_join::join_all(&__STEADFAST_SITE, #options, #failed, #future).await),
                edge: false,
            };
        }
        let elapsed = policy.timeout.get().map(|_| {
            let refused = self.refuse(&generated!(error), policy.map_err.get());
            generated!(::core::result::Result::Err(#private::must_join::Failure::TimedOut(error)) => #refused,)
        });
        Inner::Matched {
            future: generated!(#private::must_join::join(&__STEADFAST_SITE, #options, #failed, #future)),
            arms: generated! {
                ::core::result::Result::Ok(value) => value,
                #elapsed
                ::core::result::Result::Err(failure) => #private::must_join::Returned::<#output>::new().end(failure),
            },
        }
    }

    fn join_options(&mut self, policy: &MustJoin) -> TokenStream {
        let private = self.private.clone();
        let mut options = generated!(#private::must_join::Options::new());
        if let Some(limit) = policy.limit.get() {
            if limit.is_constant() {
                self.check_not_zero(limit, false, ZERO_TASKS);
            }
            let tokens = self.once("task_limit", &generated!(usize), limit, &limit.to_token_stream());
            options = generated!(#options.limit(#tokens));
        }
        for (name, duration) in [("grace", policy.grace.get()), ("timeout", policy.timeout.get())] {
            let Some(duration) = duration else { continue };
            let ty = generated!(#private::Duration);
            let tokens = self.once(name, &ty, duration, &duration.tokens(&private));
            let setter = proc_macro2::Ident::new(name, proc_macro2::Span::mixed_site());
            options = generated!(#options.#setter(#tokens));
        }
        if policy.cancel.get() == Some(&Cancel::Graceful) {
            options = generated!(#options.graceful());
        }
        if policy.panics.get() == Some(&Panics::Collect) {
            options = generated!(#options.collect_panics());
        }
        if policy.on_error() == OnError::Collect {
            options = generated!(#options.collect_errors());
        }
        options
    }

    // Input:
    //     BODY
    //
    // Output:
    //     shield(&__STEADFAST_SITE, async move { BODY }).await
    pub(super) fn shield(&mut self, inner: Inner) -> Inner {
        if self.stack.shield.is_none() {
            return inner;
        }
        let private = &self.private;
        let future = self.future(inner, true);
        Inner::Value { value: generated!(#private::shield(&__STEADFAST_SITE, #future).await), edge: false }
    }
}

/// The return type as it may stand in a turbofish: only its error counts.
pub(crate) fn returned(output: Option<&TokenStream>) -> TokenStream {
    let Some(output) = output else { return generated!(()) };
    output
        .clone()
        .into_iter()
        .map(|token| match token {
            proc_macro2::TokenTree::Ident(word) if word == "_" => generated!(()),
            proc_macro2::TokenTree::Group(group) => {
                let mut inner = proc_macro2::Group::new(group.delimiter(), returned(Some(&group.stream())));
                inner.set_span(group.span());
                proc_macro2::TokenTree::Group(inner).into()
            }
            other => TokenStream::from(other),
        })
        .collect()
}
