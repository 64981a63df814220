use steadfast::offload;

const TEXT: &str = "4";

#[offload(limit = TEXT)]
fn load() {}

fn main() {}
