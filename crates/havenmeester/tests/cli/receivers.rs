//! Invented recipients of notices on ports of this machine: a program that takes webhooks in, and a mail server; with what each
//! can do wrong. Their certificates come from an authority that OpenSSL plays.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What a server does with what it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Takes,
    /// Answers with this status: of HTTP, or of SMTP to a recipient.
    Answers(u16),
    /// Takes what is sent and never answers.
    Hangs,
    /// Answers letter by letter, one a second.
    Dawdles,
}

/// A POST as it came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Post {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Post {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// What came, and how it is taken from now on.
#[derive(Clone)]
pub(crate) struct Seen<T> {
    pub(crate) port: u16,
    came: Arc<Mutex<Vec<T>>>,
    mood: Arc<Mutex<Mood>>,
}

impl<T: Clone> Seen<T> {
    fn new(port: u16, mood: Mood) -> Self {
        Self { port, came: Arc::default(), mood: Arc::new(Mutex::new(mood)) }
    }

    pub(crate) fn all(&self) -> Vec<T> {
        self.came.lock().unwrap().clone()
    }

    pub(crate) fn is_now(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    fn mood(&self) -> Mood {
        *self.mood.lock().unwrap()
    }

    /// Waits until so many came.
    #[track_caller]
    pub(crate) fn wait_for(&self, count: usize) -> Vec<T> {
        for _ in 0..1_200 {
            let all = self.all();
            if all.len() >= count {
                return all;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("{} of {count} came within a minute", self.all().len());
    }
}

/// A folder with an authority and the certificate of `localhost`.
pub(crate) struct Authority {
    folder: tempfile::TempDir,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let authority = Self { folder: tempfile::tempdir().unwrap() };
        let settings = "[req]\ndistinguished_name = name\nprompt = no\n[name]\nCN = Invented Authority\n[ca]\n\
            basicConstraints = critical,CA:true\nkeyUsage = critical,keyCertSign\n[server]\n\
            subjectAltName = DNS:localhost\nextendedKeyUsage = serverAuth\n";
        fs::write(authority.folder.path().join("openssl.cnf"), settings).unwrap();
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config openssl.cnf";
        authority.openssl(&format!("req -x509 {key} -keyout ca.key -out ca.pem -days 30 -extensions ca"));
        authority.openssl(&format!("req -new {key} -subj /CN=localhost -keyout server.key -out server.csr"));
        authority.openssl(
            "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out server.pem \
             -extfile openssl.cnf -extensions server",
        );
        authority
    }

    #[track_caller]
    fn openssl(&self, arguments: &str) {
        let ran = Command::new("openssl")
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .output();
        let ran = ran.expect("openssl is installed by the test command");
        assert!(ran.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&ran.stderr));
    }

    /// What a machine that trusts this authority has.
    pub(crate) fn certificate(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    fn server(&self) -> Arc<ServerConfig> {
        let certificate = CertificateDer::from_pem_file(self.folder.path().join("server.pem")).unwrap();
        let key = PrivateKeyDer::from_pem_file(self.folder.path().join("server.key")).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        Arc::new(builder.unwrap().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap())
    }
}

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

fn secured(stream: TcpStream, tls: &Arc<ServerConfig>) -> Box<dyn Stream> {
    Box::new(StreamOwned::new(ServerConnection::new(Arc::clone(tls)).unwrap(), stream))
}

fn listen<T: Clone + Send + 'static>(
    mood: Mood,
    serve: impl Fn(TcpStream, &Seen<T>) + Send + Sync + 'static,
) -> Seen<T> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let seen = Seen::new(listener.local_addr().unwrap().port(), mood);
    let (told, serve) = (seen.clone(), Arc::new(serve));
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let (told, serve) = (told.clone(), Arc::clone(&serve));
            thread::spawn(move || serve(stream, &told));
        }
    });
    seen
}

/// A program that takes webhooks in.
pub(crate) fn receiver(mood: Mood, authority: Option<&Authority>) -> Seen<Post> {
    let tls = authority.map(Authority::server);
    listen(mood, move |stream, seen| {
        let stream: Box<dyn Stream> = match &tls {
            Some(tls) => secured(stream, tls),
            None => Box::new(stream),
        };
        let _ = take_post(BufReader::new(stream), seen);
    })
}

fn take_post(mut stream: BufReader<Box<dyn Stream>>, seen: &Seen<Post>) -> std::io::Result<()> {
    let mut post = Post::default();
    let mut line = String::new();
    while stream.read_line(&mut line)? > 2 {
        if let Some((name, value)) = line.trim_end().split_once(": ") {
            post.headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        line.clear();
    }
    let mut body = vec![0; post.header("content-length").parse().unwrap_or(0)];
    stream.read_exact(&mut body)?;
    post.body = String::from_utf8(body).unwrap();
    let mood = seen.mood();
    seen.came.lock().unwrap().push(post);
    let status = match mood {
        Mood::Answers(status) => status,
        _ => 204,
    };
    let answer = format!(
        "HTTP/1.1 {status} x\r\nLocation: http://127.0.0.1:9/elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    answered(stream.get_mut(), mood, answer.as_bytes())
}

fn answered(stream: &mut dyn Stream, mood: Mood, answer: &[u8]) -> std::io::Result<()> {
    match mood {
        Mood::Hangs => thread::sleep(Duration::from_secs(90)),
        Mood::Dawdles => {
            for byte in answer {
                stream.write_all(&[*byte])?;
                stream.flush()?;
                thread::sleep(Duration::from_secs(1));
            }
        }
        Mood::Takes | Mood::Answers(_) => stream.write_all(answer)?,
    }
    stream.flush()
}

/// How a mail server is spoken to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speaks {
    Plainly,
    StartTls,
    Tls,
}

/// A mail server; gives the letters that it took, each with whom it was for.
pub(crate) fn mail_server(mood: Mood, speaks: Speaks, authority: &Authority) -> Seen<(Vec<String>, String)> {
    let tls = authority.server();
    listen(mood, move |stream, seen| {
        let plain = || stream.try_clone().unwrap();
        let first: Box<dyn Stream> = match speaks {
            Speaks::Tls => secured(plain(), &tls),
            _ => Box::new(plain()),
        };
        let mut first = BufReader::new(first);
        let greeted =
            first.get_mut().write_all(b"220 mail.example\r\n").and_then(|()| first.get_mut().flush());
        let goes_on = greeted.and_then(|()| talk(first, seen, speaks != Speaks::StartTls));
        if matches!(goes_on, Ok(true)) {
            let _ = talk(BufReader::new(secured(plain(), &tls)), seen, true);
        }
    })
}

/// Talks after the greeting until the end; answers whether it goes on over TLS. Letters are taken only where `is_ready`.
fn talk(
    mut stream: BufReader<Box<dyn Stream>>,
    seen: &Seen<(Vec<String>, String)>,
    is_ready: bool,
) -> std::io::Result<bool> {
    let mood = seen.mood();
    let mut recipients = Vec::new();
    let mut line = String::new();
    let say = |stream: &mut BufReader<Box<dyn Stream>>, text: &str| {
        stream.get_mut().write_all(text.as_bytes())?;
        stream.get_mut().flush()
    };
    loop {
        line.clear();
        if stream.read_line(&mut line)? == 0 {
            return Ok(false);
        }
        let word = line.trim_end().to_ascii_uppercase();
        if word.starts_with("EHLO") {
            let offers = if is_ready { "250 AUTH PLAIN\r\n" } else { "250 STARTTLS\r\n" };
            say(&mut stream, &format!("250-mail.example\r\n{offers}"))?;
        } else if word == "STARTTLS" {
            say(&mut stream, "220 go on\r\n")?;
            return Ok(true);
        } else if word.starts_with("RCPT TO:") {
            recipients.push(line.trim_end()["RCPT TO:".len()..].to_owned());
            match mood {
                Mood::Answers(status) => say(&mut stream, &format!("{status} no\r\n"))?,
                Mood::Takes => say(&mut stream, "250 well\r\n")?,
                other => answered(stream.get_mut(), other, b"250 well, this takes a while\r\n")?,
            }
        } else if word == "DATA" {
            say(&mut stream, "354 go on\r\n")?;
            let mut letter = String::new();
            loop {
                line.clear();
                if stream.read_line(&mut line)? == 0 {
                    return Ok(false);
                }
                if line == ".\r\n" {
                    break;
                }
                letter += &line;
            }
            seen.came.lock().unwrap().push((recipients.clone(), letter));
            say(&mut stream, "250 taken\r\n")?;
        } else if word == "QUIT" {
            say(&mut stream, "221 well\r\n")?;
            return Ok(false);
        } else {
            say(&mut stream, "250 well\r\n")?;
        }
    }
}
