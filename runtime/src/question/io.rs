//! Files, sockets and paths.

use std::path::{Path, PathBuf};
use std::{fs, io, net, process, sync};

use super::marker::{borrowed, family};

/// A handle of the operating system that blocks, also inside of the adapters of `std::io`.
pub trait OsIoHandle {}

/// A process of `std`, or the command that starts one.
pub trait OsProcess {}

/// Whatever is or dereferences to a `Path`.
pub trait PathLike {}

/// A `tokio::fs::File` (feature `fs`).
pub trait TokioFile {}

/// A `tokio::io::BufWriter` or `BufStream` (feature `io-util`).
pub trait BufWriter {}

borrowed!(OsIoHandle OsProcess PathLike TokioFile BufWriter);

impl<T: OsIoHandle> OsIoHandle for io::Result<T> {}
impl<T: OsIoHandle> OsIoHandle for Option<T> {}
impl<T: OsProcess> OsProcess for io::Result<T> {}
impl<T: PathLike> PathLike for io::Result<T> {}
impl<T: TokioFile> TokioFile for io::Result<T> {}

family!(OsIoHandle:
    fs::File,
    net::TcpStream,
    net::TcpListener,
    net::UdpSocket,
    net::Incoming<'_>,
    process::ChildStdin,
    process::ChildStdout,
    process::ChildStderr,
    io::Stdin,
    io::StdinLock<'_>,
    @[T: OsIoHandle + ?Sized] io::BufReader<T>,
    @[T: OsIoHandle + io::Write + ?Sized] io::BufWriter<T>,
    @[T: OsIoHandle + io::Write + ?Sized] io::LineWriter<T>,
    @[T: OsIoHandle] io::Take<T>,
    @[T: OsIoHandle, U] io::Chain<T, U>,
    @[T: OsIoHandle] io::Lines<T>,
    @[T: OsIoHandle] io::Split<T>,
    @[T: OsIoHandle] io::Bytes<T>,
    @[T: OsIoHandle + ?Sized] sync::MutexGuard<'_, T>,
    @[T: OsIoHandle + ?Sized] sync::RwLockWriteGuard<'_, T>,
);

#[cfg(unix)]
family!(OsIoHandle:
    std::os::unix::net::UnixStream,
    std::os::unix::net::UnixListener,
    std::os::unix::net::UnixDatagram,
    std::os::unix::net::Incoming<'_>,
);

family!(OsProcess: process::Command, process::Child);

family!(PathLike: Path, PathBuf, std::borrow::Cow<'_, Path>, fs::DirEntry);

#[cfg(feature = "fs")]
family!(TokioFile: tokio::fs::File);

#[cfg(feature = "io-util")]
family!(BufWriter: @[W: tokio::io::AsyncWrite] tokio::io::BufWriter<W>, @[W: tokio::io::AsyncRead + tokio::io::AsyncWrite] tokio::io::BufStream<W>);
