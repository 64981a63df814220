use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use bcrypt::hash as bcrypt_hash;
use scrypt::Scrypt;

async fn with_bcrypt(password: &str) {
    let _ = bcrypt_hash(password, 12); //~ cpu_hash_in_async
    let _ = bcrypt::verify(password, "hash"); //~ cpu_hash_in_async
}

async fn with_argon2(password: &[u8], salt: &Salt, hash: &Hash) {
    let _ = Argon2::default().hash_password(password, salt); //~ cpu_hash_in_async
    let hasher = Argon2::default();
    let _ = hasher.verify_password(password, hash); //~ cpu_hash_in_async
}

async fn with_scrypt(password: &[u8], salt: &Salt) {
    let _ = Scrypt.hash_password(password, salt); //~ cpu_hash_in_async
}

async fn with_pbkdf2(password: &[u8], key: &mut [u8]) {
    pbkdf2::pbkdf2_hmac::<Sha256>(password, b"salt", 600_000, key); //~ cpu_hash_in_async
}

async fn offloaded(password: String) {
    tokio::task::spawn_blocking(move || bcrypt::hash(password, 12)).await.unwrap();
}

fn synchronous(password: &str) {
    let _ = bcrypt::hash(password, 12);
}

async fn own_service(users: Users, password: &str) {
    let _ = users.verify_password(password).await;
    let _ = users.hash_password(password);
}

async fn other_hash(map: &Map) {
    let _ = hash(map);
    let _ = sha2::Sha256::digest(b"a");
}

#[tokio::test]
async fn in_a_test() {
    let _ = bcrypt::hash("password", 4);
}
