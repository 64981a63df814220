//! Runs the paginated API's client as a user does and reads what it prints.

mod program;

use program::run;

#[test]
fn reads_all_orders() {
    let ran = run("paged_api", &["--orders", "95"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // 95 orders of 1.00 and more: 9500 + 0 + 1 + .. + 94 cents. Ten pages, and every fifth request fails once.
    assert_eq!(ran.stdout, "95 orders, 139.65 in all, 12 requests\n");
}

#[test]
fn asks_for_no_page_that_nobody_reads() {
    let ran = run("paged_api", &["--orders", "95", "--take", "15"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.stdout, "15 orders, 16.05 in all, 2 requests\n");
}
