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
                    let pause = {
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
                                Refusable::refuse(
                                    retry.refused(error),
                                )
                            }
                        };
                        let next = match Fallible::as_result(
                            &outcome,
                        ) {
                            Ok(_) => {
                                retry.succeeded();
                                None
                            }
                            Err(error) => {
                                let (verdict, hint) = classify_transient(
                                    &*error,
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
                        let Some(pause) = next else {
                            break outcome;
                        };
                        pause
                    };
                    pause.wait().await;
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
            Refusable::refuse(call.refused(error))
        }
    }
}
