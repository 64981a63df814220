use futures::stream::{self, FuturesUnordered, StreamExt, TryStreamExt};

async fn buffered(urls: Vec<Url>) {
    let mut pages = stream::iter(urls).map(fetch).buffer_unordered(8);
    while let Some(page) = pages.next().await {
        store(page).await; //~ stream_stalled_by_await
    }
}

async fn a_set(urls: Vec<Url>) -> Result<(), Error> {
    let mut fetches = FuturesUnordered::new();
    for url in urls {
        fetches.push(fetch(url));
    }
    while let Some(page) = fetches.next().await {
        tokio::time::sleep(PAUSE).await; //~ stream_stalled_by_await
        keep(page?);
    }
    Ok(())
}

async fn pinned(urls: Vec<Url>) -> Result<(), Error> {
    let mut pages = std::pin::pin!(stream::iter(urls).map(fetch).try_buffered(8));
    while let Some(page) = pages.try_next().await? {
        let id = store(page).await?; //~ stream_stalled_by_await
        log::info!("{id}");
    }
    Ok(())
}

async fn of_unknown_type(mut pages: impl Pages) {
    while let Some(page) = pages.next().await {
        store(page).await; //? stream_stalled_by_await
    }
}

async fn nothing_else_is_awaited(urls: Vec<Url>) {
    let mut pages = stream::iter(urls).map(fetch).buffer_unordered(8);
    while let Some(page) = pages.next().await {
        keep(page);
        keep(async move { store(page).await });
    }
}

async fn no_buffer(rx: tokio::sync::mpsc::Receiver<Page>) {
    let mut pages: tokio_stream::wrappers::ReceiverStream<Page> = rx.into();
    while let Some(page) = pages.next().await {
        store(page).await;
    }
}

async fn tasks(urls: Vec<Url>) {
    let mut fetches = FuturesUnordered::new();
    for url in urls {
        fetches.push(tokio::spawn(fetch(url)));
    }
    while let Some(page) = fetches.next().await {
        store(page.unwrap()).await;
    }
}

async fn a_buffer_of_tasks(urls: Vec<Url>) {
    let mut pages = stream::iter(urls).map(|url| tokio::spawn(fetch(url))).buffer_unordered(8);
    while let Some(page) = pages.next().await {
        store(page).await;
    }
}

async fn side_by_side(urls: Vec<Url>) {
    stream::iter(urls).for_each_concurrent(8, |url| async move { store(fetch(url).await).await }).await;
}

async fn the_stream_itself(urls: Vec<Url>) {
    let mut pages = stream::iter(urls).map(fetch).buffer_unordered(8);
    while let Some(first) = pages.next().await {
        let second = pages.next().await;
        keep((first, second));
    }
}

async fn a_channel(mut pages: tokio::sync::mpsc::Receiver<Page>) {
    while let Some(page) = pages.recv().await {
        store(page).await;
    }
}
