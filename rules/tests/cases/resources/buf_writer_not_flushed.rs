use std::io::Write as _;

use tokio::fs::File;
use tokio::io::{AsyncWriteExt, BufStream, BufWriter};
use tokio::net::TcpStream;

async fn never_flushed(file: File) -> std::io::Result<()> {
    let mut writer = BufWriter::new(file);
    writer.write_all(b"a").await?;
    writer.write_u8(1).await?; //~ buf_writer_not_flushed
    Ok(())
}

async fn in_a_loop(socket: TcpStream, lines: Vec<String>) -> std::io::Result<()> {
    let mut writer = tokio::io::BufWriter::with_capacity(1024, socket);
    for line in lines {
        writer.write_all(line.as_bytes()).await?; //~ buf_writer_not_flushed
    }
    Ok(())
}

async fn a_stream(socket: TcpStream) -> std::io::Result<()> {
    let mut stream = BufStream::new(socket);
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    stream.write_all(line.as_bytes()).await?; //~ buf_writer_not_flushed
    println!("{}", stream.get_ref().peer_addr()?);
    Ok(())
}

async fn flushed(file: File) -> std::io::Result<()> {
    let mut writer = BufWriter::new(file);
    writer.write_all(b"a").await?;
    writer.flush().await
}

async fn shut_down(socket: TcpStream) -> std::io::Result<()> {
    let mut writer = BufWriter::new(socket);
    writer.write_all(b"a").await?;
    writer.shutdown().await
}

async fn copied(file: File, mut from: TcpStream) -> std::io::Result<()> {
    let mut writer = BufWriter::new(file);
    writer.write_all(b"head").await?;
    tokio::io::copy(&mut from, &mut writer).await?;
    Ok(())
}

async fn taken_apart(file: File) -> std::io::Result<File> {
    let mut writer = BufWriter::new(file);
    writer.write_all(b"a").await?;
    Ok(writer.into_inner())
}

async fn returned(file: File) -> std::io::Result<BufWriter<File>> {
    let mut writer = BufWriter::new(file);
    writer.write_all(b"a").await?;
    Ok(writer)
}

async fn lent(file: File) -> std::io::Result<()> {
    let mut writer = BufWriter::new(file);
    writer.write_all(b"a").await?;
    finish(&mut writer).await
}

async fn kept(file: File, log: &mut Log) -> std::io::Result<()> {
    let mut writer = BufWriter::new(file);
    writer.write_all(b"a").await?;
    log.writer = Some(writer);
    Ok(())
}

async fn in_a_task(socket: TcpStream) {
    let mut writer = BufWriter::new(socket);
    tokio::spawn(async move {
        writer.write_all(b"a").await.unwrap();
        writer.flush().await.unwrap();
    });
}

async fn never_written(file: File) {
    let writer = BufWriter::new(file);
    println!("{}", writer.buffer().len());
}

fn of_std(file: std::fs::File) -> std::io::Result<()> {
    let mut writer = std::io::BufWriter::new(file);
    writer.write_all(b"a")
}

async fn on_some_path(file: File, last: bool) -> std::io::Result<()> {
    let mut writer = BufWriter::new(file);
    writer.write_all(b"a").await?;
    if last {
        writer.flush().await?;
    }
    Ok(())
}
