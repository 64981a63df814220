use std::time::Duration;

use futures::{FutureExt, StreamExt};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::select;
use tokio::sync::mpsc;
use tokio_util::codec::{FramedRead, LinesCodec};
use tokio_util::sync::CancellationToken;

async fn header(mut stream: TcpStream, mut orders: mpsc::Receiver<Order>) -> io::Result<()> {
    let mut header = [0; 16];
    loop {
        tokio::select! {
            read = stream.read_exact(&mut header) => { //~ cancel_unsafe_in_select
                read?;
                parse(&header);
            }
            order = orders.recv() => match order {
                Some(order) => obey(order).await,
                None => return Ok(()),
            },
        }
    }
}

async fn lines<R: AsyncRead + Unpin>(reader: R, mut tick: tokio::time::Interval) {
    let mut reader = BufReader::new(reader);
    let mut line = String::new();
    'serve: loop {
        line.clear();
        select! {
            biased;
            _ = tick.tick() => continue 'serve,
            n = reader.read_line(&mut line) => { //~ cancel_unsafe_in_select
                if n.unwrap() == 0 { break }
                println!("{line}");
            }
        }
    }
}

async fn generic(reader: &mut (impl AsyncRead + Unpin), writer: &mut (dyn AsyncWrite + Unpin), stop: CancellationToken) {
    while !stop.is_cancelled() {
        tokio::select! {
            length = reader.read_u32_le() => skip(length), //~ cancel_unsafe_in_select
            _ = writer.write_all(b"ping") => {} //~ cancel_unsafe_in_select
        }
    }
}

struct Connection<R> {
    reader: R,
    frame: [u8; 64],
}

impl<R> Connection<R>
where
    R: AsyncRead + Unpin,
{
    async fn run(&mut self, mut pings: mpsc::Receiver<()>) {
        loop {
            tokio::select! {
                _ = tokio::time::timeout(IDLE, self.reader.read_exact(&mut self.frame)) => {} //~ cancel_unsafe_in_select
                Some(()) = pings.recv() => log::debug!("ping"),
                else => break,
            }
        }
    }
}

async fn of_unknown_type(socket: &mut Socket, mut orders: mpsc::Receiver<Order>) {
    loop {
        tokio::select! {
            _ = socket.read_exact(&mut [0; 4]).fuse() => {} //? cancel_unsafe_in_select
            Some(order) = orders.recv() => obey(order).await,
            else => break,
        }
    }
}

async fn until_shutdown(mut stream: TcpStream, stop: CancellationToken) -> io::Result<()> {
    let mut header = [0; 16];
    loop {
        tokio::select! {
            read = stream.read_exact(&mut header) => { read?; }
            _ = stop.cancelled() => break,
        }
        answer(&mut stream, &header).await?;
    }
    Ok(())
}

async fn all_other_branches_leave(mut stream: TcpStream, stop: CancellationToken, mut errors: mpsc::Receiver<Error>) {
    let mut header = [0; 16];
    'connection: loop {
        for _ in 0..8 {
            tokio::select! {
                read = stream.read_exact(&mut header) => { read.unwrap(); }
                _ = stop.cancelled() => return,
                error = errors.recv() => match error {
                    Some(error) if error.is_fatal() => panic!("{error}"),
                    Some(_) => break 'connection,
                    None => std::process::exit(1),
                },
            }
        }
    }
}

async fn once(mut stream: TcpStream, stop: CancellationToken) {
    let mut header = [0; 16];
    tokio::select! {
        _ = stream.read_exact(&mut header) => {}
        _ = stop.cancelled() => {}
    }
}

async fn pinned(mut stream: TcpStream, mut orders: mpsc::Receiver<Order>) {
    let mut header = [0; 16];
    let read = stream.read_exact(&mut header);
    tokio::pin!(read);
    loop {
        tokio::select! {
            _ = &mut read => break,
            order = orders.recv() => obey(order),
        }
    }
}

async fn with_a_codec(stream: TcpStream, mut orders: mpsc::Receiver<Order>) {
    let mut lines = FramedRead::new(stream, LinesCodec::new());
    loop {
        tokio::select! {
            Some(line) = lines.next() => println!("{line:?}"),
            Some(order) = orders.recv() => obey(order),
            else => break,
        }
    }
}

async fn safe_calls(mut stream: TcpStream, mut orders: mpsc::Receiver<Order>) -> io::Result<()> {
    let mut buffer = BytesMut::new();
    loop {
        tokio::select! {
            n = stream.read_buf(&mut buffer) => if n? == 0 { return Ok(()) },
            order = orders.recv() => obey(order),
        }
    }
}

async fn reconnects_in_place(stream: &mut TcpStream, mut changes: mpsc::Receiver<TcpStream>) {
    let mut header = [0; 16];
    loop {
        select! {
            _ = stream.read_exact(&mut header) => parse(&header),
            Some(next) = changes.recv() => *stream = next,
        }
    }
}

async fn reconnects(address: &str, mut changes: mpsc::Receiver<()>) -> io::Result<()> {
    let mut stream: TcpStream = dial(address).await?;
    let mut header = [0; 16];
    loop {
        tokio::select! {
            read = stream.read_exact(&mut header) => { read?; }
            _ = changes.recv() => stream = dial(address).await?,
        }
    }
}

async fn leaves_behind_the_select(mut stream: TcpStream, mut orders: mpsc::Receiver<Order>) {
    loop {
        let mut header = [0; 16];
        tokio::select! {
            _ = stream.read_exact(&mut header) => parse(&header),
            order = orders.recv() => obey(order),
        }
        break;
    }
}

async fn by_a_flag(mut stream: TcpStream, stop: CancellationToken) {
    let mut running = true;
    while running {
        let mut header = [0; 16];
        tokio::select! {
            _ = stream.read_exact(&mut header) => parse(&header),
            _ = stop.cancelled() => running = false,
        }
    }
}

async fn by_a_value(mut stream: TcpStream, stop: CancellationToken) {
    loop {
        let mut header = [0; 16];
        let event = tokio::select! {
            _ = stream.read_exact(&mut header) => Event::Header,
            _ = stop.cancelled() => Event::Stop,
        };
        match event {
            Event::Header => parse(&header),
            Event::Stop => break,
        }
    }
}

async fn in_a_task_of_its_own(mut stream: TcpStream, mut orders: mpsc::Receiver<Order>) {
    loop {
        let task = async {
            tokio::select! {
                n = stream.read_u16() => Some(n),
                _ = orders.recv() => None,
            }
        };
        task.await;
    }
}

fn synchronous(mut file: std::fs::File) {
    let mut header = [0; 16];
    loop {
        crossbeam_channel::select! {
            recv(orders) -> order => obey(order),
            default => file.read_exact(&mut header).unwrap(),
        }
    }
}
