//! Every backoff, in every place and form. Without jitter the pauses are exact.

use super::*;

const BASE: Duration = ms(30);
static REDIAL: Exponential = Exponential::new(ms(7)).factor(3.0);

struct Client {
    base: Duration,
    backoff: Box<dyn Backoff>,
}

impl Client {
    const BASE: Duration = ms(40);
    const REDIAL: Constant = Constant::new(ms(9));

    #[retry(on = any, attempts = 4, backoff = exp(self.base), jitter = none)]
    async fn base_by_field(&self, attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 4, backoff = exp(Self::BASE, cap = self.base * 9), jitter = none)]
    async fn base_by_associated_constant(&self, attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 4, backoff = self.backoff, jitter = none)]
    async fn by_field(&self, attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 4, backoff = Self::REDIAL, jitter = none)]
    async fn by_associated_constant(&self, attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }
}

/// One function for each way to write it: its name, and what stands in the attribute.
macro_rules! functions {
    ($($name:ident: [$($backoff:tt)*],)*) => {$(
        #[retry($($backoff)*, on = any, attempts = 5, jitter = none)]
        async fn $name(attempts: &Attempts) -> io::Result<()> {
            attempts.fail()
        }
    )*};
}

functions! {
    exponential: [backoff = exp(50ms)],
    exponential_capped: [backoff = exp(50ms, cap = 120ms)],
    exponential_with_factor: [backoff = exp(50ms, factor = 3)],
    exponential_with_both: [backoff = exp(50ms, factor = 1.5, cap = 100ms)],
    exponential_of_constant: [backoff = exp(BASE, cap = BASE)],
    constant: [backoff = constant(70ms)],
    linear: [backoff = linear(10ms)],
    linear_with_step: [backoff = linear(10ms, step = 5ms)],
    linear_capped: [backoff = linear(10ms, step = 20ms, cap = 45ms)],
    fibonacci: [backoff = fibonacci(10ms)],
    fibonacci_capped: [backoff = fibonacci(10ms, cap = 20ms)],
    list: [backoff = list[5ms, 100ms, 1s]],
    list_of_one: [backoff = list[5ms]],
    list_of_constants: [backoff = list[BASE, 1s]],
    list_with_zero: [backoff = list[0s, 30ms]],
    by_static: [backoff = REDIAL],
    by_value: [backoff = Exponential::new(BASE).factor(4.0)],
    by_closure: [backoff = backoff::from_fn(|retry, previous| previous + BASE * retry)],
    by_path: [backoff = backoff::Fibonacci::new(BASE)],
    positional: [exp(100ms)],
    positional_list: [list[1ms, 2ms]],
    positional_static: [REDIAL],
    positional_value: [Constant::new(ms(8))],
}

async fn pauses<'a, F: Future<Output = io::Result<()>>>(call: impl FnOnce(&'a Attempts) -> F) -> Vec<u128> {
    let attempts: &'static Attempts = Box::leak(Box::new(Attempts::new()));
    call(attempts).await.unwrap_err();
    attempts.pauses().iter().map(Duration::as_millis).collect()
}

#[tokio::test(start_paused = true)]
async fn every_backoff_in_every_form() {
    let table = [
        ("exp(50ms)", pauses(exponential).await, [50, 100, 200, 400]),
        ("exp, cap", pauses(exponential_capped).await, [50, 100, 120, 120]),
        ("exp, factor", pauses(exponential_with_factor).await, [50, 150, 450, 1350]),
        ("exp, factor and cap", pauses(exponential_with_both).await, [50, 75, 100, 100]),
        ("exp(BASE, cap = BASE)", pauses(exponential_of_constant).await, [30, 30, 30, 30]),
        ("constant", pauses(constant).await, [70, 70, 70, 70]),
        ("linear", pauses(linear).await, [10, 20, 30, 40]),
        ("linear, step", pauses(linear_with_step).await, [10, 15, 20, 25]),
        ("linear, cap", pauses(linear_capped).await, [10, 30, 45, 45]),
        ("fibonacci", pauses(fibonacci).await, [10, 10, 20, 30]),
        ("fibonacci, cap", pauses(fibonacci_capped).await, [10, 10, 20, 20]),
        ("list", pauses(list).await, [5, 100, 1000, 1000]),
        ("list of one", pauses(list_of_one).await, [5, 5, 5, 5]),
        ("list of constants", pauses(list_of_constants).await, [30, 1000, 1000, 1000]),
        ("list with a zero", pauses(list_with_zero).await, [0, 30, 30, 30]),
        ("REDIAL", pauses(by_static).await, [7, 21, 63, 189]),
        ("Exponential::new(BASE)", pauses(by_value).await, [30, 120, 480, 1920]),
        ("from_fn", pauses(by_closure).await, [30, 90, 180, 300]),
        ("a path", pauses(by_path).await, [30, 30, 60, 90]),
        ("positional exp", pauses(positional).await, [100, 200, 400, 800]),
        ("positional list", pauses(positional_list).await, [1, 2, 2, 2]),
        ("positional REDIAL", pauses(positional_static).await, [7, 21, 63, 189]),
        ("positional value", pauses(positional_value).await, [8, 8, 8, 8]),
    ];
    for (form, made, expected) in table {
        assert_eq!(made, expected, "{form}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_backoff_may_come_from_the_arguments() {
    let backoff: Box<dyn Backoff> = Box::new(backoff::from_fn(|retry, _| ms(3) * retry));
    let client: &Client = Box::leak(Box::new(Client { base: ms(20), backoff }));
    assert_eq!(pauses(|attempts| client.base_by_field(attempts)).await, [20, 40, 80]);
    assert_eq!(pauses(|attempts| client.base_by_associated_constant(attempts)).await, [40, 80, 160]);
    assert_eq!(pauses(|attempts| client.by_field(attempts)).await, [3, 6, 9]);
    assert_eq!(pauses(|attempts| client.by_associated_constant(attempts)).await, [9, 9, 9]);
}

#[tokio::test(start_paused = true)]
async fn the_default_is_exponential_from_50_ms_to_20_s() {
    #[retry(on = any, attempts = 14, jitter = none)]
    async fn unsaid(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let expected = [50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 20_000, 20_000, 20_000, 20_000];
    assert_eq!(pauses(unsaid).await, expected);
}

#[tokio::test(start_paused = true)]
async fn the_backoff_is_told_the_pause_before_with_its_jitter() {
    struct Asked(Mutex<Vec<(u32, Duration)>>);

    impl Backoff for Asked {
        fn delay(&self, retry: u32, previous: Duration) -> Duration {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push((retry, previous));
            secs(1)
        }
    }

    #[retry(asked, on = any, attempts = 4)]
    async fn spread(attempts: &Attempts, asked: &Asked) -> io::Result<()> {
        attempts.fail()
    }

    let (attempts, asked) = (Attempts::new(), Asked(Mutex::default()));
    spread(&attempts, &asked).await.unwrap_err();
    let asked = asked.0.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(asked.iter().map(|(retry, _)| *retry).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(asked[0].1, secs(0));
    for (at, slept) in attempts.pauses().iter().take(2).enumerate() {
        // The timer rounds what was told up to its milliseconds.
        let told = asked[at + 1].1;
        assert!(told <= *slept && *slept <= told + ms(1), "told {told:?}, slept {slept:?}");
    }
}
