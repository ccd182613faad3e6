//! Tests of the repository as a whole: the order of the crates, the map, the words.
