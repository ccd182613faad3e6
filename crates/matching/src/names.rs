//! Names in all scripts: cleaning, alignment, features, score.

pub mod align;
pub mod clean;
pub mod features;
pub mod fold;
pub mod keys;
pub mod lexicon;
mod mistyped_form;
pub mod model;
mod slips;
pub mod sound;
mod trees;

pub use clean::{Buffers, CleanName, clean};
