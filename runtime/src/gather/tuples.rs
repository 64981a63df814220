//! Tuples of futures of different types.

use std::convert::Infallible;
use std::future::Future;
use std::panic::Location;

use super::all::{Caught, GatherAll, ended, outcome};
use super::race::{Race, run};
use super::{Gather, Tuple, value};
use crate::scope::{GroupError, Label, Options, Scope, TaskFailure};

macro_rules! tuples {
    ($(($($F:ident $T:ident $E:ident $name:ident $index:literal),+))+) => {$(
        impl<$($F, $T,)+ E> Gather<Tuple> for ($($F,)+)
        where
            $($F: Future<Output = Result<$T, E>> + Send + 'static, $T: Send + 'static,)+
            E: Send + 'static,
        {
            type Values = ($($T,)+);
            type Error = E;

            fn gather(self, at: &'static Location<'static>) -> impl Future<Output = Result<Self::Values, GroupError<E>>> {
                let ($($name,)+) = self;
                Options::at(Label::at(at)).run(async move |s: Scope<E>| {
                    $(let $name = s.spawn_at(at, $name);)+
                    Ok(($(value($name).await?,)+))
                })
            }
        }

        impl<$($F, $T, $E,)+> GatherAll<Tuple> for ($($F,)+)
        where
            $($F: Future<Output = Result<$T, $E>> + Send + 'static, $T: Send + 'static, $E: Send + 'static,)+
        {
            type Outcomes = ($(Result<$T, TaskFailure<$E>>,)+);

            fn gather_all(self, at: &'static Location<'static>) -> impl Future<Output = Self::Outcomes> {
                let ($($name,)+) = self;
                let work = Options::at(Label::at(at)).run(async move |s: Scope<Infallible>| {
                    $(let $name = s.spawn_at(at, Caught::new($name));)+
                    Ok(($(outcome($name, $index, at).await,)+))
                });
                async move { ended(work.await) }
            }
        }

        impl<$($F,)+ T> Race<Tuple> for ($($F,)+)
        where
            $($F: Future<Output = T> + Send + 'static,)+
            T: Send + 'static,
        {
            type Value = T;

            fn race(self, at: &'static Location<'static>) -> impl Future<Output = T> {
                let ($($name,)+) = self;
                run(at, move |track| {
                    $(track.start($name);)+
                })
            }
        }
    )+};
}

tuples! {
    (F1 T1 E1 a 0)
    (F1 T1 E1 a 0, F2 T2 E2 b 1)
    (F1 T1 E1 a 0, F2 T2 E2 b 1, F3 T3 E3 c 2)
    (F1 T1 E1 a 0, F2 T2 E2 b 1, F3 T3 E3 c 2, F4 T4 E4 d 3)
    (F1 T1 E1 a 0, F2 T2 E2 b 1, F3 T3 E3 c 2, F4 T4 E4 d 3, F5 T5 E5 e 4)
    (F1 T1 E1 a 0, F2 T2 E2 b 1, F3 T3 E3 c 2, F4 T4 E4 d 3, F5 T5 E5 e 4, F6 T6 E6 f 5)
    (F1 T1 E1 a 0, F2 T2 E2 b 1, F3 T3 E3 c 2, F4 T4 E4 d 3, F5 T5 E5 e 4, F6 T6 E6 f 5, F7 T7 E7 g 6)
    (F1 T1 E1 a 0, F2 T2 E2 b 1, F3 T3 E3 c 2, F4 T4 E4 d 3, F5 T5 E5 e 4, F6 T6 E6 f 5, F7 T7 E7 g 6, F8 T8 E8 h 7)
}
