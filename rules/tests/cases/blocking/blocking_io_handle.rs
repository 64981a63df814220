use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::net::TcpStream;

async fn reads(mut file: File) -> std::io::Result<()> {
    let mut text = String::new();
    file.read_to_string(&mut text)?; //~ blocking_io_handle
    file.sync_all()?; //~ blocking_io_handle
    writeln!(file, "{text}")?; //~ blocking_io_handle
    write!(&mut file, "{text}") //~ blocking_io_handle
}

async fn socket(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.write_all(b"ping")?; //~ blocking_io_handle
    stream.flush() //~ blocking_io_handle
}

async fn lines(file: File) {
    let reader = BufReader::new(file);
    for line in reader.lines() { //~ blocking_io_handle
        drop(line);
    }
}

async fn buffered(mut reader: BufReader<File>) {
    let mut line = String::new();
    let _ = reader.read_line(&mut line); //~ blocking_io_handle
}

struct Log {
    file: File,
}

impl Log {
    async fn add(&mut self) {
        let _ = self.file.write(b"entry"); //~ blocking_io_handle
    }
}

async fn unknown(log: Sink) {
    let _ = log.inner.write_all(b"entry"); //? blocking_io_handle
    let _ = write!(log, "entry"); //? blocking_io_handle
}

async fn in_memory(mut cursor: Cursor<Vec<u8>>) {
    let mut text = String::new();
    let _ = cursor.read_to_string(&mut text);
}

async fn with_tokio(mut file: tokio::fs::File) {
    use tokio::io::AsyncReadExt;
    let mut text = String::new();
    let _ = file.read_to_string(&mut text).await;
}

async fn non_blocking(mut stream: TcpStream) {
    stream.set_nonblocking(true).unwrap();
    let mut bytes = [0; 16];
    let _ = stream.read(&mut bytes);
}

async fn offloaded(mut file: File) {
    let work = tokio::task::spawn_blocking(move || file.write_all(b"a"));
    work.await.unwrap().unwrap();
}

fn synchronous(mut file: File) {
    let _ = file.write_all(b"a");
}

async fn standard_output() {
    let _ = std::io::stdout().flush();
    let _ = std::io::stderr().write_all(b"a");
}

async fn lock_of_tokio(lock: tokio::sync::RwLock<u32>) {
    drop(lock.read().await);
    drop(lock.write().await);
}

async fn no_io(parts: &str) {
    for line in parts.lines() { //? blocking_io_handle
        drop(line);
    }
}

async fn dropped(file: File) {
    drop(file);
}

async fn moved_in(file: File) {
    let _file = tokio::fs::File::from_std(file);
}

struct Journal {
    file: std::sync::Mutex<File>,
}

impl Journal {
    async fn add(&self, line: &str) -> std::io::Result<()> {
        writeln!(self.file.lock().unwrap(), "{line}") //? blocking_io_handle
    }

    fn add_at_once(&self, line: &str) -> std::io::Result<()> {
        writeln!(self.file.lock().unwrap(), "{line}")
    }
}
