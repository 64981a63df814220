pub fn load(path: &Path) -> Config {
    read(path)
}
#[doc(hidden)]
pub struct load {}
impl BlockingMarker for load {}
impl Database {
    pub fn vacuum(&self) {
        self.run("vacuum")
    }
    #[doc(hidden)]
    pub fn __blocking_query_vacuum(&self) -> Blocks {
        Blocks
    }
}
