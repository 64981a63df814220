//! Bodies that leave their parameters where they are.

use super::bodies;

bodies! {
    reqwest_by_reference("client, url, body") { client.post(&url).json(&body).send().await?.text().await } => [];
    receiver_chain("self") { self.client.get(self.base.join("users")?).header("x", "y").send().await } => [];
    field_receiver("self, key") { self.cache.lock().await.get(&key).cloned() } => [];
    sqlx_by_reference("pool, id") { sqlx::query_as::<_, User>("select 1").bind(&id).fetch_one(&pool).await } => [];
    sqlx_macro("pool, name") { sqlx::query!("insert into t values ($1)", name).execute(&pool).await } => [];
    sqlx_macro_as("pool, id") {
        sqlx::query_as!(User, "select * from t where id = $1", id).fetch_all(&*pool).await
    } => [];
    arc_clone("state") { let state = Arc::clone(&state); tokio::spawn(work(state)); done().await } => [];
    cloned_by_method("config") { connect(config.clone()).await } => [];
    to_owned_and_as_ref("name, path") { save(name.to_owned(), path.as_ref(), path.to_string()).await } => [];
    mutable_reference("buffer") { self.stream.read_buf(&mut buffer).await } => [];
    raw_address("cell") { touch(&raw const cell).await } => [];
    indexed("ids, at") { get(&ids[at]).await } => [];
    indexed_value("ids") { get(ids[0]).await } => [];
    index_of_field("table, row") { get(table[row.index].id).await } => [];
    dereferenced("count") { get(*count).await } => [];
    cast("size") { read(size as usize).await } => [];
    cast_field("page") { list(page.size as i64, page.number as u64 as usize).await } => [];
    compared("id, other, request") { if id == other || request.id != other.id { same().await } } => [];
    condition("verbose, request") {
        if verbose && !request.dry_run { print().await } while verbose { go().await }
    } => [];
    arithmetic_on_fields("page") { list(page.number * page.size, page.size + 1).await } => [];
    range_over_a_field("job") { for i in 0..job.attempts { step(i).await } } => [];
    compound_assignment_of_a_field("sum, item") { sum.total += item.price; flush(&sum).await } => [];
    called("callback") { callback(1).await } => [];
    iterated_by_reference("ids") { for id in &ids { get(id).await } for id in ids.iter() { get(id).await } } => [];
    awaited_method("task") { (&mut task).await; task.abort() } => [];
    ambiguous_methods("parts, tx, builder") {
        tx.send(parts.join(",")).await; builder.header("a", "b").build()
    } => [];
    method_names_of_another_arity("client") { client.map("a", "b").await?; client.expect("a", 1).await } => [];
}

// Patterns that take nothing.
bodies! {
    let_wild("unused") { let _ = unused; work().await } => [];
    assigned_to_wild("unused") { _ = unused; work().await } => [];
    let_ref("name") { let ref n = name; greet(n).await } => [];
    let_rest_only("request") { let Request { .. } = request; work().await } => [];
    let_ref_fields("request") { let Request { ref path, id: _ } = request; get(path).await } => [];
    match_without_bindings("mode") {
        match mode { Mode::Fast | Mode::Slow => go().await, _ => stop().await }
    } => [];
    match_literals("code") {
        match code { 200..=299 => ok().await, 404 => missing().await, MAX => odd().await, _ => err().await }
    } => [];
    match_none("found") { match found { None => create().await, Some(_) => Ok(()) } } => [];
    match_ref("found") { match found { Some(ref user) => greet(user).await, None => Ok(()) } } => [];
    match_reference("found") { match &found { Some(user) => greet(user).await, None => Ok(()) } } => [];
    match_reference_pattern("found") { match found { &Some(n) => greet(n).await, _ => Ok(()) } } => [];
    match_method("found") { match found.as_ref() { Some(user) => greet(user).await, None => Ok(()) } } => [];
    match_dereferenced("kind") { match *kind { Kind::Num(n) => f(n).await, _ => g().await } } => [];
    match_field_without_bindings("self") {
        match self.mode { Mode::A => a().await, Mode::B { .. } => b().await }
    } => [];
    if_let_reference("proxy") { if let Some(p) = &proxy { through(p).await } } => [];
    if_let_literal("flag") { if let true = flag { go().await } } => [];
    while_let_method("rx") { while let Some(m) = rx.recv().await { handle(m).await } } => [];
    destructuring_assignment("a, b") {
        (a.left, b) = pair().await; [a.x, _] = two(); Point { x: a.y, .. } = point();
    } => [];
}

// Names that mean something else.
bodies! {
    shadowed_by_its_clone("name") { let name = name.clone(); publish(name).await } => [];
    shadowed_in_a_block("name") { { let name = fresh(); publish(name).await; } greet(&name).await } => [];
    shadowed_by_if_let("user") { if let Some(user) = user.as_ref() { publish(user).await } } => [];
    shadowed_by_let_else("user") { let Some(user) = user.as_ref() else { return }; publish(user).await } => [];
    shadowed_by_a_match_arm("id") {
        match find(&id).await { Some(id) => publish(id).await, None => Ok(()) }
    } => [];
    shadowed_by_a_for_pattern("id") { for (id, _) in list(&id).await { publish(id).await } } => [];
    shadowed_by_a_closure_parameter("id") { names.iter().map(|id| publish(id)).collect() } => [];
    shadowed_by_a_field_pattern("id") { let Row { id, .. } = load(&id).await; publish(id).await } => [];
    shadowed_in_select("id") { tokio::select! { id = next(&id) => publish(id).await, _ = stop() => {} } } => [];
    shadow_ends_with_its_scope("id") { if let Some(id) = parse(&id) { f(id) } g(id).await } => ["id"];
    the_initializer_is_outside_of_the_shadow("id") { let id = f(id); g(id).await } => ["id"];
    a_configured_shadow_may_be_absent("id") { #[cfg(unix)] let id = id.clone(); g(id).await } => ["id"];
    field_and_method_names("id") { send(self.id, other.id(), Row { id: 3 }, row::id).await } => [];
    nested_items("id") {
        fn inner(id: u32) -> u32 { id } const ID: u32 = id; struct S { id: u32 } f().await
    } => [];
    const_block("id") { f(const { id }).await } => [];
    labels("outer") { 'outer: loop { break 'outer; } f().await } => [];
}

// Macros that look on.
bodies! {
    format_family("name, id") { let s = format!("{name} {} {0:?} {x}", id, x = name); put(&s).await } => [];
    log_family("user, err") {
        warn!(user.id, %user, ?err, error = &err as &dyn Error, "failed: {err}"); f().await
    } => [];
    log_with_target("err") { log::error!(target: "db", "{}", err); f().await } => [];
    log_with_fields("err") { log::error!(code = err.code, kind = err; "failed"); f().await } => [];
    spans("id") { let _guard = tracing::info_span!("load", id, %id).entered(); f() } => [];
    assertions("a, b") { assert!(a); assert_eq!(a, b, "{a} {}", b); debug_assert_ne!(a.x, b.x); f().await } => [];
    errors("id") { ensure!(id > 0, "bad id {}", id); bail!("no {}", id); Err(anyhow!("no {id}", id = id)) } => [];
    written("out, id") { writeln!(out, "{}", id)?; out.flush().await } => [];
    matched("size") { if matches!(size, Some(10..) | None) { refuse().await } } => [];
    matched_field("request") { if matches!(request.size, Some(n) if n > 10) { refuse().await } } => [];
    json_values("user, tags") {
        post(&json!({ "user": user, "tags": [tags, null], "n": { "id": user.id } })).await
    } => [];
    stringified("id") { f(stringify!(id)).await } => [];
    unknown_macro("id") { mystery!(id, f(id)); g().await } => [];
    macro_definition("id") { macro_rules! m { () => { f(id) } } g().await } => [];
    select_by_reference("rx, task") { tokio::select! { m = rx.recv() => f(m), r = &mut task => g(r) } } => [];
}
