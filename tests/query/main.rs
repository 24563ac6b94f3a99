//! Searching through the public interface: files in, hits and snippets out.
//! All documents here are invented, but for the one of `seeds/`.

mod analysis;
mod differential;
mod language;
mod matching;
mod model;
mod order;
mod robustness;
mod seed;
mod snippets;
mod support;
