//! What the queues have in common, whatever their order.

/// The methods and traits of a queue, with examples that use it.
macro_rules! shared {
    ([$($P:ident)?], $Queue:ty, $Item:ty, $name:literal, ($($put:literal)?)) => {
        impl<T $(, $P: Ord)?> $Queue {
            /// What becomes of an item that is dropped before it is done; for all handles and all items, from now on.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("use steadfast::", $name, ";")]
            /// use steadfast::queue::OnDrop;
            ///
            #[doc = concat!("let queue = ", $name, "::new(8).on_drop(OnDrop::Done);")]
            #[doc = concat!("queue.try_put(\"best effort\"", $($put,)? ").unwrap();")]
            /// drop(queue.try_get());
            /// assert_eq!(queue.unfinished(), 0);
            /// ```
            #[must_use]
            pub fn on_drop(self, on_drop: OnDrop) -> Self {
                self.core.set_on_drop(on_drop);
                self
            }

            /// Takes the next item, and waits while there is none.
            ///
            /// Dropping the future takes nothing, and an item that was on its way to it goes to the next one that waits.
            ///
            /// # Errors
            /// [`Ended::Closed`] when the queue is closed and nothing is queued; an item that is out may still come back
            /// (see [`workers`](Self::workers)). At once when the queue was shut down or is poisoned.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("# use steadfast::", $name, ";")]
            /// # #[tokio::main(flavor = "current_thread")]
            /// # async fn main() {
            #[doc = concat!("let queue = ", $name, "::new(8);")]
            #[doc = concat!("queue.put(\"work\"", $($put,)? ").await.unwrap();")]
            /// let item = queue.get().await.unwrap();
            /// assert_eq!(*item, "work");
            /// item.done();
            /// # }
            /// ```
            pub fn get(&self) -> impl Future<Output = Result<$Item, Ended>> + use<'_, T $(, $P)?> {
                cooperative(Get::new(&self.core, Until::Empty))
            }

            /// Takes the next item if there is one right now. It never overtakes those who wait.
            ///
            /// # Errors
            /// If there is nothing to take, or nothing will come any more.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("# use steadfast::", $name, ";")]
            /// # use steadfast::queue::TryGetError;
            #[doc = concat!("let queue = ", $name, "::new(8);")]
            /// assert_eq!(queue.try_get().unwrap_err(), TryGetError::Empty);
            #[doc = concat!("queue.try_put(\"work\"", $($put,)? ").unwrap();")]
            /// assert_eq!(*queue.try_get().unwrap(), "work");
            /// ```
            pub fn try_get(&self) -> Result<$Item, TryGetError> {
                self.core.try_get()
            }

            /// Waits until every item that was put is done.
            ///
            /// It ends at the first moment at which that is so, even if more is put right after; an empty queue is joined at
            /// once. Dropping the future does nothing else.
            ///
            /// # Errors
            /// [`Ended::ShutDown`] if the queue was shut down before all of them were done, as soon as those that are out
            /// are back; [`Ended::Poisoned`] at once if the queue is poisoned.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("# use steadfast::", $name, ";")]
            /// # #[tokio::main(flavor = "current_thread")]
            /// # async fn main() {
            #[doc = concat!("let queue = ", $name, "::new(8);")]
            #[doc = concat!("queue.put(\"work\"", $($put,)? ").await.unwrap();")]
            /// queue.get().await.unwrap().done();
            /// queue.join().await.unwrap();
            /// # }
            /// ```
            pub fn join(&self) -> impl Future<Output = Result<(), Ended>> + use<'_, T $(, $P)?> {
                cooperative(Join::new(&self.core))
            }

            /// Lets nothing more in. What is queued can still be taken, and items that are out can come back.
            ///
            /// Those who wait with a `put` get their item back; those who wait with a `get` learn that nothing will come.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("# use steadfast::", $name, ";")]
            #[doc = concat!("let queue = ", $name, "::new(8);")]
            #[doc = concat!("queue.try_put(\"work\"", $($put,)? ").unwrap();")]
            /// queue.close();
            #[doc = concat!("assert!(queue.try_put(\"more\"", $($put,)? ").is_err());")]
            /// assert!(queue.try_get().is_ok());
            /// ```
            pub fn close(&self) {
                self.core.close();
            }

            /// Ends the queue at once, and gives what was still queued, the next one first.
            ///
            /// Every `put` and `get` fails from now on, also those that wait. Items that are out are not touched; they do not
            /// come back when they are dropped.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("# use steadfast::", $name, ";")]
            #[doc = concat!("let queue = ", $name, "::new(8);")]
            #[doc = concat!("queue.try_put(\"work\"", $($put,)? ").unwrap();")]
            /// assert_eq!(queue.shutdown(), ["work"]);
            /// assert!(queue.try_get().is_err());
            /// ```
            pub fn shutdown(&self) -> Vec<T> {
                self.core.shut_down()
            }

            /// How many items wait in the queue; more than its capacity if some came back.
            pub fn len(&self) -> usize {
                self.core.read(State::len)
            }

            /// Whether nothing waits in the queue; items may be out.
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }

            /// How many items `put` lets wait in the queue.
            pub fn capacity(&self) -> usize {
                self.core.read(State::capacity)
            }

            /// How many items were put and are not done: those in the queue and those that are out.
            pub fn unfinished(&self) -> usize {
                self.core.read(State::unfinished)
            }

            /// Whether nothing can be put any more: it was closed or shut down, or is poisoned.
            pub fn is_closed(&self) -> bool {
                self.core.read(State::is_ended)
            }
        }

        impl<T $(, $P: Ord)?> $Queue
        where
            T: Send + 'static,
            $($P: Send + 'static,)?
        {
            /// Runs `count` workers over the queue until it is closed and all is done, or one of them fails.
            ///
            /// Each worker takes an item, runs `work` on it, and takes the next. When `work` returns `Ok`, its item is done,
            /// so there is no need to say so. The workers are tasks in a [`scope`](crate::scope()) of their own and run in
            /// parallel.
            ///
            /// They end when the queue is closed and every item is done, not only taken: one that another worker drops
            /// comes back to somebody.
            ///
            /// `work` is cloned for each item, so what it captures is shared through an `Arc` or cloned cheaply.
            ///
            /// # Errors
            /// What the workers failed with, the first one first. Then the queue is closed, so that no `put` waits for
            /// workers that are gone; the other workers are stopped at their next await and waited for; the items that were
            /// not done go back (see [`on_drop`](Self::on_drop)), where [`shutdown`](Self::shutdown) finds them. A queue
            /// that is shut down or poisoned ends the workers without an error, when each is through with its item: `join`
            /// tells.
            ///
            /// # Cancellation and panics
            /// Dropping the future stops the workers at their next await, and their items go back; the queue stays open.
            /// The nearest scope around waits for them. A panic of `work` is treated as an error is, and raised again from
            /// here when all workers have ended.
            ///
            /// # Panics
            /// If `count` is 0, or outside of a tokio runtime.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("use steadfast::", $name, ";")]
            /// # #[tokio::main]
            /// # async fn main() -> Result<(), steadfast::GroupError<std::io::Error>> {
            #[doc = concat!("let paths = ", $name, "::new(8);")]
            #[doc = concat!("paths.put(\"Cargo.toml\"", $($put,)? ").await.unwrap();")]
            /// paths.close();
            /// paths.workers(4, async |path| {
            ///     let text = tokio::fs::read_to_string(*path).await?;
            ///     println!("{} has {} bytes", *path, text.len());
            ///     std::io::Result::Ok(())
            /// }).await
            /// # }
            /// ```
            #[track_caller]
            pub fn workers<F, W, E>(
                &self,
                count: usize,
                work: F,
            ) -> impl Future<Output = Result<(), GroupError<E>>> + use<'_, T $(, $P)?, F, W, E>
            where
                F: FnOnce($Item) -> W + Clone + Send + 'static,
                W: Future<Output = Result<(), E>> + Send + 'static,
                E: Send + 'static,
            {
                workers::run(&self.core, count, work)
            }
        }

        /// Another handle to the same queue.
        impl<T $(, $P: Ord)?> Clone for $Queue {
            fn clone(&self) -> Self {
                Self { core: Arc::clone(&self.core) }
            }
        }

        impl<T $(, $P: Ord)?> fmt::Debug for $Queue {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.core.read(|state| {
                    f.debug_struct($name)
                        .field("len", &state.len())
                        .field("capacity", &state.capacity())
                        .field("unfinished", &state.unfinished())
                        .field("closed", &state.is_ended())
                        .finish()
                })
            }
        }
    };
}

pub(super) use shared;
