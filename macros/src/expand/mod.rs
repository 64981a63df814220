//! Model to tokens: the layers of the canonical order, from the inside out.
//!
//! A layer takes what it wraps and gives the wrapped thing; none of them knows which others there are.

mod bounded;
mod captured;
mod must_join;
mod parameters;
mod retry;
mod rustdoc;
mod timeout;

use proc_macro2::{Group, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use crate::must_join::Target;
use crate::parse::argument::{Argument, first_span};
use crate::parse::function::Body;
use crate::parse::must_join::Panics;
use crate::parse::{Bounded, Function};
use crate::shape::{self, Output, Shape, Tail};
use crate::stack::Stack;
pub(crate) use captured::captured;
use parameters::Parameters;
pub(crate) use parameters::pattern_bindings;

/// `quote!` for plumbing: its locals cannot meet the user's.
macro_rules! generated {
    ($($tokens:tt)*) => { ::quote::quote_spanned!(::proc_macro2::Span::mixed_site()=> $($tokens)*) };
}
pub(crate) use generated;

/// What stands in front of the layers, and what they need to know.
pub(crate) struct Plan<'a> {
    stack: &'a Stack,
    private: TokenStream,
    output: Output,
    /// Rust that has to await nothing: a plain function.
    blocking: bool,
    /// Attempts and timeouts take the caller's values with them.
    moves: bool,
    parameters: Parameters,
    /// Items, then the values that are computed once per call.
    statics: TokenStream,
    values: TokenStream,
    /// Whether a task can end the call with its own error.
    task_fails: bool,
}

/// What a layer wraps.
enum Inner {
    /// An expression of the output's type in asynchronous code; `edge` if the user's `return` may be inside.
    Value { value: TokenStream, edge: bool },
    /// An expression whose value is the future, of `apply!`.
    Future(TokenStream),
    /// A future, and the arms of the `match` that makes the output's type of what it gives.
    Matched { future: TokenStream, arms: TokenStream },
}

impl Inner {
    fn into_value(self) -> TokenStream {
        match self {
            Self::Value { value, .. } => value,
            Self::Future(future) => awaited(&future),
            Self::Matched { future, arms } => generated!(match #future.await { #arms }),
        }
    }
}

/// The user's future, awaited. The keyword stands at the user's last token: what rustc says of something that is no future
/// is said there.
pub(crate) fn awaited(future: &TokenStream) -> TokenStream {
    let end = future.clone().into_iter().last().map_or_else(Span::call_site, |token| token.span());
    let span = Span::mixed_site().located_at(end);
    let dot_await = quote_spanned!(span=> .await);
    generated!((#future)#dot_await)
}

/// The whole item: what the user wrote, with the layers around the body.
pub(crate) fn function(stack: &Stack, item: &Function) -> TokenStream {
    let Body::Block { inner_attributes, group } = &item.body else { return as_written(item) };
    let mut item = item.clone();
    let Shape { tail, output, .. } = Shape::of(&item, group);
    let parameters = stack
        .retry
        .as_ref()
        .map_or_else(Parameters::default, |retry| Parameters::of(&mut item, &tail, retry, &stack.written));
    let user = match &tail {
        Tail::Block(block) => &block.group,
        _ => group,
    };
    let (user, task_fails) = joined(stack, user, &output);
    let name = syn::ext::IdentExt::unraw(&item.signature.ident).to_string();
    let private = stack.private();
    let plan = Plan {
        stack,
        output,
        blocking: matches!(tail, Tail::Plain),
        moves: true,
        parameters,
        statics: site(&private, &generated!(::core::concat!(::core::module_path!(), "::", #name))),
        values: TokenStream::new(),
        task_fails,
        private,
    };
    let inner = Inner::Value { value: generated!(match () { () => #user }), edge: true };
    let fresh = plan.parameters.fresh_names();
    let body = plan.wrap(inner);
    let body = match &tail {
        Tail::Block(block) => shape::replace(group.stream(), &block.group, &body, &fresh),
        _ => body,
    };
    item.attributes.extend(rustdoc::lines(stack));
    item.take_out(inner_attributes);
    let mut head = TokenStream::new();
    item.head_to_tokens(&mut head);
    // The user's own braces: with others the whole item would count as somebody else's, and `dead_code` would be silent.
    let mut braces = Group::new(proc_macro2::Delimiter::Brace, body);
    braces.set_span(group.span());
    quote!(#head #braces)
}

/// The body with its tasks made the call's own, and whether one of them can end the call with its error.
fn joined(stack: &Stack, body: &Group, output: &Output) -> (Group, bool) {
    let Some(policy) = &stack.must_join else { return (body.clone(), false) };
    let private = stack.private();
    let returned = must_join::returned(output.edge.as_ref());
    let target = Target::new(policy, &private, Some(&returned));
    let rewritten = crate::must_join::rewrite(body.stream(), &target);
    let mut joined = Group::new(body.delimiter(), rewritten.body);
    joined.set_span(body.span());
    (joined, rewritten.fails || policy.panics.get() == Some(&Panics::Collect))
}

/// The item without any layer.
pub(crate) fn as_written(item: &Function) -> TokenStream {
    let mut tokens = TokenStream::new();
    item.head_to_tokens(&mut tokens);
    match &item.body {
        Body::Missing(semicolon) => semicolon.to_tokens(&mut tokens),
        Body::Block { inner_attributes, group } => {
            let mut whole: TokenStream = inner_attributes.iter().map(ToTokens::to_token_stream).collect();
            whole.extend(group.stream());
            let mut braces = Group::new(group.delimiter(), whole);
            braces.set_span(group.span());
            braces.to_tokens(&mut tokens);
        }
    }
    tokens
}

/// The future of `apply!`.
pub(crate) fn expression(stack: &Stack, future: &TokenStream) -> TokenStream {
    let private = stack.private();
    let plan = Plan {
        stack,
        output: Output { edge: None, span: first_span(future), end: first_span(future) },
        blocking: false,
        moves: false,
        parameters: Parameters::default(),
        statics: site(&private, &generated!(::core::concat!(::core::module_path!(), ":", ::core::line!()))),
        values: TokenStream::new(),
        task_fails: false,
        private,
    };
    let body = plan.wrap(Inner::Future(future.clone()));
    generated!(async { #body })
}

/// A constant that is an item of its own is checked by `cargo check` and in an editor; one inside the body only when
/// the function is compiled. But an item can name neither `Self` nor a type parameter, and `Limits::QUERY` may begin
/// with one.
fn fits_item(constant: &TokenStream) -> bool {
    let mut words = constant.clone().into_iter().filter_map(|token| match token {
        proc_macro2::TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    });
    let Some(first) = words.next() else { return true };
    words.next().is_none() || first.starts_with(char::is_lowercase)
}

/// rustc underlines from the first token of a path to its last.
pub(crate) fn located(private: &TokenStream, function: &TokenStream, start: Span, end: Span) -> TokenStream {
    let mut path: Vec<_> = generated!(#private::#function).into_iter().collect();
    let last = path.len() - 1;
    for (at, token) in path.iter_mut().enumerate() {
        token.set_span(token.span().located_at(if at == last { end } else { start }));
    }
    path.into_iter().collect()
}

/// `&expression`, with the sign at the expression's first token: of a wrong type rustc says so there.
fn reference(expression: &impl ToTokens) -> TokenStream {
    let expression = expression.to_token_stream();
    let sign = quote_spanned!(Span::mixed_site().located_at(first_span(&expression))=> &);
    quote!(#sign #expression)
}

fn site(private: &TokenStream, name: &TokenStream) -> TokenStream {
    generated!(static __STEADFAST_SITE: #private::Site = #private::Site::new(#name);)
}

impl Plan<'_> {
    /// Puts all layers around `inner`, in the canonical order whatever the attributes' order was.
    fn wrap(mut self, inner: Inner) -> TokenStream {
        let total = self.stack.total_limit().is_some();
        let retried = self.stack.retry.is_some();
        let mut inner = self.must_join(inner, self.task_fails);
        inner = self.shield(inner);
        if self.stack.bounded.is_some() {
            inner = self.bounded(inner);
        }
        if self.stack.attempt_limit().is_some() {
            inner = self.attempt_timeout(inner, !retried && !total);
        }
        if retried {
            inner = self.retry(inner, !total);
        }
        if total {
            inner = self.total_timeout(inner);
        }
        self.check_order();
        let call = self.call();
        let value = inner.into_value();
        let Self { statics, values, .. } = self;
        generated! {
            #statics
            #values
            #call
            #value
        }
    }

    /// What tells of the call, from its first to its last event.
    fn call(&self) -> TokenStream {
        let private = &self.private;
        if self.only_guards() && self.stack.bounded.is_none() {
            return TokenStream::new();
        }
        if !self.only_guards() {
            // A refusal inside of a timeout is told from there.
            let told = (self.refuses() && self.stack.retry.is_none()).then(|| generated!(let told = &call;));
            return generated!(let call = #private::Call::start(&__STEADFAST_SITE); #told);
        }
        let refuses = self.refuses();
        let name = if refuses { generated!(call) } else { generated!(_call) };
        generated!(let #name = #private::Call::until_dropped(&__STEADFAST_SITE);)
    }

    /// Whether `bounded` may refuse.
    fn refuses(&self) -> bool {
        self.stack.bounded.as_ref().is_some_and(Bounded::can_refuse)
    }

    /// Whether the body runs unwrapped.
    fn only_guards(&self) -> bool {
        self.stack.timeout.is_none() && self.stack.retry.is_none()
    }

    /// As a future that may run more than once, or take what it needs with it.
    fn future(&self, inner: Inner, moves: bool) -> TokenStream {
        let capture = (moves && self.moves).then(|| generated!(move));
        match inner {
            Inner::Value { value, edge } => {
                let start = edge.then(|| self.start());
                generated!(async #capture { #start #value })
            }
            // Evaluated inside, so that the expression itself sees the deadline and is limited by it.
            Inner::Future(future) => {
                let awaited = awaited(&future);
                generated!(async { #awaited })
            }
            matched @ Inner::Matched { .. } => {
                let value = matched.into_value();
                generated!(async #capture { #value })
            }
        }
    }

    /// What stands before the user's own code in the innermost block.
    fn start(&self) -> TokenStream {
        let (edge, held) = (self.edge(), self.parameters.held());
        generated!(#edge #held)
    }

    /// Tells the compiler the type of the block: coercions in the body, and its `?`, need to know it before they are met.
    /// The spans make a note such as "return type inferred to be `String` here" point at the return type.
    fn edge(&self) -> TokenStream {
        let Some(ty) = &self.output.edge else { return TokenStream::new() };
        let span = Span::mixed_site().located_at(self.output.span);
        quote_spanned! {span=>
            if let ::core::option::Option::Some(value) = ::core::option::Option::None::<#ty> {
                return value;
            }
        }
    }

    /// Ends the call, or the attempt, with what a policy raised.
    fn refuse(&self, error: &TokenStream, map_err: Option<&syn::Expr>) -> TokenStream {
        let span = Span::mixed_site().located_at(self.output.span);
        let own = [
            self.stack.timeout.as_ref().and_then(|timeout| timeout.map_err.get()),
            self.stack.bounded.as_ref().and_then(|bounded| bounded.map_err.get()),
            self.stack.retry.as_ref().and_then(|retry| retry.map_err.get()),
        ];
        match map_err.or_else(|| own.into_iter().flatten().next()) {
            Some(map_err) => {
                let refuse_with = self.at_output(&generated!(refuse_with));
                // Known before the closure is looked at, so that a wrong error is reported inside of it.
                let known = self.output.edge.as_ref().map(|ty| quote_spanned!(span=> ::<#ty>));
                quote_spanned!(span=> #refuse_with #known (#error, #map_err))
            }
            None => {
                let refuse = self.at_output(&generated!(Refusable::refuse));
                quote_spanned!(span=> #refuse(#error))
            }
        }
    }

    /// The path of a function of ours, with every token at the return type: a message that rustc gives about the call
    /// stands there, and not at the attribute.
    fn at_output(&self, function: &TokenStream) -> TokenStream {
        located(&self.private, function, self.output.span, self.output.end)
    }

    /// `&name`, over the return type. Of two messages about one bound rustc drops the second only where both stand at one
    /// and the same place.
    fn reference_at_output(&self, name: &str) -> TokenStream {
        let [start, end] = [self.output.span, self.output.end].map(|at| Span::mixed_site().located_at(at));
        let name = proc_macro2::Ident::new(name, end);
        let sign = quote_spanned!(start=> &);
        quote!(#sign #name)
    }

    /// Ends the call's events with what the last attempt gave.
    fn finish_retried(&self, outcome: &str) -> TokenStream {
        let span = Span::mixed_site().located_at(self.output.span);
        let outcome = self.reference_at_output(outcome);
        quote_spanned!(span=> call.finish_retried(#outcome))
    }

    /// The place of a value in the expansion: in place where it is constant, else computed once per call. Its type is
    /// said, so that a wrong one is reported at the user's expression.
    fn once<T: Copy>(
        &mut self,
        name: &str,
        ty: &TokenStream,
        argument: &Argument<T>,
        tokens: &TokenStream,
    ) -> TokenStream {
        if !argument.is_runtime() {
            return tokens.clone();
        }
        let name = proc_macro2::Ident::new(name, Span::mixed_site());
        self.values.extend(generated!(let #name: #ty = #tokens;));
        name.into_token_stream()
    }

    /// Lets the compiler check a constant that the macro cannot see.
    fn check_constant(&mut self, condition: &TokenStream, constants: &[&TokenStream], message: &str) {
        let at = constants.first().map_or_else(Span::call_site, |constant| first_span(constant));
        let span = Span::mixed_site().located_at(at);
        let assertion = quote_spanned!(span=> ::core::assert!(#condition, #message));
        if constants.iter().all(|constant| fits_item(constant)) {
            self.statics.extend(quote_spanned!(span=> const _: () = #assertion;));
        } else {
            self.values.extend(quote_spanned!(span=> const { #assertion };));
        }
    }

    fn check_not_zero<T>(&mut self, argument: &Argument<T>, is_duration: bool, message: &str) {
        let value = argument.written.clone();
        let condition = if is_duration { quote!(!(#value).is_zero()) } else { quote!((#value) > 0) };
        self.check_constant(&condition, &[&value], message);
    }

    /// Whether an attempt ends before the total, where constants are involved.
    fn check_order(&mut self) {
        let (Some(attempt), Some(total)) = (self.stack.attempt_limit(), self.stack.total_limit()) else {
            return;
        };
        if crate::validate::compared_by_compiler(attempt, total) {
            let (one, all) = (attempt.tokens(&self.private), total.tokens(&self.private));
            let condition = quote!((#one).as_nanos() < (#all).as_nanos());
            let message = "an attempt of this length never ends before the total: make `attempt` shorter, or remove one of them";
            self.check_constant(&condition, &[&attempt.written, &total.written], message);
        }
    }
}
