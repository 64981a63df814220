async fn created() -> io::Result<()> {
    let mut file = File::create("a").await?;
    file.write_all(b"a").await?; //? tokio_file_not_flushed
    Ok(())
}

async fn of_std() -> io::Result<()> {
    let mut file = File::create("a")?;
    file.write_all(b"a")
}
