//! What every invented server is: it is asked, it answers, it counts, and it can be told to go wrong.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use intake::connectors::{
    Answer, Ask, Connector, Fault, Kind, Method, Options, Page, Patience, Read, Record, Request, SoFar,
    Unanswered, gathered,
};
use secrecy::SecretString;
use url::Url;

/// A request as a server sees it.
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) values: BTreeMap<String, String>,
    pub(crate) headers: BTreeMap<&'static str, String>,
}

impl Asked {
    pub(crate) fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    pub(crate) fn number(&self, name: &str, otherwise: usize) -> usize {
        self.value(name).parse().unwrap_or(otherwise)
    }
}

/// What a server answers to a request.
pub(crate) type Handler<'a> = dyn Fn(&Asked) -> Answer + Sync + 'a;
/// What goes wrong with the request of this number, counted from 0.
pub(crate) type Mishap<'a> = dyn Fn(usize, Answer) -> Result<Answer, Unanswered> + Sync + 'a;

pub(crate) struct Server<'a> {
    pub(crate) handler: &'a Handler<'a>,
    pub(crate) mishap: &'a Mishap<'a>,
    pub(crate) asked: Mutex<usize>,
    pub(crate) waited: Mutex<Vec<Duration>>,
}

impl<'a> Server<'a> {
    pub(crate) fn new(handler: &'a Handler<'a>) -> Self {
        Self::with(handler, &|_, answer| Ok(answer))
    }

    pub(crate) fn with(handler: &'a Handler<'a>, mishap: &'a Mishap<'a>) -> Self {
        Self { handler, mishap, asked: Mutex::new(0), waited: Mutex::new(Vec::new()) }
    }

    pub(crate) fn requests(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

impl Ask for Server<'_> {
    fn ask(&self, request: &Request) -> Result<Answer, Unanswered> {
        let number = {
            let mut asked = self.asked.lock().unwrap();
            *asked += 1;
            *asked - 1
        };
        let url = Url::parse(&request.url).unwrap();
        assert_eq!(url.host_str(), Some("panel.example"), "a request left for another host");
        let form = request.form.clone().unwrap_or_default();
        assert_eq!(request.method == Method::Post, request.form.is_some());
        let values = url
            .query_pairs()
            .chain(url::form_urlencoded::parse(form.as_bytes()))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        let headers = request.headers.iter().cloned().collect();
        let answer = (self.handler)(&Asked { path: url.path().to_owned(), values, headers });
        (self.mishap)(number, answer)
    }

    fn wait(&self, time: Duration) {
        self.waited.lock().unwrap().push(time);
    }
}

pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Answer {
    Answer { status: 200, headers: Vec::new(), body: body.into() }
}

pub(crate) fn status(status: u16) -> Answer {
    Answer { status, headers: Vec::new(), body: Vec::new() }
}

pub(crate) fn json(value: &serde_json::Value) -> Answer {
    ok(value.to_string())
}

pub(crate) fn connector(kind: Kind, options: Options) -> Connector {
    let secret = SecretString::from("between us".to_owned());
    Connector::new(kind, "https://panel.example/", Some("reader"), secret, options).unwrap()
}

/// Reads a source to its end, or to its fault; what was kept comes along.
pub(crate) fn read_on(
    connector: &Connector,
    server: &Server<'_>,
    pages: &mut Vec<Page>,
) -> Result<Read, Fault> {
    let mut so_far = SoFar::default();
    pages.iter().for_each(|page| so_far.add(page));
    connector.read(server, Patience::default(), so_far, &mut |page| {
        // As it is kept: what comes back from the file is what was given.
        let kept = serde_json::to_vec(page).unwrap();
        let back: Page = serde_json::from_slice(&kept).unwrap();
        assert_eq!(&back, page);
        pages.push(back);
        true
    })
}

pub(crate) fn read(connector: &Connector, server: &Server<'_>) -> Result<Vec<Record>, Fault> {
    let mut pages = Vec::new();
    read_on(connector, server, &mut pages)?;
    Ok(gathered(pages))
}

/// The lines of the customers, as a file has them.
pub(crate) fn lines(records: &[Record]) -> Vec<String> {
    records.iter().map(Record::to_line).collect()
}
