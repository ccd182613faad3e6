//! One request and its answer, as a source needs them. Who really asks is given from outside.

use std::time::Duration;

/// How a request is sent. There is no way to write: what a source offers for changes cannot be named here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    /// With a form; programs that have one address for everything read by it, too.
    Post,
}

/// What is asked of a source. Holds the secret, so that it cannot be printed.
#[derive(Clone)]
pub struct Request {
    pub method: Method,
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    /// A form, encoded.
    pub form: Option<String>,
}

/// What a source answered.
#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    /// Names as they came; looked up without case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// No connection: the name, the network, or nobody listens.
    Unreachable,
    /// The certificate is not one that this machine trusts for that name.
    Certificate,
    /// The answer did not come in time, or broke off.
    TimeOut,
    /// More than [`LONGEST_ANSWER`].
    TooLong,
}

/// Bytes of an answer that are read at most: a page of 250 clients stays far below.
pub const LONGEST_ANSWER: u64 = 32 * 1024 * 1024;

/// Who asks, and who waits between two tries. Several threads ask at once.
pub trait Ask: Sync {
    /// Sends a request once and follows no redirect, which could carry the secret elsewhere.
    ///
    /// # Errors
    /// Why no answer came.
    fn ask(&self, request: &Request) -> Result<Answer, Unanswered>;

    fn wait(&self, time: Duration);
}

impl Answer {
    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Shows the method alone: address and form may hold the secret.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Request({:?})", self.method)
    }
}

/// Shows no content: an answer is full of customers.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer({}, {} bytes)", self.status, self.body.len())
    }
}
