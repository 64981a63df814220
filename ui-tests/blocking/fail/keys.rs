use steadfast::blocking;

#[blocking(inherant)]
fn misspelt() {}

#[blocking(inherent = true)]
fn with_value() {}

#[blocking(pool = "cpu")]
fn of_another_attribute() {}

#[blocking(4, "text")]
fn values() {}

#[blocking(inherent, inherent)]
fn twice() {}

fn main() {
    misspelt();
    values();
}
