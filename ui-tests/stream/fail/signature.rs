use steadfast::{Stream, stream};

#[stream]
fn plain() -> u8 {
    yield_!(1);
}

#[stream]
async fn says_stream() -> impl Stream<Item = u8> {
    yield_!(1);
}

#[stream]
async fn never() -> ! {
    loop {}
}

#[stream(item = u8)]
async fn of_another_library() -> u8 {
    yield_!(1);
}

#[stream(u8)]
async fn positional() -> u8 {
    yield_!(1);
}

#[stream(gaurds = allow)]
async fn misspelt() -> u8 {
    yield_!(1);
}

#[stream(guards = alow)]
async fn misspelt_value() -> u8 {
    yield_!(1);
}

#[stream]
struct Items;

fn main() {
    // They are still there for their callers.
    let _ = (plain(), misspelt(), misspelt_value(), positional());
}
