//! What to do with a rule has three names.

steadfast::audit!(quiet(blocking_sleep));

fn main() {}
