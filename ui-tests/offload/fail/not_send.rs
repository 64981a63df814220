use std::rc::Rc;

use steadfast::offload;

#[offload]
fn takes(name: Rc<str>) -> usize {
    name.len()
}

#[offload]
fn gives() -> Rc<str> {
    "name".into()
}

struct Store {
    name: Rc<str>,
}

impl Store {
    #[offload]
    fn read(self, add: usize) -> usize {
        self.name.len() + add
    }
}

#[offload]
fn generic<T: ToString>(value: T) -> String {
    value.to_string()
}

#[offload]
fn not_static(read: impl Fn() -> usize + Send) -> usize {
    read()
}

fn main() {}
