//! What is compiled under a condition, or not at all.

use std::sync::{Mutex, TryLockError};

use steadfast::checked;

use crate::{other, send};

struct Connection {
    name: String,
    #[cfg(any(unix, not(unix)))]
    port: u16,
    #[cfg(any())]
    key: Key,
}

const fn connection(port: u16) -> Connection {
    Connection { name: String::new(), port }
}

#[checked(__ask_everything)]
async fn fields_of_a_pattern(connection: Connection) -> u16 {
    let Connection {
        name,
        #[cfg(any(unix, not(unix)))]
        port,
        #[cfg(any())]
        key,
    } = connection;
    let length = name.len();
    #[cfg(any())]
    key.exchange().await;
    other().await;
    port + u16::from(length > 0)
}

#[checked(__ask_everything)]
async fn fields_below_other_patterns(pair: (Option<Connection>, u16)) -> u16 {
    let (
        Some(Connection {
            #[cfg(any(unix, not(unix)))]
                port: ref first @ 0..,
            #[cfg(any())]
                key: Key(inner, ..),
            ..
        }),
        second,
    ) = pair
    else {
        return 0;
    };
    let sum = first + second;
    other().await;
    sum
}

#[checked(__ask_everything)]
async fn fields_by_a_conditional_attribute(connection: Connection) -> u16 {
    let Connection {
        name: _,
        #[cfg_attr(any(unix, not(unix)), cfg(any(unix, not(unix))))]
        port,
        #[cfg_attr(any(unix, not(unix)), cfg(any()))]
        key,
    } = connection;
    other().await;
    port
}

#[checked(__ask_everything)]
async fn statements_and_arms_by_a_conditional_attribute(number: Option<u8>) -> u8 {
    #[cfg_attr(any(unix, not(unix)), cfg(any()))]
    let key = Key::new();
    #[cfg_attr(any(unix, not(unix)), cfg(any()))]
    key.exchange().await;
    #[cfg_attr(any(), cfg(any()))]
    let more = number.map(u32::from).into_iter().count();
    let number = match number {
        #[cfg_attr(any(unix, not(unix)), allow(unused), cfg(any()))]
        Some(Key(number)) => number.exchange().await,
        Some(0) => 1,
        Some(number) => number,
        None => {
            other().await;
            1
        }
    };
    other().await;
    number + u8::from(more > 0)
}

#[checked]
async fn parameters(
    number: u8,
    #[cfg(any())] guard: MutexGuard<'_, u8>,
    #[cfg_attr(any(unix, not(unix)), cfg(any()))] second: MutexGuard<'_, u8>,
) -> u8 {
    other().await;
    number
}

/// The names that are asked about stand in what is not compiled.
#[checked]
async fn guards_in_the_heads(cell: &Mutex<Connection>) -> u16 {
    #[cfg(any())]
    match cell.try_lock() {
        #[cfg(any(unix, not(unix)))]
        Ok(guard) => {
            other().await;
            drop(guard);
        }
        _ => {}
    }
    let port = match cell.try_lock() {
        #[cfg(any())]
        Ok(key) => {
            other().await;
            key.len()
        }
        Ok(guard) => guard.port,
        Err(TryLockError::WouldBlock | TryLockError::Poisoned(_)) => 0,
    };
    other().await;
    port
}

#[tokio::test]
async fn all_of_them_run() {
    assert_eq!(send(fields_of_a_pattern(connection(3))).await, 3);
    assert_eq!(send(fields_below_other_patterns((Some(connection(3)), 4))).await, 7);
    assert_eq!(send(fields_by_a_conditional_attribute(connection(3))).await, 3);
    assert_eq!(send(statements_and_arms_by_a_conditional_attribute(Some(3))).await, 4);
    assert_eq!(send(parameters(3)).await, 3);
    assert_eq!(send(guards_in_the_heads(&Mutex::new(connection(3)))).await, 3);
}
