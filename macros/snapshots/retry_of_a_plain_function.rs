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
        let pause = {
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
            let next = match Fallible::as_result(&outcome) {
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
            let Some(pause) = next else {
                call.finish_retried(&outcome);
                break outcome;
            };
            pause
        };
        pause.block();
    }
}
