use std::sync::OnceLock;

static CELL: OnceLock<u32> = OnceLock::new();

async fn first(handle: tokio::runtime::Handle) -> u32 {
    *CELL.get_or_init(|| handle.block_on(compute())) //~ blocking_lazy_init
}

async fn block() -> u32 {
    *CELL.get_or_init(|| {
        let value = futures::executor::block_on(compute()); //~ blocking_lazy_init
        value + 1
    })
}

async fn asynchronous(cell: &tokio::sync::OnceCell<u32>) -> u32 {
    *cell.get_or_init(|| async { 42 }).await
}

async fn plain() -> u32 {
    *CELL.get_or_init(|| 42)
}

async fn in_place(handle: tokio::runtime::Handle) -> u32 {
    *CELL.get_or_init(|| tokio::task::block_in_place(|| handle.block_on(compute())))
}

fn synchronous(handle: &tokio::runtime::Handle) -> u32 {
    *CELL.get_or_init(|| handle.block_on(compute()))
}

async fn compute() -> u32 {
    42
}
