//! Where one JSON object of a file ends and the next begins, without reading the whole file.

use super::JsonBatch;
use crate::table::Limits;
use crate::table::source::Source;
use crate::{ProblemKind, RowProblem};
use watchlist::{Phrase, phrase};

/// Bytes after which a batch goes out, however few objects it has.
const MAX_BATCH_BYTES: usize = 1 << 20;

/// A JSON file that is being read.
pub(in crate::customers) struct JsonFile {
    source: Source,
    limits: Limits,
    form: Option<Form>,
    line: u64,
    waiting: Option<JsonBatch>,
    /// The rest of a line that was too large is being left out.
    skipping: bool,
    stopped: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One object on each line: a damaged line costs itself only.
    Lines,
    /// Objects anywhere, as in an array or in one printed document.
    Objects,
}

/// How far the object at hand was looked through.
#[derive(Default)]
struct Scan {
    place: usize,
    depth: usize,
    in_text: bool,
    escaped: bool,
}

enum Step {
    /// The object, or the part of a line, is `bytes[..end]`; go on at `next`.
    Found {
        end: usize,
        next: usize,
    },
    NeedMore,
    TooLarge,
    End,
}

impl JsonFile {
    pub(super) fn new(source: Source, limits: Limits) -> Self {
        Self { source, limits, form: None, line: 1, waiting: None, skipping: false, stopped: false }
    }

    /// Puts a batch back, to be given out again.
    pub(super) fn give_again(&mut self, batch: JsonBatch) {
        self.waiting = Some(batch);
    }

    pub(in crate::customers) fn next_batch(&mut self, objects: usize) -> Option<JsonBatch> {
        if let Some(batch) = self.waiting.take() {
            return Some(batch);
        }
        let mut batch = JsonBatch { objects: Vec::new() };
        let mut bytes = 0;
        while batch.objects.len() < objects && bytes < MAX_BATCH_BYTES && !self.stopped {
            if let Some(object) = self.next_object() {
                bytes += object.as_ref().map_or(0, |(_, object)| object.len());
                batch.objects.push(object);
            }
        }
        (!batch.objects.is_empty()).then_some(batch)
    }

    fn next_object(&mut self) -> Option<Result<(u64, Vec<u8>), RowProblem>> {
        self.skip_between();
        let form = *self.form.get_or_insert_with(|| form(self.source.unused()));
        let mut scan = Scan::default();
        loop {
            let step = match form {
                Form::Lines => self.line_step(),
                Form::Objects => self.object_step(&mut scan),
            };
            match step {
                Step::Found { end, next } => {
                    let line = self.line;
                    let object = self.source.unused()[..end].to_vec();
                    self.consume(next);
                    let skipped = std::mem::take(&mut self.skipping);
                    return (!skipped).then_some(Ok((line, object)));
                }
                Step::NeedMore => {
                    if let Err(error) = self.source.fill() {
                        return Some(Err(self.stop(ProblemKind::ReadFailed).with_found(error.to_string())));
                    }
                }
                Step::TooLarge if form == Form::Lines => {
                    let left_out = self.source.unused().len();
                    self.source.consume(left_out);
                    if !std::mem::replace(&mut self.skipping, true) {
                        return Some(Err(self.too_large()));
                    }
                }
                Step::TooLarge => {
                    self.stopped = true;
                    return Some(Err(self.too_large()));
                }
                Step::End if self.source.unused().is_empty() => {
                    self.stopped = true;
                    return None;
                }
                Step::End => {
                    return Some(Err(self.stop(ProblemKind::BrokenJson).with_words(Phrase::new(
                        "the last object is not complete",
                        "het laatste object is niet volledig",
                    ))));
                }
            }
        }
    }

    fn too_large(&self) -> RowProblem {
        let limit = self.limits.max_object_bytes;
        RowProblem::new(self.line, ProblemKind::RowTooLarge)
            .with_words(phrase!("over {limit} bytes", "meer dan {limit} bytes"))
    }

    fn stop(&mut self, kind: ProblemKind) -> RowProblem {
        self.stopped = true;
        RowProblem::new(self.line, kind)
    }

    /// Goes over what stands between objects: blanks, commas and the brackets of an array.
    fn skip_between(&mut self) {
        let between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']');
        while !self.skipping {
            let bytes = self.source.unused();
            let count = bytes.iter().position(|byte| !between(byte)).unwrap_or(bytes.len());
            self.consume(count);
            if !self.source.unused().is_empty() || !self.source.fill().unwrap_or(false) {
                return;
            }
        }
    }

    fn consume(&mut self, bytes: usize) {
        self.line += memchr::memchr_iter(b'\n', &self.source.unused()[..bytes]).count() as u64;
        self.source.consume(bytes);
    }

    fn line_step(&self) -> Step {
        let bytes = self.source.unused();
        match memchr::memchr(b'\n', bytes) {
            Some(end) if end > self.limits.max_object_bytes && !self.skipping => Step::TooLarge,
            Some(end) => Step::Found { end, next: end + 1 },
            None if bytes.len() > self.limits.max_object_bytes || (self.skipping && !bytes.is_empty()) => {
                Step::TooLarge
            }
            None if !self.source.at_end() => Step::NeedMore,
            None if bytes.is_empty() => Step::End,
            None => Step::Found { end: bytes.len(), next: bytes.len() },
        }
    }

    fn object_step(&self, scan: &mut Scan) -> Step {
        let bytes = self.source.unused();
        if scan.place == 0 && bytes.first().is_some_and(|byte| *byte != b'{') {
            return no_object(bytes, self.source.at_end());
        }
        while let Some(byte) = bytes.get(scan.place) {
            scan.place += 1;
            if scan.step(*byte) {
                return Step::Found { end: scan.place, next: scan.place };
            }
        }
        match () {
            () if bytes.len() > self.limits.max_object_bytes => Step::TooLarge,
            () if self.source.at_end() => Step::End,
            () => Step::NeedMore,
        }
    }
}

impl Scan {
    /// Takes one byte; gives whether it closes the object.
    fn step(&mut self, byte: u8) -> bool {
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' => self.depth += 1,
            b'}' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

/// Something stands where an object should: it is given out up to the next object, to be refused with
/// its line.
fn no_object(bytes: &[u8], at_end: bool) -> Step {
    match memchr::memchr2(b'{', b'\n', bytes) {
        Some(end) => Step::Found { end, next: end },
        None if at_end => Step::Found { end: bytes.len(), next: bytes.len() },
        None => Step::NeedMore,
    }
}

/// A first line that is complete in itself tells one object on each line.
fn form(first: &[u8]) -> Form {
    let end = memchr::memchr(b'\n', first).unwrap_or(first.len());
    let line = first[..end].trim_ascii();
    let complete = line.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    if complete { Form::Lines } else { Form::Objects }
}
