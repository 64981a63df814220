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
