//! Where code runs on the runtime, told by a call that blocks.

use std::thread::sleep as block;

async fn function() {
    block(D); //~ blocking_sleep
}

async fn asynchronous_closure() {
    let work = async |d| block(d); //~ blocking_sleep
    work(D).await;
    let more = async || {
        block(D); //~ blocking_sleep
    };
    more().await;
}

fn block_in_a_function() {
    tokio::spawn(async {
        block(D); //~ blocking_sleep
    });
}

trait Service {
    async fn by_default(&self) {
        block(D); //~ blocking_sleep
    }

    fn synchronous(&self) {
        block(D);
    }
}

impl Service for u32 {
    async fn by_default(&self) {
        block(D); //~ blocking_sleep
    }
}

async fn nested_items_leave() {
    fn helper() {
        block(D);
    }
    struct Own;
    impl Own {
        fn method() {
            block(D);
        }

        async fn asynchronous() {
            block(D); //~ blocking_sleep
        }
    }
    static NEVER: fn() = || block(D);
    const FIRST: () = {
        block(D);
    };
    helper();
}

async fn closures_that_run_in_place(given: Option<u32>, list: Vec<u32>) {
    given.map(|_| block(D)).unwrap_or_default(); //~ blocking_sleep
    given.unwrap_or_else(|| { block(D); 5 }); //~ blocking_sleep
    list.iter().for_each(|_| block(D)); //~ blocking_sleep
    let _: Vec<()> = list.iter().map(|_| block(D)).collect(); //~ blocking_sleep
    (|| block(D))(); //~ blocking_sleep
    span.in_scope(|| block(D)); //~ blocking_sleep
}

async fn closures_that_run_elsewhere(list: Vec<u32>) {
    keep(|| block(D));
    let later = || block(D);
    keep(later);
    let lazy = list.iter().map(|_| block(D));
    drop(lazy);
    list.par_iter().for_each(|_| block(D)); //~ rayon_in_async
}

async fn offloaders() {
    tokio::task::spawn_blocking(|| block(D)).await.unwrap();
    tokio::task::block_in_place(|| block(D));
    std::thread::spawn(|| block(D));
    std::thread::scope(|scope| {
        scope.spawn(|| block(D));
    });
    std::thread::Builder::new().spawn(|| block(D)).unwrap();
    rayon::spawn(|| block(D));
    actix_web::web::block(|| block(D)).await.unwrap();
    blocking::unblock(|| block(D)).await;
    tokio::runtime::Handle::current().spawn_blocking(|| block(D)).await.unwrap();
}

async fn offloaded_through_variables() {
    let work = move || block(D);
    std::thread::spawn(work);
    let (first, second) = (|| block(D), || block(D));
    keep((first, second));
}

async fn offloaded_through_blocks(name: String) {
    std::thread::spawn({
        let name = name.clone();
        move || {
            block(D);
            drop(name);
        }
    });
}

async fn only_the_closure_is_offloaded() {
    tokio::task::spawn_blocking(prepare(block(D))).await.unwrap(); //~ blocking_sleep
    tokio::task::spawn_blocking({
        block(D); //~ blocking_sleep
        || block(D)
    })
    .await
    .unwrap();
}

async fn asynchronous_code_in_an_offloaded_closure(handle: tokio::runtime::Handle) {
    tokio::task::spawn_blocking(move || {
        handle.block_on(async {
            block(D); //~ blocking_sleep
        });
    })
    .await
    .unwrap();
}

async fn awaited_on_the_spot() {
    block(D).await;
    (block(D)).await;
    wrap(block(D)).await; //~ blocking_sleep
}

async fn macros_that_are_read() {
    tokio::select! {
        biased;
        _ = wait(block(D)), if { block(D); true } => block(D), //~ blocking_sleep blocking_sleep blocking_sleep
        else => block(D), //~ blocking_sleep
    }
    let _ = tokio::join!(wait(block(D)), async { block(D) }); //~ blocking_sleep blocking_sleep
    let _ = tokio::try_join!(wait(block(D))); //~ blocking_sleep
    tokio::pin!(let future = wait(block(D));); //~ blocking_sleep
    assert!(is(block(D)), "{:?}", block(D)); //~ blocking_sleep blocking_sleep
    assert_eq!(block(D), block(D)); //~ blocking_sleep blocking_sleep
    println!("{:?} {a}", block(D), a = block(D)); //~ blocking_sleep blocking_sleep
    tracing::info!(a = block(D), b = ?block(D), "text {:?}", block(D)); //~ blocking_sleep blocking_sleep blocking_sleep
    let _ = vec![block(D), block(D)]; //~ blocking_sleep blocking_sleep
    let _ = vec![block(D); 3]; //~ blocking_sleep
    let _ = matches!(block(D), () if is(block(D))); //~ blocking_sleep blocking_sleep
    let _ = dbg!(block(D)); //~ blocking_sleep
}

fn a_stream() -> impl futures::Stream<Item = u32> {
    async_stream::stream! {
        block(D); //~ blocking_sleep
        yield 5;
    }
}

async fn macros_that_are_not_read() {
    custom!(block(D));
    let _ = custom! { block(D) };
    stringify!(block(D));
}

async fn dead_code_is_code() {
    if false {
        block(D); //~ blocking_sleep
    }
}

async fn values_are_no_calls() {
    let sleep: fn(std::time::Duration) = block;
    keep(block);
    keep(sleep);
}

fn a_closure_called_in_place_by_a_synchronous_function() {
    (|| block(D))();
    let done: io::Result<()> = (|| {
        block(D);
        std::fs::remove_file(P)
    })();
}

async fn a_closure_called_in_place_by_a_coroutine() {
    (|| block(D))(); //~ blocking_sleep
}

async fn where_no_runtime_is() {
    match tokio::runtime::Handle::try_current() {
        Ok(_) => block(D), //~ blocking_sleep
        Err(_) => block(D),
    }
    match Handle::try_current() {
        Err(_) => {
            block(D);
        }
        Ok(_) => {}
    }
    if let Ok(handle) = Handle::try_current() {
        block(D); //~ blocking_sleep
    } else {
        block(D);
    }
    if Handle::try_current().is_err() {
        block(D);
    } else {
        block(D); //~ blocking_sleep
    }
    if let Err(_) = Handle::try_current() {
        block(D);
    }
    let Ok(handle) = Handle::try_current() else {
        return block(D);
    };
    block(D); //~ blocking_sleep
    match other() {
        Ok(()) => {}
        Err(_) => block(D), //~ blocking_sleep
    }
}

mod checks {
    #[tokio::test]
    async fn by_its_attribute() {
        std::thread::sleep(D);
    }

    #[test]
    fn nested() {
        async fn inner() {
            std::thread::sleep(D);
        }
    }

    #[cfg(all(test, unix))]
    async fn by_its_cfg() {
        std::thread::sleep(D);
    }

    #[cfg(not(test))]
    async fn not_a_test() {
        std::thread::sleep(D); //~ blocking_sleep
    }
}

/// `#[offload]` takes a plain function and says so; its body runs where it may block.
#[steadfast::offload]
async fn offloaded_by_its_attribute() {
    let _ = std::fs::read("a");
}
