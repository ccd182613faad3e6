//! Sealing asks the time-stamp service of the office, here one that OpenSSL plays on this machine.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::killed::command;
use crate::walkthrough::Terminal;

const SEAL: &[&str] = &["evidence", "add", "evidence.toml", "--file", "page.html", "--seal", "--as", "carla"];
const AGAIN: &[&str] = &["evidence", "stamp", "EV-0001", "--as", "carla"];

const EXTENSIONS: &str = "
[tsa]
default_tsa = one
[one]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
[stamping]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
[authority]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[req]
distinguished_name = name
prompt = no
[name]
CN = Invented Time-stamp Authority
";

/// A folder with the keys and certificates of a service.
struct Authority {
    folder: tempfile::TempDir,
}

impl Authority {
    fn new() -> Self {
        let authority = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(authority.folder.path().join("openssl.cnf"), EXTENSIONS).unwrap();
        fs::write(authority.folder.path().join("serial"), "01\n").unwrap();
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config openssl.cnf";
        authority.openssl(&format!(
            "req -x509 {key} -keyout root.key -out root.pem -days 30 -extensions authority"
        ));
        authority.openssl(&format!("req -new {key} -subj /CN=Stamps -keyout tsa.key -out tsa.csr"));
        authority.openssl(
            "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 -out tsa.pem \
             -extfile openssl.cnf -extensions stamping",
        );
        authority.openssl("x509 -in root.pem -outform DER -out root.der");
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

    fn answer(&self, question: &[u8]) -> Vec<u8> {
        fs::write(self.folder.path().join("question"), question).unwrap();
        self.openssl(
            "ts -reply -config openssl.cnf -section one -queryfile question -signer tsa.pem -inkey tsa.key -out answer",
        );
        fs::read(self.folder.path().join("answer")).unwrap()
    }

    /// Answers over HTTP until the test ends; gives the address and how often it was asked.
    fn serve(self) -> (String, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/tsr", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = BufReader::new(stream.unwrap());
                let (mut line, mut length) = (String::new(), 0);
                while stream.read_line(&mut line).unwrap() > 2 {
                    let lower = line.to_lowercase();
                    if let Some(text) = lower.strip_prefix("content-length:") {
                        length = text.trim().parse().unwrap();
                    }
                    line.clear();
                }
                let mut question = vec![0; length];
                stream.read_exact(&mut question).unwrap();
                count.fetch_add(1, Ordering::SeqCst);
                let answer = self.answer(&question);
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    answer.len()
                );
                stream.get_mut().write_all(&[head.as_bytes(), &answer].concat()).unwrap();
            }
        });
        (address, asked)
    }
}

/// The walkthrough up to the evidence, with a time-stamp service in the settings.
fn office(address: &str, root: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    Terminal::in_folder(folder.path()).follow_to("evidence add evidence.toml");
    fs::write(folder.path().join("office/tsa.der"), root).unwrap();
    let settings = folder.path().join("office/office.toml");
    let service = format!("\n[time_stamps]\nurl = \"{address}\"\nroots = [\"tsa.der\"]\n");
    fs::write(&settings, fs::read_to_string(&settings).unwrap() + &service).unwrap();
    folder
}

/// Status and what was said beside the result.
fn run(folder: &Path, words: &[&str]) -> (Option<i32>, String) {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let output = command(folder, &words).stderr(std::process::Stdio::piped()).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn sealed_evidence_gets_a_time_stamp_once_and_it_can_be_checked_again() {
    let authority = Authority::new();
    let root = fs::read(authority.folder.path().join("root.der")).unwrap();
    let (address, asked) = authority.serve();
    let folder = office(&address, &root);

    let (status, told) = run(folder.path(), SEAL);
    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("file 1 is stamped at "), "{told}");

    let (status, again) = run(folder.path(), AGAIN);
    assert_eq!(status, Some(0), "{again}");
    assert!(told.contains(again.trim()), "the same stamp: {told}{again}");
    assert_eq!(asked.load(Ordering::SeqCst), 1, "what is kept is not asked for again");
}

#[test]
fn an_answer_of_somebody_else_is_refused_and_evidence_stays_sealed() {
    let stranger = Authority::new();
    let root = fs::read(Authority::new().folder.path().join("root.der")).unwrap();
    let (address, _) = stranger.serve();
    let folder = office(&address, &root);

    let (status, told) = run(folder.path(), SEAL);

    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("EV-0001 is sealed, but file 1 has no time-stamp: "), "{told}");
    assert!(told.contains("hint: `evidence stamp EV-0001 --file 1` asks again"), "{told}");
    let (status, told) = run(folder.path(), AGAIN);
    assert_eq!(status, Some(2), "{told}");
}

#[test]
fn a_service_that_cannot_be_reached_is_said() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let authority = Authority::new();
    let root = fs::read(authority.folder.path().join("root.der")).unwrap();
    let folder = office(&format!("http://{free}/tsr"), &root);

    let (status, told) = run(folder.path(), SEAL);

    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("has no time-stamp: the time-stamp service http://127.0.0.1:"), "{told}");
}

#[test]
fn a_service_over_an_open_line_is_refused() {
    let folder = office("http://tsa.example/tsr", b"");

    let (status, told) = run(folder.path(), &["office", "check"]);

    assert_eq!(status, Some(2), "{told}");
    assert!(told.contains(
        "time_stamps.url is `http://tsa.example/tsr`, expected an address that begins with https://"
    ));
}
