//! Says to the sources which locks they get here. A flag for the compiler would build every other crate again, and change
//! what they are.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-cfg=steadfast_loom");
    // The features of the runtime, none of which is on.
    println!("cargo::rustc-check-cfg=cfg(feature, values(any()))");
}
