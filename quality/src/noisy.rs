//! Noisy company names: which entry of a list is meant by a name that was written differently?
//!
//! 500 company names are the list. 500 queries are the same names with noise; 600 strangers are other
//! companies. The answer to a query is the entry with the best score, if that reaches the threshold.

pub mod corpus;
pub mod noise;
pub mod task;
pub mod words;
