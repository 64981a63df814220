//! One client: a reader and a writer, as one.

use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures::stream::{SplitSink, SplitStream};
use futures::{SinkExt as _, StreamExt as _};
use steadfast::{GroupError, Scope, scope};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::room::Room;

/// Serves the client until it leaves or the program ends. Whichever half ends first takes the other one with it.
pub(crate) async fn serve(socket: WebSocket, room: Arc<Room>) -> Result<(), GroupError<axum::Error>> {
    let heard = room.enter();
    let (sink, stream) = socket.split();
    scope(async move |halves: Scope<axum::Error>| {
        let writer = halves.spawn(write(sink, heard));
        read(stream, &room).await?;
        writer.abort();
        Ok(())
    })
    .await
}

async fn read(mut stream: SplitStream<WebSocket>, room: &Room) -> Result<(), axum::Error> {
    while let Some(message) = stream.next().await {
        match message? {
            Message::Text(text) => room.say(text.to_string()),
            Message::Close(_) => break,
            Message::Binary(_) | Message::Ping(_) | Message::Pong(_) => {}
        }
    }
    Ok(())
}

async fn write(
    mut sink: SplitSink<WebSocket, Message>,
    mut heard: Receiver<String>,
) -> Result<(), axum::Error> {
    let stop = steadfast::shutdown();
    loop {
        let message = tokio::select! {
            message = heard.recv() => message,
            () = stop.cancelled() => break,
        };
        match message {
            Ok(message) => sink.send(Message::Text(message.into())).await?,
            Err(RecvError::Lagged(missed)) => {
                sink.send(Message::Text(format!("({missed} messages were missed)").into())).await?;
            }
            Err(RecvError::Closed) => break,
        }
    }
    sink.send(Message::Close(Some(CloseFrame { code: close_code::AWAY, reason: "the server ends".into() })))
        .await
}
