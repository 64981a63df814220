//! Expansions as a person reads them. They are part of the product: what stands here should be what a good engineer
//! would have written by hand.
//!
//! Bless a change with `UPDATE_EXPECT=1 cargo test -p steadfast-macros snapshots`, and read the difference.

use expect_test::{Expect, expect};
use proc_macro2::TokenStream;
use quote::quote;

use crate::stack::Kind;

/// Without the path prefixes, which a reader skips.
fn shown(tokens: TokenStream) -> String {
    let file: syn::File = syn::parse2(tokens).expect("an expansion parses");
    let printed = prettyplease::unparse(&file);
    let short = [
        ("::steadfast::__private::", ""),
        ("::core::option::Option::", ""),
        ("::core::result::Result::", ""),
    ];
    let short = short.iter().fold(printed, |text, (long, short)| text.replace(long, short));
    short.replace("use {", "use ::steadfast::__private::{")
}

fn check(kind: Kind, arguments: TokenStream, item: TokenStream, expected: &Expect) {
    expected.assert_eq(&shown(crate::attribute::expand(kind, arguments, item)));
}

#[test]
fn bounded() {
    check(
        Kind::Bounded,
        quote!(8),
        quote! {
            /// Charges a card.
            pub async fn charge(card: &Card) -> Receipt {
                gateway().charge(card).await
            }
        },
        &expect![[r#"
            /// Charges a card.
            ///
            /// *Policies, outermost first:* at most 8 at once. *Takes at most* as long as its body, which has no timeout.
            pub async fn charge(card: &Card) -> Receipt {
                static __STEADFAST_SITE: Site = Site::new(
                    ::core::concat!(::core::module_path!(), "::", "charge"),
                );
                static __STEADFAST_BULKHEAD: Bulkhead = Bulkhead::fixed(
                    8,
                );
                let _call = Call::until_dropped(&__STEADFAST_SITE);
                let _permit = admit(&__STEADFAST_SITE, &__STEADFAST_BULKHEAD)
                    .await;
                match () {
                    () => gateway().charge(card).await,
                }
            }
        "#]],
    );
}

#[test]
fn bounded_that_can_refuse() {
    check(
        Kind::Bounded,
        quote!(8, queue = 100, max_wait = 500ms),
        quote! {
            async fn charge(&self, card: &Card) -> Result<Receipt, Error> {
                self.gateway.charge(card).await
            }
        },
        &expect![[r#"
            ///
            /// *Policies, outermost first:* at most 8 at once. *Takes at most* as long as its body, which has no timeout.
            async fn charge(&self, card: &Card) -> Result<Receipt, Error> {
                static __STEADFAST_SITE: Site = Site::new(
                    ::core::concat!(::core::module_path!(), "::", "charge"),
                );
                static __STEADFAST_BULKHEAD: Bulkhead = Bulkhead::fixed(
                    8,
                );
                let call = Call::until_dropped(&__STEADFAST_SITE);
                let _permit = match admit_or_refuse(
                        &__STEADFAST_SITE,
                        &__STEADFAST_BULKHEAD,
                        &Admission::new()
                            .queue(100)
                            .max_wait(Duration::from_millis(500)),
                    )
                    .await
                {
                    Ok(permit) => permit,
                    Err(error) => {
                        return refuse(call.refused(error));
                    }
                };
                match () {
                    () => self.gateway.charge(card).await,
                }
            }
        "#]],
    );
}

#[test]
fn timeout() {
    check(
        Kind::Timeout,
        quote!(2s),
        quote! {
            async fn fetch(&self, url: &str) -> Result<impl Iterator<Item = Row>, Error> {
                self.client.get(url).await
            }
        },
        &expect![[r#"
            ///
            /// *Policies, outermost first:* timeout 2s in total. *Takes at most* 2s.
            async fn fetch(&self, url: &str) -> Result<impl Iterator<Item = Row>, Error> {
                static __STEADFAST_SITE: Site = Site::new(
                    ::core::concat!(::core::module_path!(), "::", "fetch"),
                );
                let call = Call::start(&__STEADFAST_SITE);
                match timeout(
                        &__STEADFAST_SITE,
                        Duration::from_secs(2),
                        true,
                        async move {
                            if let Some(value) = None::<
                                Result<_, Error>,
                            > {
                                return value;
                            }
                            match () {
                                () => self.client.get(url).await,
                            }
                        },
                    )
                    .await
                {
                    Ok(value) => {
                        call.finish_returned(&value);
                        value
                    }
                    Err(error) => {
                        refuse(call.refused(error))
                    }
                }
            }
        "#]],
    );
}

#[test]
fn retry() {
    check(
        Kind::Retry,
        quote!(on(Error::Io(_)), abort = Error::is_auth, attempts = 5, backoff = exp(100ms, cap = 5s)),
        quote! {
            async fn save(&self, mut row: Row, tags: Vec<String>) -> Result<u64, Error> {
                row.touch();
                self.table.insert(&row, tags).await
            }
        },
        &expect![[r#"
            ///
            /// *Policies, outermost first:* retry, 5 attempts, exponential backoff 100ms to 5s, full jitter. *Takes at most* as long as its body, which has no timeout.
            async fn save(&self, row: Row, tags: Vec<String>) -> Result<u64, Error> {
                static __STEADFAST_SITE: Site = Site::new(
                    ::core::concat!(::core::module_path!(), "::", "save"),
                );
                static __STEADFAST_BUDGET: Budget = Budget::new();
                static __STEADFAST_BACKOFF: Exponential = Exponential::new(
                        Duration::from_millis(100),
                    )
                    .cap(Duration::from_secs(5));
                static __STEADFAST_RETRY: RetryPolicy<'static> = RetryPolicy::new(
                        &__STEADFAST_BACKOFF,
                    )
                    .attempts(5)
                    .budget(&__STEADFAST_BUDGET);
                let call = Call::start(&__STEADFAST_SITE);
                let mut kept_row = Some(row);
                let mut kept_tags = Some(tags);
                let mut retry = Retry::start(
                    &__STEADFAST_SITE,
                    &__STEADFAST_RETRY,
                );
                loop {
                    retry.begin();
                    let mut row = keep_last(&mut kept_row, retry.is_last());
                    let tags = keep_last(&mut kept_tags, retry.is_last());
                    let outcome = attempt(
                            &__STEADFAST_SITE,
                            async {
                                if let Some(value) = None::<
                                    Result<u64, Error>,
                                > {
                                    return value;
                                }
                                match () {
                                    () => {
                                        row.touch();
                                        self.table.insert(&row, tags).await
                                    }
                                }
                            },
                        )
                        .await;
                    let pause = match as_result(&outcome) {
                        Ok(_) => {
                            retry.succeeded();
                            None
                        }
                        Err(error) => {
                            let verdict = if ::core::matches!(error, Error::Io(_)) {
                                Verdict::Retry
                            } else {
                                Verdict::Stop
                            };
                            let verdict = if holds(error, Error::is_auth) {
                                Verdict::Abort
                            } else {
                                verdict
                            };
                            let text = {
                                use ::steadfast::__private::{
                                    ByDebug as _, ByDisplay as _, ByType as _,
                                };
                                (&&Describe(error)).describe()
                            };
                            retry.failed(verdict, None, text)
                        }
                    };
                    match pause ::steadfast::__private::{
                        None => {
                            call.finish_retried(&outcome);
                            break outcome;
                        }
                        Some(pause) => {
                            ::core::mem::drop(outcome);
                            pause.wait().await;
                        }
                    }
                }
            }
        "#]],
    );
}

#[test]
fn all_three() {
    check(
        Kind::Bounded,
        quote!(by = self.limit),
        quote! {
            #[retry]
            #[timeout(attempt = self.config.attempt, total = 10s)]
            async fn get(&self, id: u64) -> Result<User, Error> {
                self.client.get(id).await
            }
        },
        &expect![[r##"
            #[retry(__done)]
            #[timeout(__done)]
            ///
            /// *Policies, outermost first:* timeout 10s in total → retry, 3 attempts, exponential backoff 50ms to 20s, full jitter → timeout `self.config.attempt` per attempt → bounded by `self.limit`. *Takes at most* 10s.
            async fn get(&self, id: u64) -> Result<User, Error> {
                static __STEADFAST_SITE: Site = Site::new(
                    ::core::concat!(::core::module_path!(), "::", "get"),
                );
                static __STEADFAST_BUDGET: Budget = Budget::new();
                static __STEADFAST_BACKOFF: Exponential = Exponential::new(
                    Duration::from_millis(50),
                );
                static __STEADFAST_RETRY: RetryPolicy<'static> = RetryPolicy::new(
                        &__STEADFAST_BACKOFF,
                    )
                    .budget(&__STEADFAST_BUDGET);
                let bulkhead = share_bulkhead(&self.limit);
                let attempt_limit: Duration = self.config.attempt;
                let call = Call::start(&__STEADFAST_SITE);
                match timeout(
                        &__STEADFAST_SITE,
                        Duration::from_secs(10),
                        true,
                        async move {
                            let mut retry = Retry::start(
                                &__STEADFAST_SITE,
                                &__STEADFAST_RETRY,
                            );
                            loop {
                                retry.begin();
                                let outcome = match attempt(
                                        &__STEADFAST_SITE,
                                        timeout(
                                            &__STEADFAST_SITE,
                                            attempt_limit,
                                            true,
                                            async {
                                                if let Some(value) = None::<
                                                    Result<User, Error>,
                                                > {
                                                    return value;
                                                }
                                                let _permit = admit(
                                                        &__STEADFAST_SITE,
                                                        &bulkhead,
                                                    )
                                                    .await;
                                                match () {
                                                    () => self.client.get(id).await,
                                                }
                                            },
                                        ),
                                    )
                                    .await
                                {
                                    Ok(value) => value,
                                    Err(error) => {
                                        refuse(retry.refused(error))
                                    }
                                };
                                let pause = match as_result(&outcome) {
                                    Ok(_) => {
                                        retry.succeeded();
                                        None
                                    }
                                    Err(error) => {
                                        let (verdict, hint) = classify_transient(
                                            error,
                                            &mut retry,
                                        );
                                        let text = {
                                            use ::steadfast::__private::{
                                                ByDebug as _, ByDisplay as _, ByType as _,
                                            };
                                            (&&Describe(error)).describe()
                                        };
                                        retry.failed(verdict, hint, text)
                                    }
                                };
                                match pause ::steadfast::__private::{
                                    None => {
                                        break outcome;
                                    }
                                    Some(pause) => {
                                        ::core::mem::drop(outcome);
                                        pause.wait().await;
                                    }
                                }
                            }
                        },
                    )
                    .await
                {
                    Ok(value) => {
                        call.finish_retried(&value);
                        value
                    }
                    Err(error) => {
                        refuse(call.refused(error))
                    }
                }
            }
        "##]],
    );
}

#[test]
fn retry_of_a_plain_function() {
    check(
        Kind::Retry,
        quote!(on = any),
        quote! {
            fn connect(address: &str) -> io::Result<Connection> {
                Connection::open(address)
            }
        },
        &expect![[r#"
            ///
            /// *Policies, outermost first:* retry, 3 attempts, exponential backoff 50ms to 20s, full jitter. *Takes at most* as long as its body, which has no timeout.
            fn connect(address: &str) -> io::Result<Connection> {
                static __STEADFAST_SITE: Site = Site::new(
                    ::core::concat!(::core::module_path!(), "::", "connect"),
                );
                static __STEADFAST_BUDGET: Budget = Budget::new();
                static __STEADFAST_BACKOFF: Exponential = Exponential::new(
                    Duration::from_millis(50),
                );
                static __STEADFAST_RETRY: RetryPolicy<'static> = RetryPolicy::new(
                        &__STEADFAST_BACKOFF,
                    )
                    .budget(&__STEADFAST_BUDGET);
                let call = Call::start(&__STEADFAST_SITE);
                let mut retry = Retry::start(
                    &__STEADFAST_SITE,
                    &__STEADFAST_RETRY,
                );
                loop {
                    retry.begin();
                    let outcome = attempt_blocking(
                        &__STEADFAST_SITE,
                        || {
                            if let Some(value) = None::<
                                io::Result<Connection>,
                            > {
                                return value;
                            }
                            match () {
                                () => Connection::open(address),
                            }
                        },
                    );
                    let pause = match as_result(&outcome) {
                        Ok(_) => {
                            retry.succeeded();
                            None
                        }
                        Err(error) => {
                            let verdict = Verdict::Retry;
                            let text = {
                                use ::steadfast::__private::{
                                    ByDebug as _, ByDisplay as _, ByType as _,
                                };
                                (&&Describe(error)).describe()
                            };
                            retry.failed(verdict, None, text)
                        }
                    };
                    match pause ::steadfast::__private::{
                        None => {
                            call.finish_retried(&outcome);
                            break outcome;
                        }
                        Some(pause) => {
                            ::core::mem::drop(outcome);
                            pause.block();
                        }
                    }
                }
            }
        "#]],
    );
}

#[test]
fn inside_async_trait() {
    check(
        Kind::Timeout,
        quote!(2s),
        quote! {
            fn get<'life0, 'async_trait>(&'life0 self, id: u64)
                -> ::core::pin::Pin<Box<dyn ::core::future::Future<Output = Result<User, Error>> + ::core::marker::Send + 'async_trait>>
            {
                Box::pin(async move {
                    if let ::core::option::Option::Some(__ret) = ::core::option::Option::None::<Result<User, Error>> {
                        #[allow(unreachable_code)]
                        return __ret;
                    }
                    let __self = self;
                    let id = id;
                    let __ret: Result<User, Error> = { __self.client.get(id).await };
                    #[allow(unreachable_code)]
                    __ret
                })
            }
        },
        &expect![[r#"
            ///
            /// *Policies, outermost first:* timeout 2s in total. *Takes at most* 2s.
            fn get<'life0, 'async_trait>(
                &'life0 self,
                id: u64,
            ) -> ::core::pin::Pin<
                Box<
                    dyn ::core::future::Future<
                        Output = Result<User, Error>,
                    > + ::core::marker::Send + 'async_trait,
                >,
            > {
                Box::pin(async move {
                    if let Some(__ret) = None::<
                        Result<User, Error>,
                    > {
                        #[allow(unreachable_code)] return __ret;
                    }
                    let __self = self;
                    let id = id;
                    let __ret: Result<User, Error> = {
                        static __STEADFAST_SITE: Site = Site::new(
                            ::core::concat!(::core::module_path!(), "::", "get"),
                        );
                        let call = Call::start(&__STEADFAST_SITE);
                        match timeout(
                                &__STEADFAST_SITE,
                                Duration::from_secs(2),
                                true,
                                async move {
                                    if let Some(value) = None::<
                                        Result<User, Error>,
                                    > {
                                        return value;
                                    }
                                    match () {
                                        () => __self.client.get(id).await,
                                    }
                                },
                            )
                            .await
                        {
                            Ok(value) => {
                                call.finish_returned(&value);
                                value
                            }
                            Err(error) => {
                                refuse(call.refused(error))
                            }
                        }
                    };
                    #[allow(unreachable_code)] __ret
                })
            }
        "#]],
    );
}

#[test]
fn applied_to_an_expression() {
    let tokens = crate::apply::expand(quote!(retry(on = any), timeout(attempt = 2s); client.get(&url)));
    expect![[r#"
        async fn example() {
            let page = async {
                static __STEADFAST_SITE: Site = Site::new(
                    ::core::concat!(::core::module_path!(), ":", ::core::line!()),
                );
                static __STEADFAST_BUDGET: Budget = Budget::new();
                static __STEADFAST_BACKOFF: Exponential = Exponential::new(
                    Duration::from_millis(50),
                );
                static __STEADFAST_RETRY: RetryPolicy<'static> = RetryPolicy::new(
                        &__STEADFAST_BACKOFF,
                    )
                    .budget(&__STEADFAST_BUDGET);
                let call = Call::start(&__STEADFAST_SITE);
                let mut retry = Retry::start(
                    &__STEADFAST_SITE,
                    &__STEADFAST_RETRY,
                );
                loop {
                    retry.begin();
                    let outcome = match attempt(
                            &__STEADFAST_SITE,
                            timeout(
                                &__STEADFAST_SITE,
                                Duration::from_secs(2),
                                true,
                                async { (client.get(&url)).await },
                            ),
                        )
                        .await
                    {
                        Ok(value) => value,
                        Err(error) => {
                            refuse(retry.refused(error))
                        }
                    };
                    let pause = match as_result(&outcome) {
                        Ok(_) => {
                            retry.succeeded();
                            None
                        }
                        Err(error) => {
                            let verdict = Verdict::Retry;
                            let text = {
                                use ::steadfast::__private::{
                                    ByDebug as _, ByDisplay as _, ByType as _,
                                };
                                (&&Describe(error)).describe()
                            };
                            retry.failed(verdict, None, text)
                        }
                    };
                    match pause ::steadfast::__private::{
                        None => {
                            call.finish_retried(&outcome);
                            break outcome;
                        }
                        Some(pause) => {
                            ::core::mem::drop(outcome);
                            pause.wait().await;
                        }
                    }
                }
            }
                .await;
        }
    "#]]
    .assert_eq(&shown(quote!(async fn example() { let page = #tokens.await; })));
}
