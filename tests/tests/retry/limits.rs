//! `attempts` and `retries`.

use super::*;

const TRIES: u32 = 4;

struct Client {
    tries: u32,
    pause: Duration,
}

impl Client {
    const TRIES: u32 = 5;

    #[retry(on = any, attempts = self.tries)]
    async fn by_field(&self, attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = Self::TRIES)]
    async fn by_associated_constant(&self, attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, retries = self.tries * 2, backoff = constant(self.pause), jitter = none)]
    async fn by_expression(&self, attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }
}

#[retry(on = any, attempts = 2)]
async fn two_attempts(attempts: &Attempts) -> io::Result<()> {
    attempts.fail()
}

#[retry(on = any, retries = 2)]
async fn two_retries(attempts: &Attempts) -> io::Result<()> {
    attempts.fail()
}

#[retry(on = any, attempts = TRIES)]
async fn constant_attempts(attempts: &Attempts) -> io::Result<()> {
    attempts.fail()
}

#[retry(on = any, retries = TRIES)]
async fn constant_retries(attempts: &Attempts) -> io::Result<()> {
    attempts.fail()
}

#[retry(on = any, attempts = tries)]
async fn parameter_attempts(attempts: &Attempts, tries: u32) -> io::Result<()> {
    attempts.fail()
}

#[retry(on = any, retries = tries)]
async fn parameter_retries(attempts: &Attempts, tries: u32) -> io::Result<()> {
    attempts.fail()
}

#[retry(on = any, attempts = if eager { 6 } else { 2 })]
async fn chosen(attempts: &Attempts, eager: bool) -> io::Result<()> {
    attempts.fail()
}

#[steadfast::retry(on = any, attempts = 7)]
async fn by_path(attempts: &Attempts) -> io::Result<()> {
    attempts.fail()
}

#[retry(on = any, attempts = 8, crate = "crate::limits::renamed::runtime")]
async fn by_another_name(attempts: &Attempts) -> io::Result<()> {
    attempts.fail()
}

mod renamed {
    pub(super) use steadfast as runtime;
}

async fn count<'a, F: Future<Output = io::Result<()>>>(call: impl FnOnce(&'a Attempts) -> F) -> usize {
    // The future borrows it, so it lives as long as the test.
    let attempts: &'static Attempts = Box::leak(Box::new(Attempts::new()));
    let error = call(attempts).await.unwrap_err();
    assert_eq!(error.to_string(), format!("attempt {}", attempts.count()));
    attempts.count()
}

#[tokio::test(start_paused = true)]
async fn every_form_of_a_number_is_the_number_of_attempts() {
    let client: &Client = Box::leak(Box::new(Client { tries: 3, pause: ms(20) }));
    let table = [
        ("attempts = 2", count(two_attempts).await, 2),
        ("retries = 2", count(two_retries).await, 3),
        ("attempts = TRIES", count(constant_attempts).await, 4),
        ("retries = TRIES", count(constant_retries).await, 5),
        ("attempts = tries", count(|attempts| parameter_attempts(attempts, 9)).await, 9),
        ("attempts = 1 at run time", count(|attempts| parameter_attempts(attempts, 1)).await, 1),
        ("retries = tries", count(|attempts| parameter_retries(attempts, 9)).await, 10),
        ("retries = 0 at run time", count(|attempts| parameter_retries(attempts, 0)).await, 1),
        ("if eager", count(|attempts| chosen(attempts, true)).await, 6),
        ("if not eager", count(|attempts| chosen(attempts, false)).await, 2),
        ("steadfast::retry", count(by_path).await, 7),
        ("crate = ..", count(by_another_name).await, 8),
        ("self.tries", count(|attempts| client.by_field(attempts)).await, 3),
        ("Self::TRIES", count(|attempts| client.by_associated_constant(attempts)).await, 5),
        ("retries = self.tries * 2", count(|attempts| client.by_expression(attempts)).await, 7),
    ];
    for (form, made, expected) in table {
        assert_eq!(made, expected, "{form}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_expression_is_evaluated_once_per_call() {
    #[retry(on = any, attempts = { evaluated.begin(); 4 })]
    async fn counted(attempts: &Attempts, evaluated: &Attempts) -> io::Result<()> {
        assert_eq!(evaluated.count(), 1, "before the first attempt");
        attempts.fail()
    }

    let (attempts, evaluated) = (Attempts::new(), Attempts::new());
    counted(&attempts, &evaluated).await.unwrap_err();
    assert_eq!((attempts.count(), evaluated.count()), (4, 1));
}
