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
            let pause = {
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
                        Refusable::refuse(retry.refused(error))
                    }
                };
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
            pause.wait().await;
        }
    }
        .await;
}
