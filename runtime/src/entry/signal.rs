//! The signals that ask a program to stop.

use std::process::ExitCode;

/// Which signal came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    Interrupt,
    #[cfg(unix)]
    Terminate,
}

impl Signal {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Interrupt => "Ctrl-C",
            #[cfg(unix)]
            Self::Terminate => "SIGTERM",
        }
    }

    /// What a shell says of a program that a signal has ended.
    const fn code(self) -> u8 {
        match self {
            Self::Interrupt => 128 + 2,
            #[cfg(unix)]
            Self::Terminate => 128 + 15,
        }
    }

    pub(super) fn exit_code(self) -> ExitCode {
        ExitCode::from(self.code())
    }

    /// Somebody has lost patience.
    pub(super) fn exit_now<T>(self) -> T {
        eprintln!("steadfast: {} again, the program ends at once", self.name());
        std::process::exit(i32::from(self.code()))
    }
}

/// The signals from now on. One that cannot be listened to never comes.
pub(super) struct Signals {
    #[cfg(unix)]
    interrupt: Option<tokio::signal::unix::Signal>,
    #[cfg(unix)]
    terminate: Option<tokio::signal::unix::Signal>,
}

impl Signals {
    #[cfg(unix)]
    pub(super) fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        Self {
            interrupt: signal(SignalKind::interrupt()).ok(),
            terminate: signal(SignalKind::terminate()).ok(),
        }
    }

    #[cfg(not(unix))]
    pub(super) fn new() -> Self {
        Self {}
    }

    #[cfg(unix)]
    pub(super) async fn next(&mut self) -> Signal {
        let Self { interrupt, terminate } = self;
        tokio::select! {
            () = received(interrupt) => Signal::Interrupt,
            () = received(terminate) => Signal::Terminate,
        }
    }

    #[cfg(not(unix))]
    pub(super) async fn next(&mut self) -> Signal {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal::Interrupt
    }
}

#[cfg(unix)]
async fn received(signal: &mut Option<tokio::signal::unix::Signal>) {
    match signal {
        Some(signal) => {
            if signal.recv().await.is_none() {
                std::future::pending::<()>().await;
            }
        }
        None => std::future::pending().await,
    }
}
