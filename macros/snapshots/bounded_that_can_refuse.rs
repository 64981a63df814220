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
            return Refusable::refuse(call.refused(error));
        }
    };
    match () {
        () => self.gateway.charge(card).await,
    }
}
