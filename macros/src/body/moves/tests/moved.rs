//! Bodies that consume a parameter in the open.

use super::bodies;

// Calls, literals and returns.
bodies! {
    reqwest_url_by_value("client, url") { client.get(url).send().await?.error_for_status() } => ["url"];
    reqwest_post_chain("self, token, order") {
        let response = self.client.post(&self.endpoint).bearer_auth(token).json(&order).send().await?;
        Ok(response.json().await?)
    } => ["token"];
    sqlx_bind_owned("pool, email, name") {
        sqlx::query("insert into users (email, name) values ($1, $2)")
            .bind(email)
            .bind(&name)
            .execute(pool)
            .await
    } => ["pool", "email"];
    function_argument("message") { publish(message).await } => ["message"];
    argument_in_parentheses("message") { publish((message)).await } => ["message"];
    constructor_argument("id") { Ok(Some(id)) } => ["id"];
    nested_argument("topic, payload") {
        self.bus.send(Envelope::new(topic, encode(payload)?)).await
    } => ["topic", "payload"];
    path_call_into("value") { let value: Json = Into::into(value); store(&value).await } => ["value"];
    struct_field("id, body") {
        let request = Request { id: id, body: Some(body), retries: 0 }; call(&request).await
    } => ["id", "body"];
    struct_shorthand("title, author") { self.insert(&NewPost { title, author }).await } => ["title", "author"];
    struct_rest("defaults") {
        let config = Config { retries: 3, ..defaults }; connect(&config).await
    } => ["defaults"];
    tuple_element("key, value") { let entry = (key, value); self.put(&entry).await } => ["key", "value"];
    array_element("first, second") { join_all([first, second]).await } => ["first", "second"];
    repeated_element("cell") { let grid = [cell; 4]; render(&grid).await } => ["cell"];
    tail_expression("value") { audit().await; value } => ["value"];
    returned("value") { if cached().await { return value; } fetch().await } => ["value"];
    returned_in_ok("value") { notify(&value).await?; Ok(value) } => ["value"];
    broken_out_of_a_loop("value") { let out = loop { if ready().await { break value; } }; Ok(out) } => ["value"];
    tail_of_if("fallback") { if up().await { fetch().await } else { fallback } } => ["fallback"];
    tail_of_match_arm("fallback") { match fetch().await { Ok(v) => v, Err(_) => fallback } } => ["fallback"];
    tail_of_inner_block("text") { { text }.len() } => ["text"];
    tail_of_unsafe_block("handle") { unsafe { handle } } => ["handle"];
    statement_of_its_own("guard") { guard; work().await } => ["guard"];
    dropped("permit") { work().await; drop(permit); Ok(()) } => ["permit"];
    cast_to_a_trait_object("service") { register(service as Arc<dyn Service>).await } => ["service"];
    used_more_than_once("a") { g(&a); f(a); h(a) } => ["a"];
}

// Bindings and patterns.
bodies! {
    let_binding("body") { let payload = body; post(&payload).await } => ["body"];
    let_with_a_type("body") { let payload: Bytes = body; post(&payload).await } => ["body"];
    rebinding_as_mut("query") {
        let mut query = query; query.push_str("&limit=1"); run(&query).await
    } => ["query"];
    assigned("name") { self.last = name; self.save().await } => ["name"];
    let_tuple("pair") { let (host, port) = pair; connect(&host, port).await } => ["pair"];
    let_struct("request") { let Request { path, .. } = request; get(&path).await } => ["request"];
    let_else("user") { let Some(user) = user else { return Err(Missing) }; load(&user).await } => ["user"];
    if_let_binding("proxy") { if let Some(proxy) = proxy { use_proxy(&proxy).await } Ok(()) } => ["proxy"];
    if_let_chain("token, strict") {
        if strict && let Some(token) = token && check(&token) { go().await }
    } => ["token"];
    while_let_binding("node") { while let Some(n) = node { visit(&n).await; } } => ["node"];
    match_binding("event") {
        match event { Event::Created(order) => create(&order).await, Event::Deleted => Ok(()) }
    } => ["event"];
    match_catch_all("kind") { match kind { Kind::A => a().await, other => b(&other).await } } => ["kind"];
    match_guarded("input") {
        match input { text if text.is_empty() => none().await, _ => some().await }
    } => ["input"];
    match_tuple_of_values("left, right") {
        match (left, right) { (Some(a), None) => f(&a).await, _ => g().await }
    } => ["left", "right"];
    match_alternatives("id") { match id { Id::Num(n) | Id::Text(n) => look_up(&n).await } } => ["id"];
    match_at_binding("id") {
        match id { whole @ Id::Num(_) => look_up(&whole).await, _ => nothing().await }
    } => ["id"];
    matches_with_binding("size") { if matches!(size, Some(n) if n > LIMIT) { refuse().await } } => ["size"];
}

// Loops, operators and methods that consume.
bodies! {
    for_loop("ids") { for id in ids { delete(id).await?; } Ok(()) } => ["ids"];
    question_mark("found") { let user = found?; greet(&user).await } => ["found"];
    awaited("task") { Ok(task.await?) } => ["task"];
    added("prefix") { put(prefix + "/latest").await } => ["prefix"];
    added_to("total, more") { *total += more; save(total).await } => ["total", "more"];
    into_iter("ids") {
        stream::iter(ids.into_iter().map(fetch)).buffer_unordered(4).collect::<Vec<_>>().await
    } => ["ids"];
    into("url") { let uri: Uri = url.into(); get(&uri).await } => ["url"];
    into_bytes("text") { self.socket.write_all(&text.into_bytes()).await } => ["text"];
    into_inner_of_self("self") { let stream = self.into_inner(); stream.shutdown().await } => ["self"];
    try_into("size") { let size: u32 = size.try_into()?; resize(&size).await } => ["size"];
    option_unwrap_or_default("page") { list(&page.unwrap_or_default()).await } => ["page"];
    option_expect("config") {
        let config = config.expect("checked by the caller"); open(&config).await
    } => ["config"];
    option_map("since") { let since = since.map(|at| at.to_rfc3339()); query(&since).await } => ["since"];
    option_ok_or("id") { let id = id.ok_or(Error::Missing)?; load(&id).await } => ["id"];
    result_ok("parsed") { if let Some(v) = parsed.ok() { store(&v).await } } => ["parsed"];
    result_map_err("parsed") { let v = parsed.map_err(Error::Parse)?; store(&v).await } => ["parsed"];
    iterator_collect("names") { let names: Vec<_> = names.collect(); insert(&names).await } => ["names"];
    future_boxed("job") { self.queue.push(job.boxed()); self.flush().await } => ["job"];
    raw_identifier("r#type") { publish(r#type).await } => ["r#type"];
}

// Fields, which move a part.
bodies! {
    dto_field("request") { self.client.post(&self.url).body(request.payload).send().await } => ["request.*"];
    nested_dto_field("order") { ship(order.customer.address, &order.items).await } => ["order.*"];
    dto_field_in_struct("input") { let row = Row { name: input.name, age: 3 }; save(&row).await } => ["input.*"];
    tuple_field("pair") { connect(pair.0).await } => ["pair.*"];
    field_in_let("job") { let steps = job.steps; run(&steps).await } => ["job.*"];
    field_in_for("job") { for step in job.steps { run(step).await } } => ["job.*"];
    field_into_iter("batch") { for row in batch.rows.into_iter() { put(row).await } } => ["batch.*"];
    field_unwrapped("options") { wait(options.delay.unwrap_or_default()).await } => ["options.*"];
    field_matched("message") {
        match message.payload { Payload::Text(t) => text(&t).await, _ => other().await }
    } => ["message.*"];
    field_if_let("message") {
        if let Some(reply_to) = message.reply_to { answer(&reply_to).await }
    } => ["message.*"];
    whole_after_field("request") { log(request.id); send(request).await } => ["request"];
    two_parameters_in_their_order("a, b") { send(b.id, a).await } => ["a", "b.*"];
}

// Macros that take values.
bodies! {
    vec_of_values("a, b") { send_all(vec![a, b]).await } => ["a", "b"];
    vec_repeat("cell, n") { let grid = vec![cell; n]; render(&grid).await } => ["cell", "n"];
    dbg("value") { store(&dbg!(value)).await } => ["value"];
    join("a, b") { let (x, y) = tokio::join!(a, b); merge(x, y) } => ["a", "b"];
    try_join_calls("left, right") { futures::try_join!(fetch(left), fetch(right)) } => ["left", "right"];
    join_biased("a, b") { tokio::join!(biased; a, f(&b)); } => ["a"];
    pinned("future") { tokio::pin!(future); poll_once(&mut future).await } => ["future"];
    pinned_let("future") { tokio::pin! { let first = future; } first.await } => ["future"];
    select_future("a, shutdown") {
        tokio::select! { r = a => r, _ = shutdown.cancelled() => Err(Stopped) }
    } => ["a"];
    select_call("self, id, stop") {
        tokio::select! {
            biased;
            _ = stop.changed(), if self.armed => Err(Stopped),
            done = self.fetch(id) => { done }
            else => Ok(None),
        }
    } => ["id"];
    select_handler("value") { tokio::select! { _ = tick() => store(value).await, _ = stop() => {} } } => ["value"];
    bail_with_an_error("error") { if broken().await { bail!(error) } Ok(()) } => ["error"];
    inside_a_format_argument("id") { info!("looked up {}", look_up(id)); done().await } => ["id"];
    inside_an_event_field("id") {
        tracing::debug!(target: "db", user = %name_of(id), "hit"); done().await
    } => ["id"];
    inside_json("name") { post(&json!({ "user": { "name": upper(name), "tags": [1, 2] } })).await } => ["name"];
    our_own_apply("url") { steadfast::apply!(retry(on = any), timeout(2s); get(url)).await } => ["url"];
}
