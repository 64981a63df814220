async fn refresh(&self) -> u64 {
    let __steadfast_q0 = question::Question::new();
    if true {
        let price = self.price.lock().unwrap();
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
            __steadfast_q0.ask(&price);
        }
        other().await;
        *price
    } else {
        {
            mod asked {
                #[diagnostic::on_unimplemented(
                    message = "the lock stays taken while the task waits",
                    label = "`price` holds a lock that blocks whole threads",
                    note = "line 1: the task can wait here, and `price` with it",
                    note = "help: end it before the `.await`, in a block of its own: `{ let price = self.price.lock().unwrap(); .. }`",
                    note = "`price` lives until it is moved or its block ends, used or not",
                    note = "rule `guard_across_await`; where it is meant: `#[steadfast::allow(guard_across_await, reason = \"..\")]`"
                )]
                pub(super) trait Accepted: ::core::marker::Sized {
                    fn answer(self) {}
                }
                #[diagnostic::do_not_recommend]
                impl Accepted for question::No {}
            }
            use asked::Accepted;
            let __steadfast_answer = {
                use question::answers::lock_guard::*;
                (&&&&&&&__steadfast_q0).lock_guard()
            };
            Accepted::answer(__steadfast_answer.subject());
        }
        loop {}
    }
}
