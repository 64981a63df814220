struct State {
    database: Arc<Database>,
}

#[steadfast::checked]
async fn paths() {
    load("a"); //? blocking_fn_call
    other::load("a"); //? blocking_fn_call
    other::files::load("a"); //? blocking_fn_call
    crate::load("a"); //? blocking_fn_call
    super::r#load::<u8>("a"); //? blocking_fn_call
}

#[steadfast::checked]
async fn imported() {
    use other::load as get;
    get("a"); //? blocking_fn_call
}

#[steadfast::checked]
async fn methods(state: &State, database: Database) {
    state.database.query("a"); //? blocking_fn_call
    database.query("b"); //? blocking_fn_call
}

#[steadfast::checked]
async fn types() {
    Store::load("a");
    Self::load("a");
    u8::load("a");
    c_store::load("a");
    store_t::load("a");
    other::Store::<u8>::load("a");
    <Store as Load>::load("a");
}

#[steadfast::checked]
async fn variables(load: fn(&str)) {
    load("a");
    let query = || 1;
    query();
}

#[steadfast::checked]
async fn of_known_crates() {
    tokio::load("a");
    std::fs::load("a");
}

#[steadfast::checked]
async fn other_names(state: &State) {
    other::save("a");
    state.database.count("a");
}

#[steadfast::checked]
async fn awaited(state: &State) {
    other::load("a").await;
    state.database.query("a").await;
}

#[steadfast::checked]
async fn elsewhere(state: &'static State) {
    let task = tokio::task::spawn_blocking(|| load("a"));
    let thread = std::thread::spawn(|| state.database.query("a"));
    let later = || other::load("a");
}

#[steadfast::checked]
async fn conditional(state: &State) {
    #[cfg(unix)]
    state.database.query("a"); //? blocking_fn_call
}

#[steadfast::checked]
async fn own() {
    fn load(_: &str) {}
    load("a");
}
