//! The demo as a server, a browser, and what a person does with both.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use fantoccini::elements::Element;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// How long a page may take in a test. Far more than it takes, so that a busy machine fails nothing.
const PATIENCE: Duration = Duration::from_secs(60);

#[expect(clippy::disallowed_methods, reason = "the test command says where the browser is")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Where axe-core is; nothing where the test command did not install it.
pub(crate) fn axe() -> Option<String> {
    variable("HAVENMEESTER_TEST_AXE").map(|path| std::fs::read_to_string(path).unwrap())
}

/// The demo of the desk, in a folder of its own.
pub(crate) struct Desk {
    pub(crate) address: String,
    pub(crate) folder: tempfile::TempDir,
    server: Child,
}

/// How the browser looks.
#[derive(Clone, Copy)]
pub(crate) struct Looks {
    pub(crate) language: &'static str,
    pub(crate) is_dark: bool,
    pub(crate) is_phone: bool,
}

pub(crate) const DESKTOP: Looks = Looks { language: "en", is_dark: false, is_phone: false };

/// A browser with nobody logged in.
pub(crate) struct Browser {
    pub(crate) client: Client,
    address: String,
    driver: Child,
}

impl Desk {
    pub(crate) fn start() -> Self {
        Self::serve(tempfile::tempdir().unwrap(), &["--demo", "--listen", "127.0.0.1:0"])
    }

    /// A desk that is run from this folder.
    pub(crate) fn serve(folder: tempfile::TempDir, arguments: &[&str]) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_havenmeester"))
            .arg("serve")
            .args(arguments)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(server.stderr.take().unwrap()).lines().map_while(Result::ok);
        let address = lines
            .filter_map(|line| Some(line.split_once("http://")?.1.split_whitespace().next()?.to_owned()))
            .next()
            .expect("the desk says where it is");
        Self { address: format!("http://{address}"), folder, server }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Browser {
    /// Nothing, with a printed line, where there is no browser.
    pub(crate) async fn open(desk: &Desk, looks: Looks) -> Option<Self> {
        let Some(program) = variable("HAVENMEESTER_TEST_CHROMEDRIVER") else {
            eprintln!("skipped: no browser; scripts/test installs one");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let driver = Command::new(program)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let address = format!("http://127.0.0.1:{port}");
        let started = Instant::now();
        let client = loop {
            match ClientBuilder::new(HttpConnector::new())
                .capabilities(looks.wanted())
                .connect(&address)
                .await
            {
                Ok(client) => break client,
                Err(_) if started.elapsed() < PATIENCE => {
                    tokio::time::sleep(Duration::from_millis(100)).await
                }
                Err(error) => panic!("the browser does not start: {error}"),
            }
        };
        Some(Self { client, address: desk.address.clone(), driver })
    }

    pub(crate) async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.address)).await.unwrap();
    }

    /// Where the browser is, without the address of the desk.
    pub(crate) async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    pub(crate) async fn log_in_as(&self, name: &str) {
        self.go("/login").await;
        self.follow(&format!("button[value={name}]")).await;
        self.wait_for("form.who").await;
    }

    pub(crate) async fn log_out(&self) {
        self.follow("form.who button").await;
        self.wait_for("#password").await;
    }

    pub(crate) async fn wait_for(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(_) => panic!("nothing on {} is {css}:\n{}", self.path().await, self.text().await),
        }
    }

    pub(crate) async fn click(&self, css: &str) {
        self.wait_for(css).await.click().await.unwrap();
    }

    /// Clicks what leads to another page, and waits until this one is gone: what is looked for next could stand on both.
    pub(crate) async fn follow(&self, css: &str) {
        let page = self.wait_for("html").await;
        self.click(css).await;
        self.wait_until_gone(&page).await;
    }

    /// Presses keys that lead to another page.
    pub(crate) async fn press_on(&self, keys: &str) {
        let page = self.wait_for("html").await;
        self.press(keys).await;
        self.wait_until_gone(&page).await;
    }

    async fn wait_until_gone(&self, page: &Element) {
        let started = Instant::now();
        while page.tag_name().await.is_ok() {
            assert!(started.elapsed() < PATIENCE, "still on {}:\n{}", self.path().await, self.text().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub(crate) async fn type_into(&self, css: &str, text: &str) {
        self.wait_for(css).await.send_keys(text).await.unwrap();
    }

    pub(crate) async fn choose(&self, css: &str, file: &Path) {
        self.type_into(css, file.to_str().unwrap()).await;
    }

    /// Presses keys, one after the other, on whatever has the focus.
    pub(crate) async fn press(&self, keys: &str) {
        let focused = self.client.active_element().await.unwrap();
        focused.send_keys(keys).await.unwrap();
    }

    /// What a person reads on the page.
    pub(crate) async fn text(&self) -> String {
        self.client.find(Locator::Css("body")).await.unwrap().text().await.unwrap()
    }

    /// Waits until the page says something.
    pub(crate) async fn wait_for_text(&self, expected: &str) {
        let started = Instant::now();
        loop {
            // A page that is just being replaced has no body; it is asked again.
            let text = match self.client.find(Locator::Css("body")).await {
                Ok(body) => body.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if text.contains(expected) {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "{} never says {expected}:\n{text}", self.path().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Keeps the whole page as a picture.
    /// Goes to a page again and again until something is on it: the gate works at its own beat.
    pub(crate) async fn until(&self, path: &str, css: &str) {
        let started = Instant::now();
        loop {
            self.go(path).await;
            if self.client.find(Locator::Css(css)).await.is_ok() {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "nothing on {path} is {css}:\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Opens the part of a page that is folded and holds this.
    pub(crate) async fn unfold(&self, css: &str) {
        let script = "document.querySelector(arguments[0]).closest('details').open = true";
        self.client.execute(script, vec![json!(css)]).await.unwrap();
    }

    /// What is handed over as a file, read with the browser's own session.
    pub(crate) async fn read(&self, path: &str) -> String {
        let cookies = self.client.get_all_cookies().await.unwrap();
        let cookies: Vec<String> =
            cookies.iter().map(|one| format!("{}={}", one.name(), one.value())).collect();
        let mut answer =
            ureq::get(format!("{}{path}", self.address)).header("cookie", cookies.join("; ")).call().unwrap();
        answer.body_mut().read_to_string().unwrap()
    }

    pub(crate) async fn picture(&self, name: &str) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
        std::fs::create_dir_all(&folder).unwrap();
        let answer = self.client.issue_cmd(WholePage).await.unwrap();
        let bytes =
            base64::engine::general_purpose::STANDARD.decode(answer["data"].as_str().unwrap()).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), bytes).unwrap();
    }

    /// What axe finds wrong: rule and place.
    pub(crate) async fn violations(&self, axe: &str) -> Vec<String> {
        self.client.execute(axe, Vec::new()).await.unwrap();
        let run = "const done = arguments[arguments.length - 1];\
                   axe.run(document, {resultTypes: ['violations']}).then((found) => done(found.violations));";
        let found = self.client.execute_async(run, Vec::new()).await.unwrap();
        let told = |one: &Value| {
            let places = one["nodes"].as_array().into_iter().flatten();
            let places: Vec<String> = places.map(|node| node["html"].to_string()).collect();
            format!("{}: {}", one["id"], places.join(" "))
        };
        found.as_array().into_iter().flatten().map(told).collect()
    }

    pub(crate) async fn close(self) {
        let Self { client, mut driver, .. } = self;
        let _ = client.close().await;
        let _ = driver.kill();
        let _ = driver.wait();
    }
}

impl Looks {
    fn wanted(self) -> Capabilities {
        let scheme = if self.is_dark { 0 } else { 1 };
        let mut options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--window-size=1200,900", format!("--accept-lang={}", self.language),
                format!("--blink-settings=preferredColorScheme={scheme}"),
            ],
            "prefs": {"intl.accept_languages": self.language},
        });
        if self.is_phone {
            options["mobileEmulation"] =
                json!({"deviceMetrics": {"width": 390, "height": 844, "pixelRatio": 1.5}});
        }
        let wanted = json!({"browserName": "chrome", "goog:chromeOptions": options});
        wanted.as_object().unwrap().clone()
    }

    pub(crate) fn name(self) -> String {
        let theme = if self.is_dark { "dark" } else { "light" };
        format!("{}-{theme}{}", self.language, if self.is_phone { "-phone" } else { "" })
    }
}

/// Chromium's own command for a picture that goes beyond the window.
#[derive(Debug)]
struct WholePage;

impl WebDriverCompatibleCommand for WholePage {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({
            "cmd": "Page.captureScreenshot",
            "params": {"format": "png", "captureBeyondViewport": true},
        });
        (http::Method::POST, Some(body.to_string()))
    }
}
