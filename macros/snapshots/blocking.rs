pub fn load(path: &Path) -> Config {
    read(path)
}
#[doc(hidden)]
pub trait load {
    fn __steadfast_marked(self) -> Blocks;
}
impl load for question::Probe<Blocks> {
    fn __steadfast_marked(self) -> Blocks {
        Blocks
    }
}
impl Database {
    pub fn vacuum(&self) {
        self.run("vacuum")
    }
    #[doc(hidden)]
    pub fn __blocking_query_vacuum(&self) -> Blocks {
        Blocks
    }
}
