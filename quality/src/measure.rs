//! Figures of quality, computed from scores and truth. No input or output here.

pub mod clusters;
pub mod confusion;
pub mod kinds;
pub mod links;
pub mod ranking;
