use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn echo(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        let n = stream.read(&mut buffer).await?; //~ read_eof_ignored
        stream.write_all(&buffer[..n]).await?;
    }
}

async fn fills(reader: &mut (impl AsyncRead + Unpin), wanted: usize) -> io::Result<Vec<u8>> {
    let mut data = vec![0; wanted];
    let mut have = 0;
    while have < wanted {
        let n = reader.read(&mut data[have..]).await?; //~ read_eof_ignored
        have += n;
    }
    Ok(data)
}

async fn in_a_match(mut stream: TcpStream, mut data: Vec<u8>) {
    let mut chunk = [0; 1024];
    loop {
        let n = match stream.read(&mut chunk).await { //~ read_eof_ignored
            Ok(n) => n,
            Err(_) => return,
        };
        log::debug!("{n} bytes");
        data.extend_from_slice(&chunk[..n]);
    }
}

async fn of_unknown_type(port: &mut Port, hash: &mut Hash) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        let n = port.read(&mut buffer).await?; //? read_eof_ignored
        hash.update(&buffer[..n]);
    }
}

async fn sees_the_end(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        let n = stream.read(&mut buffer).await?;
        if n == 0 {
            return Ok(());
        }
        stream.write_all(&buffer[..n]).await?;
    }
}

async fn has_an_arm(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        let n = match stream.read(&mut buffer).await {
            Ok(0) => return Ok(()),
            Ok(n) => n,
            Err(error) => return Err(error),
        };
        stream.write_all(&buffer[..n]).await?;
    }
}

async fn handed_on(mut stream: TcpStream, mut parser: Parser) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        let n = stream.read(&mut buffer).await?;
        parser.feed_or_fail(&buffer[..n])?;
    }
}

async fn handed_to_a_function(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        let n = stream.read(&mut buffer).await?;
        handle(&buffer, n).await?;
    }
}

async fn asserted(mut stream: TcpStream, mut data: Vec<u8>) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        let n = stream.read(&mut buffer).await?;
        assert!(n > 0);
        data.extend_from_slice(&buffer[..n]);
    }
}

async fn the_data_is_tested(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        let n = stream.read(&mut buffer).await?;
        let text = String::from_utf8_lossy(&buffer[..n]);
        if text.is_empty() {
            break Ok(());
        }
    }
}

async fn in_the_head(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    let mut n = 1;
    while n != 0 {
        let n = stream.read(&mut buffer).await?;
        stream.write_all(&buffer[..n]).await?;
    }
    Ok(())
}

async fn not_in_a_loop(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    let n = stream.read(&mut buffer).await?;
    stream.write_all(&buffer[..n]).await
}

async fn a_lock(table: &tokio::sync::RwLock<Table>) {
    loop {
        let n = table.read().await;
        use_it(&n);
    }
}
