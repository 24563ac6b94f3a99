//! What users ask and what the index answers.

pub mod syntax;
