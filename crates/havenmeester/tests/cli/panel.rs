//! An invented WHMCS on a port of this machine, with what it documents and what it can do wrong.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use url::form_urlencoded;

/// What a call is answered with: status and body.
pub(crate) type Answer = (u16, String);

pub(crate) struct Panel {
    pub(crate) address: String,
    calls: Arc<AtomicUsize>,
}

/// Customers of whom two are on the list of the tests.
pub(crate) const CLIENTS: &[(&str, &str, &str, &str)] = &[
    ("1", "Bakkerij De Gouden Korst", "info@gouden-korst.example", ""),
    ("2", "Quayside Relay BV", "facturen@quayside-relay.example", "198.51.100.5"),
    ("3", "Tuinen van Zuid", "post@tuinen-zuid.example", ""),
    ("4", "Kestrel-Vault GmbH", "noc@elders.example", ""),
];

impl Panel {
    /// `mishap` may change the answer to a call, by its number from 0 on.
    pub(crate) fn open(mishap: impl Fn(usize, Answer) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/whmcs/", listener.local_addr().unwrap());
        let calls = Arc::new(AtomicUsize::new(0));
        let (counted, mishap) = (Arc::clone(&calls), Arc::new(mishap));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (counted, mishap) = (Arc::clone(&counted), Arc::clone(&mishap));
                thread::spawn(move || {
                    serve(stream, &|body| mishap(counted.fetch_add(1, Ordering::Relaxed), answer(body)));
                });
            }
        });
        Self { address, calls }
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }
}

fn serve(stream: TcpStream, answer: &dyn Fn(&str) -> Answer) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    loop {
        let mut length = 0;
        let mut line = String::new();
        loop {
            line.clear();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            let header = line.to_ascii_lowercase();
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).is_err() {
            return;
        }
        let (status, text) = answer(&String::from_utf8(body).unwrap());
        // A status of 0 stands for a connection that is cut in the middle of an answer.
        let (status, sent) = if status == 0 { (200, text.len() / 2) } else { (status, text.len()) };
        let head = format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\nRetry-After: 0\r\n\r\n", text.len());
        if writer.write_all(&[head.as_bytes(), &text.as_bytes()[..sent]].concat()).is_err()
            || sent < text.len()
        {
            return;
        }
    }
}

fn answer(body: &str) -> Answer {
    let value = |name: &str| {
        let found = form_urlencoded::parse(body.as_bytes()).find(|(key, _)| key == name);
        found.map_or_else(String::new, |(_, value)| value.into_owned())
    };
    if value("secret") != "between us" {
        return (403, r#"{"result":"error","message":"Authentication Failed"}"#.to_owned());
    }
    let id = [value("clientid"), value("userid")].concat();
    let client = CLIENTS.iter().find(|(own, ..)| *own == id);
    let text = match (value("action").as_str(), client) {
        ("GetClients", _) => {
            let start: usize = value("limitstart").parse().unwrap();
            let page = CLIENTS.iter().skip(start).take(2);
            let rows: Vec<String> = page
                .map(|(id, ..)| format!(r#"{{"id":{id},"datecreated":"2024-05-01","status":"Active"}}"#))
                .collect();
            let (total, rows) = (CLIENTS.len(), rows.join(","));
            format!(r#"{{"result":"success","totalresults":{total},"clients":{{"client":[{rows}]}}}}"#)
        }
        ("GetClientsDetails", Some((id, company, email, _))) => format!(
            r#"{{"result":"success","client":{{"id":{id},"companyname":"{company}","email":"{email}",
            "country":"NL","notes":"MUST-BE-DROPPED","lastlogin":"No Login Logged"}}}}"#
        ),
        ("GetContacts", Some(_)) => r#"{"result":"success","totalresults":0,"contacts":""}"#.to_owned(),
        ("GetClientsProducts", Some((.., address))) => format!(
            r#"{{"result":"success","totalresults":1,"products":{{"product":[{{"name":"VPS","domain":"",
            "dedicatedip":"{address}","assignedips":"","serverip":"","password":"MUST-BE-DROPPED"}}]}}}}"#
        ),
        ("GetClientsDomains", Some(_)) => r#"{"result":"success","totalresults":0,"domains":""}"#.to_owned(),
        _ => r#"{"result":"error","message":"Client Not Found"}"#.to_owned(),
    };
    (200, text)
}
