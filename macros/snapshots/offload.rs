/// Hashes.
pub async fn hash(
    self: Arc<Self>,
    mut password: String,
    _permit: Permit,
) -> io::Result<Hash> {
    static __STEADFAST_OFFLOAD: Offload = Offload::limited(
        ::core::concat!(::core::module_path!(), "::", "hash"),
        Pool::Cpu,
        4,
    );
    let work = move || -> io::Result<Hash> {
        let _ = &self;
        let _ = &password;
        let _permit = ::core::convert::identity(_permit);
        match () {
            () => {
                password.push('!');
                self.hasher.hash(password)
            }
        }
    };
    offload(&__STEADFAST_OFFLOAD, work).await
}
