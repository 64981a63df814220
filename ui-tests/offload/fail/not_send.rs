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

#[offload]
fn generic<T: ToString>(value: T) -> String {
    value.to_string()
}

fn main() {}
