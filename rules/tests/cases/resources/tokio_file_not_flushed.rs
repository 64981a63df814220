use tokio::fs::{self, File, OpenOptions};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufWriter};

async fn created() -> std::io::Result<()> {
    let mut file = File::create("a").await?;
    file.write_all(b"a").await?; //~ tokio_file_not_flushed
    Ok(())
}

async fn opened(text: &str) -> std::io::Result<()> {
    let mut log = OpenOptions::new().append(true).create(true).open("a").await?;
    log.write_all(text.as_bytes()).await //~ tokio_file_not_flushed
}

async fn with_options() {
    let mut file = File::options().write(true).open("a").await.unwrap();
    file.set_len(0).await.unwrap();
    file.write_all(b"a").await.unwrap(); //~ tokio_file_not_flushed
}

async fn flushed() -> std::io::Result<()> {
    let mut file = File::create("a").await?;
    file.write_all(b"a").await?;
    file.flush().await
}

async fn synced() -> std::io::Result<()> {
    let mut file = File::create("a").await?;
    file.write_all(b"a").await?;
    file.sync_all().await
}

async fn written_at_once() -> std::io::Result<()> {
    fs::write("a", b"a").await
}

async fn only_read() -> std::io::Result<String> {
    let mut file = File::open("a").await?;
    let mut text = String::new();
    file.read_to_string(&mut text).await?;
    Ok(text)
}

async fn into_a_buffer() -> std::io::Result<()> {
    let file = File::create("a").await?;
    let mut writer = BufWriter::new(file);
    writer.write_all(b"a").await?;
    writer.flush().await
}

async fn copied(mut from: tokio::net::TcpStream) -> std::io::Result<()> {
    let mut file = File::create("a").await?;
    tokio::io::copy(&mut from, &mut file).await?;
    Ok(())
}

async fn turned_into_std() -> std::io::Result<std::fs::File> {
    let mut file = File::create("a").await?;
    file.write_all(b"a").await?;
    Ok(file.into_std().await)
}

fn of_std() -> std::io::Result<()> {
    use std::io::Write;
    let mut file = std::fs::File::create("a")?;
    file.write_all(b"a")
}

#[tokio::test]
async fn in_a_test() {
    let mut file = File::create("a").await.unwrap();
    file.write_all(b"a").await.unwrap();
}
