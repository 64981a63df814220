//! The loop around the attempts.

mod policy;

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::Expr;

use super::{Inner, Plan, generated, reference};
use crate::parse::condition::Condition;
use crate::parse::retry::Retry;

impl Plan<'_> {
    // Input:
    //     BODY
    //
    // Output:
    //     let mut retry = Retry::start(&__STEADFAST_SITE, &__STEADFAST_RETRY);
    //     loop {
    //         retry.begin();
    //         let pause = {
    //             let outcome = attempt(&__STEADFAST_SITE, async { BODY }).await;
    //             let next = match as_result(&outcome) {
    //                 Ok(_) => { retry.succeeded(); None }
    //                 Err(error) => retry.failed(..),
    //             };
    //             let Some(pause) = next else { break outcome };
    //             pause
    //         };
    //         pause.wait().await;
    //     }
    pub(super) fn retry(&mut self, inner: Inner, outermost: bool) -> Inner {
        let Some(policy) = &self.stack.retry else { return inner };
        let private = self.private.clone();
        let start = self.policy(policy);
        let (kept, fresh) = (self.parameters.kept(), self.parameters.fresh(&private));
        let outcome = self.outcome(inner);
        let judged = self.judged(policy);
        let finish = outermost.then(|| {
            let finish = self.finish_retried("outcome");
            generated!(#finish;)
        });
        let last = generated!(#finish break outcome;);
        let attempt = match policy.cancel.get() {
            None => self.and_pause(&outcome, &judged, &last),
            Some(cancel) => self.and_pause_unless_cancelled(cancel, &outcome, &judged, &last),
        };
        let value = generated! {
            #kept
            let mut retry = #private::Retry::start(&__STEADFAST_SITE, #start);
            loop {
                retry.begin();
                #fresh
                #attempt
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
        let outcome = self.reference_at_output("outcome");
        let looked_at = quote_spanned!(span=> #as_result(#outcome));
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
                let end = proc_macro2::Ident::new("error", Span::mixed_site().located_at(self.output.end));
                let asked = quote_spanned!(span=> #classify(&*#end, &mut retry));
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

    /// The failed outcome ends before the pause begins: it need not be `Send`, and takes no place meanwhile.
    fn and_pause(&self, outcome: &TokenStream, judged: &TokenStream, last: &TokenStream) -> TokenStream {
        let wait = if self.blocking { generated!(pause.block()) } else { generated!(pause.wait().await) };
        generated! {
            let pause = {
                let outcome = #outcome;
                let next = #judged;
                let ::core::option::Option::Some(pause) = next else { #last };
                pause
            };
            #wait;
        }
    }

    /// The failed outcome is what the call ends with if it is cancelled, so it is kept.
    fn and_pause_unless_cancelled(
        &self,
        cancel: &Expr,
        outcome: &TokenStream,
        judged: &TokenStream,
        last: &TokenStream,
    ) -> TokenStream {
        let private = &self.private;
        let token = if is_field_of_self(cancel) { reference(cancel) } else { generated!(&cancel) };
        let waited = if self.blocking {
            generated!(pause.block_unless_cancelled(#token))
        } else {
            generated!(pause.wait_unless_cancelled(#token).await)
        };
        let as_result = self.at_output(&generated!(Fallible::as_result));
        let (kept, text) = (self.reference_at_output("outcome"), self.text());
        generated! {
            let outcome = #outcome;
            let next = #judged;
            let ::core::option::Option::Some(pause) = next else { #last };
            if !#waited {
                retry.cancelled(match #as_result(#kept) {
                    ::core::result::Result::Ok(_) => #private::describe_value(),
                    ::core::result::Result::Err(error) => #text,
                });
                #last
            }
        }
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
