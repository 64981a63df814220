use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Expr;

use super::{Inner, Plan, generated, located};
use crate::parse::argument::{Argument, DurationArgument, first_span};
use crate::parse::backoff::{Backoff, Number};
use crate::parse::budget::Budget;
use crate::parse::condition::Condition;
use crate::parse::retry::{Attempts, Jitter, Nested, Retry};
use crate::validate::{CAP_BELOW_BASE, ZERO_ATTEMPTS, zero};

impl Plan<'_> {
    // Input:
    //     BODY
    //
    // Output:
    //     let mut retry = Retry::start(&__STEADFAST_SITE, &__STEADFAST_RETRY);
    //     loop {
    //         retry.begin();
    //         let outcome = attempt(&__STEADFAST_SITE, async { BODY }).await;
    //         let pause = match as_result(&outcome) {
    //             Ok(_) => { retry.succeeded(); None }
    //             Err(error) => retry.failed(..),
    //         };
    //         match pause {
    //             None => break outcome,
    //             Some(pause) => { drop(outcome); pause.wait().await; }
    //         }
    //     }
    pub(super) fn retry(&mut self, inner: Inner, outermost: bool) -> Inner {
        let Some(policy) = &self.stack.retry else { return inner };
        let private = self.private.clone();
        let start = self.policy(policy);
        let (kept, fresh) = (self.parameters.kept(), self.parameters.fresh(&private));
        let outcome = self.outcome(inner);
        let judged = self.judged(policy);
        let wait = self.wait(policy);
        let finish = outermost.then(|| generated!(call.finish_retried(&outcome);));
        let value = generated! {
            #kept
            let mut retry = #private::Retry::start(&__STEADFAST_SITE, #start);
            loop {
                retry.begin();
                #fresh
                let outcome = #outcome;
                let pause = #judged;
                match pause {
                    ::core::option::Option::None => {
                        #finish
                        break outcome;
                    }
                    ::core::option::Option::Some(pause) => {
                        #wait
                    }
                }
            }
        };
        Inner::Value { value, edge: false }
    }

    fn outcome(&self, inner: Inner) -> TokenStream {
        let private = &self.private;
        if self.blocking {
            let (start, value) = (self.start(), inner.into_value());
            return generated!(#private::attempt_blocking(&__STEADFAST_SITE, || { #start #value }));
        }
        match inner {
            Inner::Matched { future, arms } => {
                generated!(match #private::attempt(&__STEADFAST_SITE, #future).await { #arms })
            }
            inner => {
                let future = self.future(inner, false);
                generated!(#private::attempt(&__STEADFAST_SITE, #future).await)
            }
        }
    }

    /// What comes of an attempt: the pause before the next one, or none.
    fn judged(&self, policy: &Retry) -> TokenStream {
        let private = &self.private;
        let span = Span::mixed_site().located_at(self.output.span);
        let as_result = self.at_output(&generated!(Fallible::as_result));
        let looked_at = quote_spanned!(span=> #as_result(&outcome));
        let again = policy.retry_if_ok.get().map(|predicate| {
            generated! {
                ::core::result::Result::Ok(value) if #private::holds(value, #predicate) => {
                    let text = #private::describe_value();
                    retry.failed(#private::Verdict::Retry, ::core::option::Option::None, text)
                }
            }
        });
        let failed = self.failed(policy);
        generated! {
            match #looked_at {
                #again
                ::core::result::Result::Ok(_) => {
                    retry.succeeded();
                    ::core::option::Option::None
                }
                ::core::result::Result::Err(error) => {
                    #failed
                }
            }
        }
    }

    fn failed(&self, policy: &Retry) -> TokenStream {
        let private = &self.private;
        let error = generated!(error);
        let classified = match (policy.on.get(), policy.retry_after.get()) {
            (None, hint) => {
                let span = Span::mixed_site().located_at(self.output.span);
                let classify = self.at_output(&generated!(classify_transient));
                let asked = quote_spanned!(span=> #classify(error, &mut retry));
                let hint = hint.map(|ask| generated!(let hint = #private::hint(error, #ask);));
                let own = if hint.is_some() { generated!(_) } else { generated!(hint) };
                generated!(let (verdict, #own) = #asked; #hint)
            }
            (Some(on), hint) => {
                let verdict = verdict(on, &error, private);
                let hint = hint.map(|ask| generated!(let hint = #private::hint(error, #ask);));
                generated! {
                    let verdict = #verdict;
                    #hint
                }
            }
        };
        let hint = match (policy.on.is_set(), policy.retry_after.is_set()) {
            (true, false) => generated!(::core::option::Option::None),
            _ => generated!(hint),
        };
        let aborted = policy.abort.get().map(|abort| {
            let abort = abort.tokens(&error, private);
            generated!(let verdict = if #abort { #private::Verdict::Abort } else { verdict };)
        });
        let failed = generated!(retry.failed(verdict, #hint, text));
        let failed = match policy.on_retry.get() {
            None => failed,
            Some(hook) => generated! {
                let pause = #failed;
                if let ::core::option::Option::Some(pause) = &pause {
                    retry.tell(error, pause, #hook);
                }
                pause
            },
        };
        let text = self.text();
        generated! {
            #classified
            #aborted
            let text = #text;
            #failed
        }
    }

    /// What the event says of `error`, whatever its type can do.
    fn text(&self) -> TokenStream {
        let private = &self.private;
        generated!({
            use #private::{ByDebug as _, ByDisplay as _, ByType as _};
            (&&#private::Describe(error)).describe()
        })
    }

    /// The failed outcome goes before the pause, so that it need not be `Send`; only `cancel` returns it after all.
    fn wait(&self, policy: &Retry) -> TokenStream {
        let private = &self.private;
        let dropped = generated!(::core::mem::drop(outcome););
        match (policy.cancel.is_set(), self.blocking) {
            (false, false) => generated!(#dropped pause.wait().await;),
            (false, true) => generated!(#dropped pause.block();),
            (true, _) => {
                let token = match policy.cancel.get().filter(|cancel| is_field_of_self(cancel)) {
                    Some(place) => generated!(&#place),
                    None => generated!(cancel),
                };
                let waited = if self.blocking {
                    generated!(pause.block_unless_cancelled(#token))
                } else {
                    generated!(pause.wait_unless_cancelled(#token).await)
                };
                let finish =
                    self.stack.total_limit().is_none().then(|| generated!(call.finish_retried(&outcome);));
                let text = self.text();
                generated! {
                    if !#waited {
                        retry.cancelled(match #private::as_result(&outcome) {
                            ::core::result::Result::Ok(_) => #private::describe_value(),
                            ::core::result::Result::Err(error) => #text,
                        });
                        #finish
                        break outcome;
                    }
                }
            }
        }
    }

    /// Writes the policy down and gives a reference to it.
    fn policy(&mut self, policy: &Retry) -> TokenStream {
        let private = self.private.clone();
        if let Some(cancel) = policy.cancel.get().filter(|cancel| !is_field_of_self(cancel)) {
            self.values.extend(generated!(let cancel = &#cancel;));
        }
        let (hoisted, clamped) = self.hoisted_backoff(policy);
        let backoff = match &hoisted {
            None => (
                generated!(#private::Exponential),
                generated!(#private::Exponential::new(#private::Duration::from_millis(50))),
                true,
            ),
            Some(backoff) => {
                let (ty, value) = backoff.tokens(&private);
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
            let value = &backoff.1;
            self.values.extend(generated!(let backoff = &#value;));
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
        let mut settings = TokenStream::new();
        let mut add = |name: &str, value: Option<TokenStream>| {
            let name = Ident::new(name, Span::mixed_site());
            settings.extend(generated!(.#name(#value)));
        };
        match (policy.attempts.get(), policy.retries.get()) {
            (Some(Attempts::Unlimited), _) => add("unlimited", None),
            (Some(Attempts::Count(count)), _) => add("attempts", Some(count.to_token_stream())),
            (None, Some(count)) => add("retries", Some(count.to_token_stream())),
            // A limit in time alone means as many as fit into it.
            (None, None) if policy.within.is_set() => add("unlimited", None),
            (None, None) => {}
        }
        let durations = [
            ("within", policy.within.get()),
            ("retry_after_max", policy.retry_after_max.get()),
            ("reset_after", policy.reset_after.get()),
        ];
        for (name, value) in durations {
            if let Some(value) = value {
                add(name, Some(value.tokens(&private)));
            }
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
        let durations = [
            ("within", policy.within.get()),
            ("retry_after_max", policy.retry_after_max.get()),
            ("reset_after", policy.reset_after.get()),
        ];
        for (name, value) in durations {
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
        let condition = quote::quote!((#first).as_nanos() <= (#most).as_nanos());
        self.check_constant(&condition, &[&cap.written, &base.written], CAP_BELOW_BASE);
    }
}

/// Looked at when it is needed: a borrow for the whole call would be in the way of a body with `&mut self`.
fn is_field_of_self(expr: &Expr) -> bool {
    match expr {
        Expr::Field(field) => is_field_of_self(&field.base),
        Expr::Path(path) => path.path.is_ident("self"),
        _ => false,
    }
}

fn verdict(on: &Condition, error: &TokenStream, private: &TokenStream) -> TokenStream {
    if matches!(on, Condition::Any) {
        return generated!(#private::Verdict::Retry);
    }
    let on = on.tokens(error, private);
    generated!(if #on { #private::Verdict::Retry } else { #private::Verdict::Stop })
}

/// For each number of the policy, whether it can stand in a static.
fn numbers(policy: &Retry) -> impl Iterator<Item = bool> + '_ {
    let attempts = match policy.attempts.get() {
        Some(Attempts::Count(count)) => Some(count.fits_static()),
        Some(Attempts::Unlimited) | None => None,
    };
    let durations = [policy.within.get(), policy.retry_after_max.get(), policy.reset_after.get()];
    let durations = durations.into_iter().flatten().map(DurationArgument::fits_static);
    attempts.into_iter().chain(policy.retries.get().map(Argument::fits_static)).chain(durations)
}
