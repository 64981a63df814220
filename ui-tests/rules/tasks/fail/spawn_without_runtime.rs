//! A plain thread has no runtime. The rule is off unless somebody asks for it.

#[steadfast::checked(deny(spawn_without_runtime))]
fn on_a_thread() {
    std::thread::spawn(|| {
        tokio::spawn(async {});
    });
}

fn main() {}
