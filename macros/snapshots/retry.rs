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
        let pause = {
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
            let next = match Fallible::as_result(&outcome) {
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
                    let verdict = if holds(
                        error,
                        Error::is_auth,
                    ) {
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
            let Some(pause) = next else {
                call.finish_retried(&outcome);
                break outcome;
            };
            pause
        };
        pause.wait().await;
    }
}
