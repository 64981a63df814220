async fn never_flushed(file: File) -> io::Result<()> {
    let mut writer = BufWriter::new(file);
    writer.write_all(b"a").await?; //? buf_writer_not_flushed
    Ok(())
}

async fn flushed(file: File) -> io::Result<()> {
    let mut writer = BufWriter::new(file);
    writer.write_all(b"a").await?;
    writer.flush().await
}
