use tokio::net::TcpStream;
use tokio::time::timeout;

async fn goes_on(mut stream: TcpStream) {
    let mut header = [0; 16];
    loop {
        match timeout(IDLE, stream.read_exact(&mut header)).await { //~ cancel_unsafe_under_timeout
            Ok(Ok(_)) => parse(&header),
            Ok(Err(_)) => return,
            Err(_) => ping(),
        }
    }
}

async fn without_else(mut stream: TcpStream) {
    let mut header = [0; 16];
    loop {
        if let Ok(read) = timeout(IDLE, stream.read_exact(&mut header)).await { //~ cancel_unsafe_under_timeout
            parse(read.unwrap());
        }
    }
}

async fn ignored(peers: &mut [Peer], mut stream: TcpStream) {
    for message in messages() {
        let _ = timeout(IDLE, stream.write_all(&message)).await; //~ cancel_unsafe_under_timeout
    }
}

async fn of_unknown_type(port: &mut Port) {
    let mut line = String::new();
    loop {
        if let Err(late) = timeout(IDLE, port.read_line(&mut line)).await { //? cancel_unsafe_under_timeout timeout_inner_error_swallowed
            log::warn!("{late}");
            continue;
        }
        parse(&line);
    }
}

async fn asked_whether_late(mut stream: TcpStream) {
    let mut header = [0; 16];
    loop {
        if timeout(IDLE, stream.read_exact(&mut header)).await.is_err() { //~ cancel_unsafe_under_timeout timeout_inner_error_swallowed
            continue;
        }
        parse(&header);
    }
}

async fn late_and_left(mut stream: TcpStream) {
    let mut header = [0; 16];
    loop {
        if timeout(IDLE, stream.read_exact(&mut header)).await.is_err() { //~ timeout_inner_error_swallowed
            return;
        }
        parse(&header);
    }
}

async fn leaves(mut stream: TcpStream) {
    let mut header = [0; 16];
    loop {
        match timeout(IDLE, stream.read_exact(&mut header)).await {
            Ok(read) => parse(read.unwrap()),
            Err(_) => break,
        }
    }
}

async fn handed_on(mut stream: TcpStream) -> Result<(), Error> {
    let mut header = [0; 16];
    loop {
        timeout(IDLE, stream.read_exact(&mut header)).await??;
        parse(&header);
    }
}

async fn or_leaves(mut stream: TcpStream) {
    let mut header = [0; 16];
    loop {
        if let Ok(read) = timeout(IDLE, stream.read_exact(&mut header)).await {
            parse(read.unwrap());
        } else {
            return;
        }
    }
}

async fn not_in_a_loop(mut stream: TcpStream) {
    let mut header = [0; 16];
    let _ = timeout(IDLE, stream.read_exact(&mut header)).await;
}

async fn a_plain_read(mut stream: TcpStream) {
    let mut buffer = [0; 1024];
    loop {
        match timeout(IDLE, stream.read(&mut buffer)).await {
            Ok(Ok(0)) => return,
            Ok(n) => parse(&buffer[..n.unwrap()]),
            Err(_) => ping(),
        }
    }
}
