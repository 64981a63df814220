use proc_macro2::TokenStream;

use super::{Inner, Plan, generated};
use crate::parse::argument::DurationArgument;
use crate::validate::ZERO_TIMEOUT as ZERO;

impl Plan<'_> {
    pub(super) fn attempt_timeout(&mut self, inner: Inner, outermost: bool) -> Inner {
        let Some(limit) = self.stack.attempt_limit().cloned() else { return inner };
        let limit = self.limit("attempt_limit", &limit);
        self.timeout(inner, &limit, outermost, self.stack.retry.is_none())
    }

    pub(super) fn total_timeout(&mut self, inner: Inner) -> Inner {
        let Some(limit) = self.stack.total_limit().cloned() else { return inner };
        let limit = self.limit("total_limit", &limit);
        self.timeout(inner, &limit, true, true)
    }

    fn limit(&mut self, name: &str, limit: &DurationArgument) -> TokenStream {
        let private = self.private.clone();
        let tokens = limit.tokens(&private);
        if limit.is_constant() {
            self.check_not_zero(limit, true, ZERO);
        }
        let duration = generated!(#private::Duration);
        self.once(name, &duration, limit, &tokens)
    }

    // Input:
    //     BODY
    //
    // Output:
    //     match timeout(&__STEADFAST_SITE, Duration::from_secs(2), true, async move { BODY }).await {
    //         Ok(value) => value,
    //         Err(error) => refuse(error),
    //     }
    fn timeout(&self, inner: Inner, limit: &TokenStream, outermost: bool, moves: bool) -> Inner {
        let private = &self.private;
        let Some(policy) = &self.stack.timeout else { return inner };
        let inherit = policy.inherits();
        let future = self.future(inner, moves);
        let (mut succeeded, mut raised) = (generated!(value), generated!(error));
        if outermost {
            let finish = if self.stack.retry.is_some() {
                self.finish_retried("value")
            } else {
                generated!(call.finish_returned(&value))
            };
            succeeded = generated!({ #finish; value });
            raised = generated!(call.refused(error));
        } else if self.stack.retry.is_some() {
            raised = generated!(retry.refused(error));
        }
        let elapsed = match policy.on_elapsed.get() {
            Some(value) if outermost => generated!({ call.refused(error); #value }),
            Some(value) => generated!({ let _ = error; #value }),
            None => self.refuse(&raised, policy.map_err.get()),
        };
        Inner::Matched {
            future: generated!(#private::timeout(&__STEADFAST_SITE, #limit, #inherit, #future)),
            arms: generated! {
                ::core::result::Result::Ok(value) => #succeeded,
                ::core::result::Result::Err(error) => #elapsed,
            },
        }
    }
}
