use tracing::{Instrument, Span, info_span};

async fn entered() {
    let _entered = info_span!("load").entered(); //~ span_guard_across_await
    fetch().await;
}

async fn parameter(span: &Span) {
    let _enter = span.enter(); //~ span_guard_across_await
    fetch().await;
}

async fn unknown(span: Tracked) {
    let _enter = span.enter(); //? span_guard_across_await runtime_enter_guard_across_await
    fetch().await;
}

async fn current() {
    let span = Span::current();
    let _enter = span.enter(); //~ span_guard_across_await
    tokio::join!(fetch(), fetch());
}

async fn instrumented(span: Span) {
    fetch().instrument(span).await;
}

async fn in_scope(span: Span) {
    span.in_scope(|| println!("hello"));
    fetch().await;
}

async fn ended(span: Span) {
    {
        let _enter = span.enter();
        println!("hello");
    }
    fetch().await;
}

async fn with_an_argument(menu: Menu) {
    let choice = menu.enter("name");
    fetch().await;
}

async fn fetch() {}
