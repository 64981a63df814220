//! Who hears whom.

use tokio::sync::broadcast::{self, Receiver};

/// How many messages a slow client may be behind before it misses some.
const BEHIND: usize = 64;

pub(crate) struct Room {
    messages: broadcast::Sender<String>,
}

impl Room {
    pub(crate) fn new() -> Self {
        Self { messages: broadcast::Sender::new(BEHIND) }
    }

    /// What is said from now on.
    pub(crate) fn enter(&self) -> Receiver<String> {
        self.messages.subscribe()
    }

    /// Everybody in the room hears it, also whoever says it.
    pub(crate) fn say(&self, message: String) {
        // Nobody may be left to hear it.
        let _ = self.messages.send(message);
    }

    pub(crate) fn count(&self) -> usize {
        self.messages.receiver_count()
    }
}
