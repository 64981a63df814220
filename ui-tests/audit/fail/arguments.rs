//! A mistake in the arguments is told where it was made, and the crate is checked all the same.

steadfast::audit!(allow(blocking_slep), warn(), deny);

pub async fn page() {
    std::thread::sleep(std::time::Duration::from_millis(1));
}

fn main() {}
