//! Hashes of passwords.

mod bcrypt {
    pub fn verify(password: &str, hash: &str) -> bool {
        password == hash
    }
}

#[derive(Default)]
struct Argon2;

impl Argon2 {
    fn hash_password(&self, _password: &[u8], _salt: &str) -> Result<String, ()> {
        Ok(String::new())
    }
}

#[steadfast::checked]
async fn certain(password: &str, hash: &str) -> bool {
    bcrypt::verify(password, hash)
}

#[steadfast::checked]
async fn asked(password: &[u8]) -> Result<String, ()> {
    Argon2::default().hash_password(password, "salt")
}

fn main() {}
