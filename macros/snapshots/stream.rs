/// All pages.
pub fn pages(
    &self,
    mut next: Url,
) -> impl Stream<Item = Result<Page, Error>> {
    async_stream::<
        Result<Page, Error>,
        _,
        _,
    >(move |yielder| async move {
        let _ = &self;
        let _ = &next;
        let end = async {
            if let Some(end) = None::<
                <Result<Page, Error> as StreamItem>::End,
            > {
                return end;
            }
            let _end: () = match true {
                true => {
                    loop {
                        let page = self.client.get(next).await?;
                        let Some(url) = page.next.clone() else {
                            return Ok(())
                        };
                        next = url;
                        yielder
                            .y({
                                let item: Result<Page, Error> = Ok(page);
                                item
                            })
                            .await;
                    }
                }
                false => {}
            };
            Ok(())
        };
        if let Some(error) = <Result<
            Page,
            Error,
        > as StreamItem>::last(end.await) {
            yielder.y(error).await;
        }
    })
}
