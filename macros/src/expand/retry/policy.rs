//! What does not change during a call: written down once per function where it is constant, once per call where not.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::is_field_of_self;
use crate::expand::{Plan, generated, located, reference};
use crate::parse::argument::{Argument, DurationArgument, first_span};
use crate::parse::backoff::{Backoff, Kind, Number};
use crate::parse::budget::Budget;
use crate::parse::retry::{Attempts, Jitter, Nested, Retry};
use crate::validate::{CAP_BELOW_BASE, ZERO_ATTEMPTS, zero};

impl Plan<'_> {
    /// Writes the policy down and gives a reference to it.
    pub(super) fn policy(&mut self, policy: &Retry) -> TokenStream {
        let private = self.private.clone();
        if let Some(cancel) = policy.cancel.get().filter(|cancel| !is_field_of_self(cancel)) {
            let cancel = reference(cancel);
            // A token of its own: the body may take the argument.
            self.values.extend(generated!(let cancel = #private::CancellationToken::clone(#cancel);));
        }
        let (hoisted, clamped) = self.hoisted_backoff(policy);
        let backoff = match &hoisted {
            None => (
                generated!(#private::Exponential),
                generated!(#private::Exponential::new(#private::Duration::from_millis(50))),
                true,
            ),
            Some(backoff) => {
                let (ty, mut value) = backoff.tokens(&private);
                if let (Kind::List { delays }, false) = (&backoff.kind, backoff.is_static()) {
                    let delays = delays.iter().map(|delay| delay.tokens(&private));
                    self.values.extend(generated!(let pauses = [#(#delays),*];));
                    value = generated!(#private::List::new(&pauses));
                }
                (ty, value, backoff.is_static())
            }
        };
        let (budget, budget_is_static) = self.budget(policy);
        let fixed = backoff.2 && budget_is_static && numbers(policy).all(|fits| fits);
        let reference = if fixed {
            let (ty, value, _) = &backoff;
            self.statics.extend(generated!(static __STEADFAST_BACKOFF: #ty = #value;));
            generated!(&__STEADFAST_BACKOFF)
        } else {
            let value = reference(&backoff.1);
            self.values.extend(generated!(let backoff: &dyn #private::Backoff = #value;));
            generated!(backoff)
        };
        let mut settings = self.settings(policy, budget);
        settings.extend(clamped);
        if fixed {
            self.statics.extend(generated! {
                static __STEADFAST_RETRY: #private::RetryPolicy<'static> = #private::RetryPolicy::new(#reference)#settings;
            });
            return generated!(&__STEADFAST_RETRY);
        }
        self.values.extend(generated!(let policy = #private::RetryPolicy::new(#reference)#settings;));
        generated!(&policy)
    }

    /// Run-time numbers of the backoff are computed once, and told of where they make no sense.
    fn hoisted_backoff(&mut self, policy: &Retry) -> (Option<Backoff>, TokenStream) {
        let Some(mut backoff) = policy.backoff.clone() else { return (None, TokenStream::new()) };
        let private = self.private.clone();
        let mut clamped = TokenStream::new();
        for (name, number) in backoff.numbers_mut() {
            let name = Ident::new(name, Span::mixed_site());
            match number {
                Number::Duration(argument) if argument.is_runtime() => {
                    let tokens = argument.tokens(&private);
                    self.values.extend(generated!(let #name: #private::Duration = #tokens;));
                    argument.written = name.into_token_stream();
                }
                Number::Ratio(argument) if argument.is_runtime() => {
                    let tokens = &argument.written;
                    self.values.extend(generated!(let #name: f64 = #tokens;));
                    argument.written = name.to_token_stream();
                    clamped.extend(generated!(.clamped_if(#name.is_nan() || #name < 1.0, "factor")));
                }
                Number::Duration(_) | Number::Ratio(_) => {}
            }
        }
        if let (Some(base), Some(cap)) = (backoff.base(), backoff.cap()) {
            if base.is_runtime() || cap.is_runtime() {
                let (base, cap) = (base.tokens(&private), cap.tokens(&private));
                clamped.extend(generated!(.clamped_if(#base > #cap, "cap")));
            }
        }
        (Some(backoff), clamped)
    }

    /// A reference to the budget, and whether that can stand in a static.
    fn budget(&mut self, policy: &Retry) -> (Option<TokenStream>, bool) {
        let private = self.private.clone();
        match policy.budget.get() {
            Some(Budget::None) => (None, true),
            Some(Budget::Named(name)) => {
                self.statics.extend(generated! {
                    static __STEADFAST_BUDGET: #private::NamedBudget = #private::NamedBudget::new(#name);
                });
                (Some(generated!(__STEADFAST_BUDGET.get())), false)
            }
            Some(Budget::Value(budget)) => {
                let at = first_span(&budget.to_token_stream());
                let (span, share) =
                    (Span::mixed_site().located_at(at), located(&private, &generated!(share_budget), at, at));
                let shared = quote_spanned!(span=> #share(&#budget));
                self.values.extend(generated!(let budget = #shared;));
                (Some(generated!(&budget)), false)
            }
            Some(own @ Budget::Own { .. }) => {
                let value = own.own_tokens(&private);
                self.statics.extend(generated!(static __STEADFAST_BUDGET: #private::Budget = #value;));
                (Some(generated!(&__STEADFAST_BUDGET)), true)
            }
            None => {
                self.statics.extend(
                    generated!(static __STEADFAST_BUDGET: #private::Budget = #private::Budget::new();),
                );
                (Some(generated!(&__STEADFAST_BUDGET)), true)
            }
        }
    }

    fn settings(&mut self, policy: &Retry, budget: Option<TokenStream>) -> TokenStream {
        let private = self.private.clone();
        let (count, duration) = (generated!(u32), generated!(#private::Duration));
        let attempts = match (policy.attempts.get(), policy.retries.get()) {
            (Some(Attempts::Unlimited), _) => Some(("unlimited", None)),
            (Some(Attempts::Count(attempts)), _) => Some(("attempts", Some(attempts))),
            (None, Some(retries)) => Some(("retries", Some(retries))),
            // A limit in time alone means as many as fit into it.
            (None, None) if policy.within.is_set() => Some(("unlimited", None)),
            (None, None) => None,
        };
        let attempts = attempts.map(|(name, number)| {
            (name, number.map(|number| self.once(name, &count, number, &number.to_token_stream())))
        });
        let durations = durations(policy).filter_map(|(name, value)| {
            value.map(|value| (name, self.once(name, &duration, value, &value.tokens(&private))))
        });
        let durations: Vec<_> = durations.collect();
        let mut settings = TokenStream::new();
        let mut add = |name: &str, value: Option<TokenStream>| {
            let name = Ident::new(name, Span::mixed_site());
            settings.extend(generated!(.#name(#value)));
        };
        if let Some((name, number)) = attempts {
            add(name, number);
        }
        for (name, value) in durations {
            add(name, Some(value));
        }
        if let Some(jitter) = policy.jitter.get().filter(|jitter| **jitter != Jitter::Full) {
            let variant = Ident::new(&format!("{jitter:?}"), Span::mixed_site());
            add("jitter", Some(generated!(#private::Jitter::#variant)));
        }
        if budget.is_some() {
            add("budget", budget);
        }
        if policy.idempotent.is_set() {
            add("idempotent", None);
        }
        if let Some(nested) = policy.nested.get().filter(|nested| **nested != Nested::Warn) {
            let variant = Ident::new(&format!("{nested:?}"), Span::mixed_site());
            add("nested", Some(generated!(#private::Nested::#variant)));
        }
        self.check_constants(policy);
        settings
    }

    fn check_constants(&mut self, policy: &Retry) {
        let counts = [
            policy.attempts.get().and_then(|attempts| match attempts {
                Attempts::Count(count) => Some(count),
                Attempts::Unlimited => None,
            }),
            policy.retries.get(),
        ];
        for count in counts.into_iter().flatten().filter(|count| count.is_constant()) {
            self.check_not_zero(count, false, ZERO_ATTEMPTS);
        }
        for (name, value) in durations(policy) {
            if let Some(value) = value.filter(|value| value.is_constant()) {
                self.check_not_zero(value, true, &zero(name));
            }
        }
        self.check_constant_cap(policy);
    }

    /// `base > cap` where constants are involved.
    fn check_constant_cap(&mut self, policy: &Retry) {
        let Some(backoff) = &policy.backoff else { return };
        let (Some(base), Some(cap)) = (backoff.base(), backoff.cap()) else { return };
        if base.is_runtime() || cap.is_runtime() || !(base.is_constant() || cap.is_constant()) {
            return;
        }
        let (first, most) = (base.tokens(&self.private), cap.tokens(&self.private));
        let condition = quote!((#first).as_nanos() <= (#most).as_nanos());
        self.check_constant(&condition, &[&cap.written, &base.written], CAP_BELOW_BASE);
    }
}

/// For each number of the policy, whether it can stand in a static.
fn numbers(policy: &Retry) -> impl Iterator<Item = bool> + '_ {
    let attempts = match policy.attempts.get() {
        Some(Attempts::Count(count)) => Some(count.fits_static()),
        Some(Attempts::Unlimited) | None => None,
    };
    let durations = durations(policy).filter_map(|(_, value)| value).map(DurationArgument::fits_static);
    attempts.into_iter().chain(policy.retries.get().map(Argument::fits_static)).chain(durations)
}

fn durations(policy: &Retry) -> impl Iterator<Item = (&'static str, Option<&DurationArgument>)> {
    [
        ("within", policy.within.get()),
        ("retry_after_max", policy.retry_after_max.get()),
        ("reset_after", policy.reset_after.get()),
    ]
    .into_iter()
}
