async fn unseen(password: &[u8], salt: &Salt) {
    let _ = Argon2::default().hash_password(password, salt); //? cpu_hash_in_async
    let _ = bcrypt::hash(password, 12); //~ cpu_hash_in_async
}

async fn last_name_alone(password: &[u8]) {
    let _ = hash(password, 12);
    let _ = verify(password, "hash");
}

async fn awaited(password: &[u8], salt: &Salt) {
    let _ = Argon2::default().hash_password(password, salt).await;
}
