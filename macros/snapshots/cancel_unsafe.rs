pub async fn transfer(order: Order) -> io::Result<()> {
    store(take(order).await?).await
}
#[doc(hidden)]
pub trait transfer {
    fn __steadfast_marked(self) -> CancelUnsafe;
}
impl transfer
for question::Probe<CancelUnsafe> {
    fn __steadfast_marked(self) -> CancelUnsafe {
        CancelUnsafe
    }
}
impl Journal {
    fn append(&mut self, line: &str) -> impl Future<Output = io::Result<()>> {
        self.file.write_all(line.as_bytes())
    }
    #[doc(hidden)]
    fn __cancel_unsafe_query_append(&self) -> CancelUnsafe {
        CancelUnsafe
    }
}
