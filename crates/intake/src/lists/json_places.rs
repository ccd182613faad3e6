//! On which line a part of a JSON document begins.

use serde_json::value::RawValue;

/// Counts lines on the way through a text. Parts are best asked for in their order.
pub(super) struct Places<'t> {
    text: &'t str,
    counted_to: usize,
    line: u64,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, counted_to: 0, line: 1 }
    }

    /// The line where a part of the text begins, from 1.
    pub(super) fn line_of(&mut self, part: &RawValue) -> u64 {
        let start = (part.get().as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let start = if start > self.text.len() { self.counted_to } else { start };
        if start < self.counted_to {
            (self.counted_to, self.line) = (0, 1);
        }
        let passed = &self.text.as_bytes()[self.counted_to..start];
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.counted_to = start;
        self.line
    }
}

/// The library's words without its position.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
