async fn pause(limit: Duration) {
    let __steadfast_q0 = question::Same::new();
    if true {
        (match thread::sleep {
            __steadfast_value => {
                #[allow(
                    unreachable_code,
                    deprecated,
                    unused,
                    clippy::all,
                    clippy::pedantic,
                    clippy::nursery,
                    clippy::restriction
                )]
                '__steadfast: {
                    break '__steadfast;
                    extern crate std as __steadfast_std;
                    __steadfast_q0
                        .ask(&__steadfast_value, &__steadfast_std::thread::sleep);
                }
                __steadfast_value
            }
        })(limit);
    } else {
        {
            struct Rule<A>(A);
            impl Rule<question::Found> {
                #[deprecated(
                    note = "this puts the whole thread to sleep, and every task on it\nhere: `std::thread::sleep` blocks\nhelp: write `tokio::time::sleep(limit).await`\nrule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = \"..\")]`"
                )]
                fn blocking_sleep(self) {}
            }
            impl Rule<question::Nothing> {
                fn blocking_sleep(self) {}
            }
            let __steadfast_answer = Rule(
                {
                    use question::Differ as _;
                    __steadfast_q0.same()
                }
                    .found(),
            );
            #[warn(warnings, deprecated)] __steadfast_answer.blocking_sleep();
        }
        loop {}
    }
}
