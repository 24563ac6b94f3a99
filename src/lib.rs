//! Full-text search for historical cables: telegrams, despatches, memoranda
//! of conversation, letters.
//!
//! Files become [`Cable`](cable::Cable)s ([`ingest`]), their text becomes terms
//! ([`analysis`]), terms become an index ([`index`]), and a question becomes
//! ranked hits with their passages ([`query`]):
//!
//! ```
//! use cables::index::{Index, update};
//! use cables::query::{SearchOptions, search};
//!
//! # let folder = std::env::temp_dir().join(format!("cables-doc-{}", std::process::id()));
//! let index = Index::open_or_create(&folder)?;
//! update::update(&index, &["seeds".into()], &update::UpdateOptions::default(), &())?;
//! let snapshot = index.snapshot()?;
//! let found = search(&snapshot, "\"F. Castro\" normalize", &SearchOptions::default())?;
//! for hit in &found.hits {
//!     println!("{} {}: {}", hit.cable.id, hit.cable.title, hit.snippets[0].text);
//! }
//! assert_eq!(found.hits[0].cable.id, "wilson/112639");
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Each layer imports only those before it; `docs/architecture.md` says what
//! belongs where.

pub mod analysis;
pub mod cable;
pub mod export;
pub mod index;
pub mod ingest;
pub mod query;
