use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};

use super::{Inner, Plan, generated, located};
use crate::parse::Bounded;
use crate::parse::argument::{Argument, first_span};
use crate::validate::{ZERO_IDLE, ZERO_KEYS, ZERO_LIMIT, ZERO_WAIT};

impl Plan<'_> {
    // Input:
    //     BODY
    //
    // Output:
    //     let _permit = admit(&__STEADFAST_SITE, &__STEADFAST_BULKHEAD).await;
    //     BODY
    pub(super) fn bounded(&mut self, inner: Inner) -> Inner {
        let Some(policy) = &self.stack.bounded else { return inner };
        let private = self.private.clone();
        let (bulkhead, key) = self.bulkhead(policy);
        let by_key = key.as_ref().map(|key| generated!(, #key));
        let value = match self.admission(policy) {
            None => {
                let admit = if key.is_some() { generated!(admit_by_key) } else { generated!(admit) };
                generated!(let _permit = #private::#admit(&__STEADFAST_SITE, #bulkhead #by_key).await;)
            }
            Some(admission) => {
                let admit = if key.is_some() {
                    generated!(admit_by_key_or_refuse)
                } else {
                    generated!(admit_or_refuse)
                };
                let raised = if self.stack.retry.is_some() {
                    generated!(retry.refused(error))
                } else if self.stack.timeout.is_none() {
                    generated!(call.refused(error))
                } else {
                    generated!(told.rejected(error))
                };
                let refused = self.refuse(&raised, policy.map_err.get());
                generated! {
                    let _permit = match #private::#admit(&__STEADFAST_SITE, #bulkhead #by_key, &#admission).await {
                        ::core::result::Result::Ok(permit) => permit,
                        ::core::result::Result::Err(error) => return #refused,
                    };
                }
            }
        };
        let edge = matches!(inner, Inner::Value { edge: true, .. });
        let body = inner.into_value();
        // A refusal leaves by `return`, so the block around it has to know its type as the user's `return` does.
        Inner::Value { value: generated!(#value #body), edge }
    }

    /// An expression for `&Bulkhead` and, with `key = ..`, one for the key.
    fn bulkhead(&mut self, policy: &Bounded) -> (TokenStream, Option<TokenStream>) {
        let private = self.private.clone();
        if let Some(by) = policy.by.get() {
            let at = first_span(&by.to_token_stream());
            let (span, share) =
                (Span::mixed_site().located_at(at), located(&private, &generated!(share_bulkhead), at, at));
            let shared = quote_spanned!(span=> #share(&#by));
            self.values.extend(generated!(let bulkhead = #shared;));
            return (generated!(&bulkhead), None);
        }
        let Some(limit) = &policy.limit else { return (TokenStream::new(), None) };
        let tokens = limit.to_token_stream();
        if limit.is_constant() {
            self.check_not_zero(limit, false, ZERO_LIMIT);
        }
        if let Some(key) = policy.key.get() {
            let settings = keyed_settings(policy, &private);
            if let Some(max_keys) = policy.max_keys.get().filter(|max_keys| max_keys.is_constant()) {
                self.check_not_zero(max_keys, false, ZERO_KEYS);
            }
            if let Some(idle) = policy.idle.get().filter(|idle| idle.is_constant()) {
                self.check_not_zero(idle, true, ZERO_IDLE);
            }
            self.statics.extend(generated! {
                static __STEADFAST_BULKHEAD: #private::KeyedBulkhead = #private::KeyedBulkhead::new(#tokens)#settings;
            });
            let at = first_span(&key.to_token_stream());
            let (span, fingerprint) =
                (Span::mixed_site().located_at(at), located(&private, &generated!(fingerprint), at, at));
            let fingerprint = quote_spanned!(span=> #fingerprint(&__STEADFAST_BULKHEAD, &#key));
            self.values.extend(generated!(let key = #fingerprint;));
            return (generated!(&__STEADFAST_BULKHEAD), Some(generated!(key)));
        }
        if limit.fits_static() {
            self.statics.extend(generated! {
                static __STEADFAST_BULKHEAD: #private::Bulkhead = #private::Bulkhead::fixed(#tokens);
            });
            return (generated!(&__STEADFAST_BULKHEAD), None);
        }
        self.statics.extend(generated! {
            static __STEADFAST_BULKHEAD: #private::Bulkhead = #private::Bulkhead::new(1);
        });
        self.values.extend(generated! {
            let limit: usize = #tokens;
            let bulkhead = #private::limit(&__STEADFAST_SITE, &__STEADFAST_BULKHEAD, limit);
        });
        (generated!(bulkhead), None)
    }

    /// How long and in what company a caller may wait; `None` if it just waits.
    fn admission(&mut self, policy: &Bounded) -> Option<TokenStream> {
        if !policy.can_refuse() {
            return None;
        }
        let private = self.private.clone();
        if policy.reject.is_set() {
            return Some(generated!(#private::Admission::reject()));
        }
        let mut admission = generated!(#private::Admission::new());
        if let Some(queue) = policy.queue.get() {
            let places = self.once("queue", &generated!(usize), queue, &queue.to_token_stream());
            admission = generated!(#admission.queue(#places));
        }
        if let Some(max_wait) = policy.max_wait.get() {
            let tokens = max_wait.tokens(&private);
            if max_wait.is_constant() {
                self.check_not_zero(max_wait, true, ZERO_WAIT);
            }
            let wait = self.once("max_wait", &generated!(#private::Duration), max_wait, &tokens);
            admission = generated!(#admission.max_wait(#wait));
        }
        Some(admission)
    }
}

fn keyed_settings(policy: &Bounded, private: &TokenStream) -> TokenStream {
    let mut settings = TokenStream::new();
    if let Some(max_keys) = policy.max_keys.get().map(Argument::to_token_stream) {
        settings.extend(generated!(.max_keys(#max_keys)));
    }
    if let Some(idle) = policy.idle.get().map(|idle| idle.tokens(private)) {
        settings.extend(generated!(.idle(#idle)));
    }
    settings
}
