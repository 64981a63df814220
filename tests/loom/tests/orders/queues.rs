//! Queues: turns that are given, passed on and woken, and the end.

use loom::thread;
use steadfast_loom::Queue;
use steadfast_loom::queue::Ended;

use super::*;

#[test]
fn what_is_put_is_taken_and_joined() {
    every_order(2, || {
        let queue = Queue::new(1);
        let (putting, taking) = (queue.clone(), queue.clone());
        let producer = thread::spawn(move || {
            for item in 0..2 {
                block_on(putting.put(item)).expect("open");
            }
        });
        let consumer = thread::spawn(move || {
            for expected in 0..2 {
                let item = block_on(taking.get()).expect("open");
                assert_eq!(*item, expected);
                item.done();
            }
        });
        producer.join().expect("no panic");
        block_on(queue.join()).expect("nobody shuts it down");
        consumer.join().expect("no panic");
        assert_eq!((queue.len(), queue.unfinished()), (0, 0));
    });
}

/// A turn that was on its way to one who has gone comes to the next.
#[test]
fn a_turn_is_passed_on() {
    every_order(3, || {
        let queue = Queue::<u8>::new(1);
        let (gone, stays, putting) = (queue.clone(), queue.clone(), queue.clone());
        let gone = thread::spawn(move || {
            if let Some(item) = poll_once(gone.get()) {
                assert_eq!(item.expect("open").requeue(), None);
            }
        });
        let stays = thread::spawn(move || block_on(stays.get()).expect("open").done());
        block_on(putting.put(1)).expect("open");
        gone.join().expect("no panic");
        stays.join().expect("no panic");
        assert_eq!(queue.unfinished(), 0);
    });
}

#[test]
fn a_close_is_heard_by_all_who_wait() {
    every_order(3, || {
        let queue = Queue::<u8>::new(1);
        let takers = [(); 2].map(|()| {
            let taking = queue.clone();
            thread::spawn(move || assert!(matches!(block_on(taking.get()), Err(Ended::Closed))))
        });
        queue.close();
        for taker in takers {
            taker.join().expect("no panic");
        }
    });
}

/// An item comes back while another one waits for it, and the queue is closed.
#[test]
fn an_item_that_comes_back_is_taken() {
    every_order(3, || {
        let queue = Queue::new(1);
        queue.try_put(1).expect("room");
        let (drops, takes) = (queue.clone(), queue.clone());
        let item = drops.try_get().expect("there");
        let dropping = thread::spawn(move || drop(item));
        let taking = thread::spawn(move || {
            block_on(takes.get()).expect("not before it is back").done();
        });
        dropping.join().expect("no panic");
        taking.join().expect("no panic");
        queue.close();
        block_on(queue.join()).expect("all is done");
    });
}
