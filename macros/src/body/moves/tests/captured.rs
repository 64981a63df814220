//! Closures and `async` blocks.

use super::bodies;

bodies! {
    spawned("client, id") { tokio::spawn(async move { client.get(&id).await }).await? } => ["client", "id"];
    spawned_with_clones("client, id") {
        let client = client.clone();
        tokio::spawn({ let id = id.clone(); async move { client.get(&id).await } }).await?
    } => [];
    spawn_blocking("path") { tokio::task::spawn_blocking(move || std::fs::read(&path)).await? } => ["path"];
    moved_field("job") { tokio::spawn(async move { run(&job.steps).await }).await? } => ["job.*"];
    moved_condition("dry_run") { tokio::spawn(async move { if dry_run { f().await } }) } => ["dry_run"];
    moved_in_a_format_string("name") { tokio::spawn(async move { println!("hello {name}") }).await } => ["name"];
    moved_width("width") { tokio::spawn(async move { println!("{:>width$}", 1) }).await } => ["width"];
    moved_event_field("id") { tokio::spawn(async move { info!(user = %id, "x") }).await } => ["id"];
    moved_into_an_unknown_macro("id") { tokio::spawn(async move { mystery!({ key: id }) }).await } => ["id"];
    moved_text_of_an_unknown_macro("id") { tokio::spawn(async move { my_log!("got {id:?}") }).await } => ["id"];
    moved_by_a_nested_closure("id") { call(move || list.iter().any(|x| x.id == id)).await } => ["id"];
    moved_async_closure("id") { call(async move |n| get(n, &id).await).await } => ["id"];
    moved_into_a_stream("source") {
        let s = async_stream::stream! { for x in source.iter() { yield x; } }; drain(s).await
    } => ["source"];
    moved_into_a_try_stream("rx") { try_stream! { while let Some(m) = rx.recv().await { yield m?; } } } => ["rx"];
    closure_that_consumes("list, owner") { list.iter().for_each(|x| give(x, owner)); f().await } => ["owner"];
    closure_body("value") { let get = || value; use_it(get).await } => ["value"];
    async_block_that_consumes("value") { let job = async { store(value).await }; job.await } => ["value"];
    capture_ends_with_its_block("a, b") { spawn(async move { f(&a) }); g(&b).await } => ["a"];
}

bodies! {
    closure_that_looks("list, id") { list.iter().find(|item| item.id == id && id.len() > 3).cloned() } => [];
    async_block_that_looks("client, id") { let job = async { client.get(&id).await }; job.await } => [];
    closure_with_its_own_name("id") { call(move |id| f(id)).await } => [];
    move_block_without_it("id") { f(&id); tokio::spawn(async move { tick().await }).await } => [];
    move_block_that_ignores_it("id") { tokio::spawn(async move { let _ = id; tick().await }).await } => [];
    move_block_with_a_local("id") { tokio::spawn(async move { let id = 3; f(id) }).await } => [];
    format_string_that_escapes("name") {
        tokio::spawn(async move { println!("{{name}} name {0:name}", 1) }).await
    } => [];
    literal_that_is_no_format_string("name") { tokio::spawn(async move { f("{name}").await }).await } => [];
    unknown_macro_without_it("id") {
        tokio::spawn(async move { mystery!(row.id, id::x, 'id, id: 3) }).await
    } => [];
    stringified_in_a_move_block("id") { tokio::spawn(async move { f(stringify!(id)) }).await } => [];
}
