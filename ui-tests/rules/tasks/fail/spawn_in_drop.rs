//! A destructor that needs a runtime.

struct Session;

#[steadfast::checked(deny(spawn_in_drop))]
impl Drop for Session {
    fn drop(&mut self) {
        tokio::spawn(async {});
    }
}

struct Lowered;

#[steadfast::checked]
impl Drop for Lowered {
    fn drop(&mut self) {
        tokio::runtime::Handle::current().spawn(async {});
    }
}

fn main() {}
