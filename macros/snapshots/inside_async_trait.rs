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
                    Refusable::refuse(call.refused(error))
                }
            }
        };
        #[allow(unreachable_code)] __ret
    })
}
