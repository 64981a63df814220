use steadfast::offload;

const NONE: usize = 0;

#[offload(limit = NONE)]
fn load() {}

fn main() {}
