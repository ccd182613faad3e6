//! The open list format, version 1 (JSON). See docs/format/v1.md.
