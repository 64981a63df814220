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
            Refusable::refuse(call.refused(error))
        }
    }
}
