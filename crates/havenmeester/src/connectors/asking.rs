//! Asks a source over the network, no faster than it was set.

use std::io::Read;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use intake::connectors::{Answer, Ask, LONGEST_ANSWER, Method, Request, Unanswered};
use ureq::Agent;

use crate::web_client;

/// How long a whole answer may take: a page with many products of a busy panel takes seconds.
const PATIENCE: Duration = Duration::from_secs(60);
/// Connections that stay open, as many as requests can run at once.
const CONNECTIONS: usize = 32;

pub(crate) struct WebAsk {
    agent: Agent,
    /// Between two calls, and when the next one may begin.
    pace: Option<(Duration, Mutex<Instant>)>,
}

impl WebAsk {
    pub(crate) fn new(calls_a_second: Option<u32>) -> Self {
        let pace = |calls: u32| (Duration::from_secs(1) / calls.max(1), Mutex::new(Instant::now()));
        Self { agent: web_client::with_connections(PATIENCE, CONNECTIONS), pace: calls_a_second.map(pace) }
    }

    fn wait_for_turn(&self) {
        let Some((gap, next)) = &self.pace else { return };
        let turn = {
            let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = (*next).max(Instant::now());
            *next = turn + *gap;
            turn
        };
        thread::sleep(turn.saturating_duration_since(Instant::now()));
    }

    fn send(&self, request: &Request) -> Result<Answer, ureq::Error> {
        let mut answer = match request.method {
            Method::Get => {
                let headers = request.headers.iter();
                headers
                    .fold(self.agent.get(&request.url), |call, (name, value)| call.header(*name, value))
                    .call()
            }
            Method::Post => {
                let headers = request.headers.iter();
                headers
                    .fold(self.agent.post(&request.url), |call, (name, value)| call.header(*name, value))
                    .content_type("application/x-www-form-urlencoded")
                    .send(request.form.as_deref().unwrap_or_default())
            }
        }?;
        let headers = answer.headers().iter();
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = headers.map(|(name, value)| (name.to_string(), text(value))).collect();
        let mut body = Vec::new();
        answer.body_mut().as_reader().take(LONGEST_ANSWER + 1).read_to_end(&mut body)?;
        Ok(Answer { status: answer.status().as_u16(), headers, body })
    }
}

impl Ask for WebAsk {
    fn ask(&self, request: &Request) -> Result<Answer, Unanswered> {
        self.wait_for_turn();
        match self.send(request) {
            Ok(answer) if answer.body.len() as u64 > LONGEST_ANSWER => Err(Unanswered::TooLong),
            Ok(answer) => Ok(answer),
            Err(error) => Err(unanswered(&error)),
        }
    }

    fn wait(&self, time: Duration) {
        thread::sleep(time);
    }
}

/// What of an error a person can act on. Its text is not passed on: it may hold the address with everything in it.
fn unanswered(error: &ureq::Error) -> Unanswered {
    match error {
        ureq::Error::Timeout(_) => Unanswered::TimeOut,
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => Unanswered::Certificate,
        ureq::Error::Io(io) => match io.kind() {
            std::io::ErrorKind::TimedOut
            | std::io::ErrorKind::UnexpectedEof
            | std::io::ErrorKind::ConnectionReset
            | std::io::ErrorKind::ConnectionAborted
            | std::io::ErrorKind::BrokenPipe => Unanswered::TimeOut,
            std::io::ErrorKind::InvalidData => Unanswered::Certificate,
            _ => Unanswered::Unreachable,
        },
        ureq::Error::Protocol(_) | ureq::Error::BodyStalled => Unanswered::TimeOut,
        _ => Unanswered::Unreachable,
    }
}
