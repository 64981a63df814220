//! A question takes no room: the future is as large as without it.

use std::sync::{Arc, Mutex};

use crate::other;

macro_rules! twice {
    ($(async fn $name:ident($($argument:ident: $ty:ty),*) -> $output:ty $body:block)*) => {
        mod plain {
            use super::*;
            $(pub(super) async fn $name($($argument: $ty),*) -> $output $body)*
        }

        mod asked {
            use super::*;
            $(
                #[steadfast::checked(__ask_everything)]
                pub(super) async fn $name($($argument: $ty),*) -> $output $body
            )*
        }
    };
}

twice! {
    async fn a_buffer(first: u8) -> u8 {
        let mut buffer = [0_u8; 256];
        buffer[0] = first;
        other().await;
        buffer[0]
    }

    async fn a_guard_in_a_block(shared: Arc<Mutex<Vec<u64>>>) -> usize {
        let length = {
            let list = shared.lock().unwrap();
            list.len()
        };
        other().await;
        shared.lock().unwrap().len() + length
    }

    async fn a_loop_with_calls(words: Vec<String>) -> usize {
        let mut total = 0;
        for word in words {
            let trimmed = word.trim().to_owned();
            other().await;
            total += trimmed.len();
        }
        total
    }

    async fn a_nested_block(text: String) -> usize {
        let block = async move {
            let length = text.len();
            other().await;
            length
        };
        let length = block.await;
        let again = other();
        again.await;
        length
    }
}

#[tokio::test]
async fn futures_are_as_large_as_before() {
    assert_eq!(size_of_val(&plain::a_buffer(1)), size_of_val(&asked::a_buffer(1)));
    let shared = Arc::default;
    assert_eq!(
        size_of_val(&plain::a_guard_in_a_block(shared())),
        size_of_val(&asked::a_guard_in_a_block(shared()))
    );
    let words = Vec::new;
    assert_eq!(
        size_of_val(&plain::a_loop_with_calls(words())),
        size_of_val(&asked::a_loop_with_calls(words()))
    );
    let text = String::new;
    assert_eq!(size_of_val(&plain::a_nested_block(text())), size_of_val(&asked::a_nested_block(text())));
    assert_eq!(plain::a_buffer(1).await, asked::a_buffer(1).await);
    assert_eq!(plain::a_guard_in_a_block(shared()).await, asked::a_guard_in_a_block(shared()).await);
    assert_eq!(plain::a_loop_with_calls(words()).await, asked::a_loop_with_calls(words()).await);
    assert_eq!(plain::a_nested_block(text()).await, asked::a_nested_block(text()).await);
}
