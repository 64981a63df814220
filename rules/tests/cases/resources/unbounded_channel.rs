use tokio::sync::mpsc::{self, unbounded_channel};

fn imported() {
    let (tx, rx) = unbounded_channel::<u8>(); //~ unbounded_channel
}

fn by_path() {
    let (tx, rx) = mpsc::unbounded_channel::<u8>(); //~ unbounded_channel
    let (tx, rx) = flume::unbounded::<u8>(); //~ unbounded_channel
    let (tx, rx) = crossbeam::channel::unbounded::<u8>(); //~ unbounded_channel
}

fn bounded() {
    let (tx, rx) = mpsc::channel::<u8>(16);
    let (tx, rx) = flume::bounded::<u8>(16);
}

fn own() {
    fn unbounded() {}
    unbounded();
}

fn a_set_of_its_own() {
    let (tx, rx) = tokio::sync::oneshot::channel::<u8>();
}
