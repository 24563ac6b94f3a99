//! The `cables` binary.
fn main() {}
