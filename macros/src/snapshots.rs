//! Expansions as a person reads them. They are part of the product: what stands here should be what a good engineer
//! would have written by hand. They are in `macros/snapshots`, without the path prefixes.
//!
//! Bless a change with `UPDATE_EXPECT=1 cargo test -p steadfast-macros snapshots`, and read the difference.

use expect_test::{ExpectFile, expect_file};
use proc_macro2::TokenStream;
use quote::quote;

use crate::stack::Kind;

/// Without the path prefixes, which a reader skips.
fn shown(tokens: TokenStream) -> String {
    let file: syn::File = syn::parse2(tokens).expect("an expansion parses");
    let printed = prettyplease::unparse(&file);
    let short = [
        ("::steadfast::__private::", ""),
        ("::core::option::Option::", ""),
        ("::core::result::Result::", ""),
    ];
    let short = short.iter().fold(printed, |text, (long, short)| text.replace(long, short));
    short.replace("use {", "use ::steadfast::__private::{")
}

fn check(kind: Kind, arguments: TokenStream, item: TokenStream, expected: &ExpectFile) {
    expected.assert_eq(&shown(crate::attribute::expand(kind, arguments, item)));
}

#[test]
fn bounded() {
    check(
        Kind::Bounded,
        quote!(8),
        quote! {
            /// Charges a card.
            pub async fn charge(card: &Card) -> Receipt {
                gateway().charge(card).await
            }
        },
        &expect_file!["../snapshots/bounded.rs"],
    );
}

#[test]
fn bounded_that_can_refuse() {
    check(
        Kind::Bounded,
        quote!(8, queue = 100, max_wait = 500ms),
        quote! {
            async fn charge(&self, card: &Card) -> Result<Receipt, Error> {
                self.gateway.charge(card).await
            }
        },
        &expect_file!["../snapshots/bounded_that_can_refuse.rs"],
    );
}

#[test]
fn timeout() {
    check(
        Kind::Timeout,
        quote!(2s),
        quote! {
            async fn fetch(&self, url: &str) -> Result<impl Iterator<Item = Row>, Error> {
                self.client.get(url).await
            }
        },
        &expect_file!["../snapshots/timeout.rs"],
    );
}

#[test]
fn retry() {
    check(
        Kind::Retry,
        quote!(on(Error::Io(_)), abort = Error::is_auth, attempts = 5, backoff = exp(100ms, cap = 5s)),
        quote! {
            async fn save(&self, mut row: Row, tags: Vec<String>) -> Result<u64, Error> {
                row.touch();
                self.table.insert(&row, tags).await
            }
        },
        &expect_file!["../snapshots/retry.rs"],
    );
}

#[test]
fn all_three() {
    check(
        Kind::Bounded,
        quote!(by = self.limit),
        quote! {
            #[retry]
            #[timeout(attempt = self.config.attempt, total = 10s)]
            async fn get(&self, id: u64) -> Result<User, Error> {
                self.client.get(id).await
            }
        },
        &expect_file!["../snapshots/all_three.rs"],
    );
}

#[test]
fn retry_of_a_plain_function() {
    check(
        Kind::Retry,
        quote!(on = any),
        quote! {
            fn connect(address: &str) -> io::Result<Connection> {
                Connection::open(address)
            }
        },
        &expect_file!["../snapshots/retry_of_a_plain_function.rs"],
    );
}

#[test]
fn inside_async_trait() {
    check(
        Kind::Timeout,
        quote!(2s),
        quote! {
            fn get<'life0, 'async_trait>(&'life0 self, id: u64)
                -> ::core::pin::Pin<Box<dyn ::core::future::Future<Output = Result<User, Error>> + ::core::marker::Send + 'async_trait>>
            {
                Box::pin(async move {
                    if let ::core::option::Option::Some(__ret) = ::core::option::Option::None::<Result<User, Error>> {
                        #[allow(unreachable_code)]
                        return __ret;
                    }
                    let __self = self;
                    let id = id;
                    let __ret: Result<User, Error> = { __self.client.get(id).await };
                    #[allow(unreachable_code)]
                    __ret
                })
            }
        },
        &expect_file!["../snapshots/inside_async_trait.rs"],
    );
}

#[test]
fn offload() {
    let tokens = crate::offload::expand(
        quote!(pool = "cpu", limit = 4),
        quote! {
            /// Hashes.
            pub fn hash(self: Arc<Self>, mut password: String, _permit: Permit) -> io::Result<Hash> {
                password.push('!');
                self.hasher.hash(password)
            }
        },
    );
    expect_file!["../snapshots/offload.rs"].assert_eq(&shown(tokens));
}

#[test]
fn blocking() {
    let function = crate::marks::expand::<crate::marks::Blocking>(
        quote!(),
        quote!(
            pub fn load(path: &Path) -> Config {
                read(path)
            }
        ),
    );
    let method = crate::marks::expand::<crate::marks::Blocking>(
        quote!(),
        quote!(
            pub fn vacuum(&self) {
                self.run("vacuum")
            }
        ),
    );
    expect_file!["../snapshots/blocking.rs"].assert_eq(&shown(quote!(#function impl Database { #method })));
}

#[test]
fn cancel_unsafe() {
    let function = crate::marks::expand::<crate::marks::CancelUnsafe>(
        quote!(),
        quote!(
            pub async fn transfer(order: Order) -> io::Result<()> {
                store(take(order).await?).await
            }
        ),
    );
    let method = crate::marks::expand::<crate::marks::CancelUnsafe>(
        quote!(inherent),
        quote!(
            fn append(&mut self, line: &str) -> impl Future<Output = io::Result<()>> {
                self.file.write_all(line.as_bytes())
            }
        ),
    );
    expect_file!["../snapshots/cancel_unsafe.rs"]
        .assert_eq(&shown(quote!(#function impl Journal { #method })));
}

#[test]
fn stream() {
    let tokens = crate::stream::expand(
        quote!(),
        &quote! {
            /// All pages.
            pub async fn pages(&self, mut next: Url) -> Result<Page, Error> {
                loop {
                    let page = self.client.get(next).await?;
                    let Some(url) = page.next.clone() else { return };
                    next = url;
                    yield_!(Ok(page));
                }
            }
        },
    );
    expect_file!["../snapshots/stream.rs"].assert_eq(&shown(tokens));
}

#[test]
fn applied_to_an_expression() {
    let tokens = crate::apply::expand(quote!(retry(on = any), timeout(attempt = 2s); client.get(&url)));
    expect_file!["../snapshots/applied_to_an_expression.rs"]
        .assert_eq(&shown(quote!(async fn example() { let page = #tokens.await; })));
}

fn check_checked(arguments: TokenStream, item: TokenStream, expected: &ExpectFile) {
    expected.assert_eq(&shown(crate::checked::attribute(arguments, item)));
}

#[test]
fn checked_without_a_finding() {
    check_checked(
        quote!(),
        quote! {
            async fn load(path: &str) -> io::Result<String> {
                tokio::fs::read_to_string(path).await
            }
        },
        &expect_file!["../snapshots/checked_without_a_finding.rs"],
    );
}

#[test]
fn checked_with_a_question() {
    check_checked(
        quote!(),
        quote! {
            async fn refresh(&self) -> u64 {
                let price = self.price.lock().unwrap();
                other().await;
                *price
            }
        },
        &expect_file!["../snapshots/checked_with_a_question.rs"],
    );
}

#[test]
fn checked_with_a_question_about_a_function() {
    check_checked(
        quote!(warn(blocking_sleep)),
        quote! {
            async fn pause(limit: Duration) {
                thread::sleep(limit);
            }
        },
        &expect_file!["../snapshots/checked_with_a_question_about_a_function.rs"],
    );
}

#[test]
fn checked_with_a_certain_finding() {
    check_checked(
        quote!(),
        quote! {
            async fn pause(limit: Duration) {
                std::thread::sleep(limit);
            }
        },
        &expect_file!["../snapshots/checked_with_a_certain_finding.rs"],
    );
}

#[test]
fn checked_below_a_policy() {
    check(
        Kind::Timeout,
        quote!(2s),
        quote! {
            #[checked]
            async fn refresh(&self) -> Result<u64, Error> {
                let price = self.price.lock().unwrap();
                other().await;
                Ok(*price)
            }
        },
        &expect_file!["../snapshots/checked_below_a_policy.rs"],
    );
}
