//! The answer to the issuer goes by itself where the list says where to: from a hoster's program to the issuer's desk.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::Child;

use crate::walkthrough::Terminal;

const BEFORE_THE_ANSWER: &str = "receipt make";
const OF_NORTH: &str = "--home north --key-file north.db.key --as marleen";

struct Desk(Child);

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn an_answer_is_confirmed_by_the_issuers_machine_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    // The address stands in the signed edition, so it is known before there is a desk.
    let listen = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let address = format!("http://{listen}/api/v1/answers");
    let mut terminal = Terminal::in_folder(folder.path());
    terminal.change(
        "onward_sharing = \"none\"",
        &format!("onward_sharing = \"none\"\nanswers_to = \"{address}\""),
    );
    terminal.follow_to(BEFORE_THE_ANSWER);

    let send = format!("receipt send {OF_NORTH}");
    let said = terminal.says(&send);
    assert!(said.contains("cannot be reached") && said.contains("(exit code 2)"), "{said}");

    let desk = desk(&terminal, &listen);
    assert_eq!(terminal.says(&send), format!("{address} has taken in the answer about harbour, edition 1\n"));
    assert!(terminal.says("receipt total 1 --as udo").contains("answered      1\n"));
    assert!(terminal.says("partner deliveries 1 --as udo").contains("hoster-north  released  acknowledged"));
    // Whoever tried is in the chain, also where nobody answered.
    let acts = terminal.says(&format!("audit list {OF_NORTH}"));
    assert_eq!(acts.matches("send_receipt").count(), 2, "{acts}");
    assert!(terminal.says("audit list --as udo").contains("answer_box"));

    strangers_change_nothing(&address);
    assert!(terminal.says("receipt total 1 --as udo").contains("answered      1\n"));
    drop(desk);
}

fn strangers_change_nothing(address: &str) {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    for (file, status) in [
        (Vec::new(), 422),
        (b"{}".to_vec(), 422),
        (br#"{"signatures":[{"keyid":"00","sig":"00"}],"signed":{}}"#.to_vec(), 422),
        (vec![b'['; 60_000], 422),
        (vec![b' '; 70_000], 413),
    ] {
        let answer = agent.post(address).content_type("application/octet-stream").send(&file).unwrap();
        assert_eq!(answer.status().as_u16(), status, "{} bytes", file.len());
    }
}

/// The issuer's desk, listening.
fn desk(terminal: &Terminal, listen: &str) -> Desk {
    let mut child = terminal.begins(&format!("serve --listen {listen} --as udo"));
    let lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let (ready, told) = std::sync::mpsc::channel();
    // Whoever listens to the end keeps the desk from waiting for a reader.
    std::thread::spawn(move || {
        for line in lines {
            let _ = ready.send(line);
        }
    });
    let desk = Desk(child);
    while !told.recv().expect("the desk says where it listens").contains(listen) {}
    desk
}
