//! An invented house and an invented office around one desk.

use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use curation::{PersonId as PersonId2, Role, TeamId};
use delivery::SigningKey;
use documents::{Language, Paper, Problem};
use http_body_util::BodyExt;
use jiff::Timestamp;
use jiff::civil::Date;
use kyc::facts::{Said, Source};
use kyc::{Applicant, Outcome};
use operations::hoster::accounts::{self, DeskRole};
use operations::hoster::notices::Notice;
use operations::hoster::screenings::{self, KeptHit, KeptReason, KeptScreening, Totals};
use operations::issuer::entries::Rules;
use operations::issuer::people::{self, Wanted};
use rand_core::OsRng;
use review::Touched;
use store::{Address, MasterKey, PersonId, Store};
use tower::ServiceExt;
use watchlist::{ListInfo, Phrase};
use web::{
    Area, Brought, Customers, Departure, Desk, Look, OfficeSettings, Program, Progress, Published, ReadList,
    Remarks, Route, Sample, Screened, Settings, SigningStep, ToSign, Told, router,
};

pub(crate) const PASSWORD: &str = "nine old barges in the harbour";
/// The only script of a page.
pub(crate) const OWN_SCRIPT: &str = "<script src=\"/desk.js\" defer></script>";
/// What a page must never hand on as it is.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

/// A list that nobody signed.
pub(crate) const LIST: &str = r#"{
  "format": "havenmeester-list/1",
  "list": {"id": "paper", "issuer": "Invented Harbour Office", "title": "From paper", "nature": "advisory",
           "purpose": "tests", "handling": "TLP:CLEAR", "onward_sharing": "free"},
  "edition": {"number": 1},
  "entries": [{"id": "E-1", "type": "brand", "names": [{"text": "Orchard", "kind": "primary"}]}]
}"#;

/// What everybody may change: whether they are logged in, and how.
pub(crate) fn is_own(route: &Route) -> bool {
    route.area == Area::Anyone || route.path == "/views"
}

pub(crate) fn takes_a_file(route: &Route) -> bool {
    let endings = [
        "/receive",
        "/receive/list",
        "/screening",
        "/attachments",
        "/evidence",
        "/describe",
        "/approve",
        "/lift",
        "/withdraw",
        "/seal",
        "/publish",
        "/enrol",
        "/receipts",
    ];
    let is_form = ["/decisions/D-0001/approve", "/subjects/lift", "/office/evidence/EV-0001/seal"];
    let ends = endings.iter().any(|ending| route.path.ends_with(ending));
    route.method == "POST" && ends && !is_form.contains(&route.path)
}

pub(crate) fn now() -> Timestamp {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

pub(crate) struct House {
    pub(crate) router: Router,
    pub(crate) desk: Desk,
    pub(crate) store: Store,
    folder: tempfile::TempDir,
}

/// A program that reads one list and screens nothing.
struct Around;

impl web::Office for Around {
    fn settings(&self) -> Result<OfficeSettings, Told> {
        Ok(OfficeSettings { list: list_info(), rules: Rules::default() })
    }

    fn time_stamps(&self, _: &PersonId, _: &str) -> Result<Vec<String>, Told> {
        Ok(vec![HOSTILE.to_owned()])
    }

    fn letter(&self, _: &PersonId, _: u64, _: &str) -> Result<Vec<u8>, Told> {
        Err(hostile())
    }

    fn prepare(&self, _: &PersonId, _: u64) -> Result<(), Told> {
        Err(hostile())
    }

    fn request(&self, _: u64, _: SigningStep) -> Result<Option<ToSign>, Told> {
        Ok(None)
    }

    fn seal(&self, _: &PersonId, _: u64, _: &[Vec<u8>]) -> Result<(), Told> {
        Err(hostile())
    }

    fn publish(&self, _: &PersonId, _: u64, _: &[Vec<u8>], _: &str) -> Result<Published, Told> {
        Err(hostile())
    }

    fn refresh(&self, _: &PersonId, _: u64) -> Result<Published, Told> {
        Err(hostile())
    }
}

fn hostile() -> Told {
    Told::English { what: HOSTILE.to_owned(), hint: HOSTILE.to_owned() }
}

pub(crate) fn list_info() -> ListInfo {
    ListInfo {
        id: "harbour".to_owned(),
        issuer: "Invented Harbour Office".to_owned(),
        title: "Resellers".to_owned(),
        nature: watchlist::Nature::Advisory,
        purpose: "tests".to_owned(),
        handling: "TLP:AMBER".to_owned(),
        onward_sharing: "none".to_owned(),
        answers_to: None,
    }
}

impl Program for Around {
    fn send_answer(&self, _: &str, _: &[u8], _: u32) -> Result<(), Told> {
        Err(hostile())
    }

    fn registers(&self, applicant: &Applicant) -> Vec<Source> {
        applicant.register_number.iter().map(|_| Source::Kvk).collect()
    }

    fn ask_register(&self, source: Source, applicant: &Applicant) -> Option<Said> {
        let name = applicant.register_number.clone();
        Some(Said { outcome: Outcome::NotConfirmed, proof: Some(source.word().to_owned()), name })
    }

    fn paper(&self, paper: &Paper) -> Result<Vec<u8>, Told> {
        Ok(format!("%PDF of {} sections", paper.sections.len()).into_bytes())
    }

    fn read_list(&self, file: &Path) -> Result<ReadList, Told> {
        let bytes = std::fs::read(file).unwrap();
        let read = watchlist::format::v1::read(&bytes);
        let edition =
            read.map_err(|error| Told::Worded { what: error.phrase(), hint: Phrase::same(HOSTILE) })?.edition;
        let remark = Problem {
            file: HOSTILE.to_owned(),
            line: Some(1),
            message: Phrase::same(HOSTILE),
            hint: Some(Phrase::same(HOSTILE)),
        };
        Ok(ReadList { edition, remarks: Remarks { shown: vec![remark], total: 1 } })
    }

    fn letter(&self, notice: &Notice, _: Option<Date>, _: Date, _: Language) -> Result<Vec<u8>, Told> {
        if notice.decision.is_none() {
            return Ok(b"%PDF".to_vec());
        }
        Err(Told::English { what: notice.secrets.join(" "), hint: HOSTILE.to_owned() })
    }

    fn screen_again(&self, _: &PersonId) -> Result<Screened, Told> {
        Err(hostile())
    }

    fn look(&self, customers: &Customers<'_>) -> Result<Look, Told> {
        let hostile = || HOSTILE.to_owned();
        if std::fs::read(customers.file).unwrap().is_empty() {
            return Err(Told::English { what: hostile(), hint: hostile() });
        }
        Ok(Look {
            form: vec![Phrase::same(HOSTILE)],
            profile: hostile(),
            read: vec![(hostile(), hostile())],
            left_out: vec![hostile()],
            not_known: vec![hostile()],
            notes: vec![Phrase::same(HOSTILE)],
            customers: 1,
            sample: vec![Sample { id: hostile(), row: 1, values: vec![(Phrase::same(HOSTILE), hostile())] }],
            ..Look::default()
        })
    }

    fn screen(
        &self,
        customers: &Customers<'_>,
        _: &PersonId,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Screened, Told> {
        progress(Progress { bytes_read: 1, bytes_total: 2, customers: 1 });
        let what = format!("{} has {} bytes", customers.name, std::fs::read(customers.file).unwrap().len());
        Err(Told::English { what, hint: HOSTILE.to_owned() })
    }
}

/// An identity provider that believes its visitors: the code is who they are.
struct Provider {
    is_only_way: bool,
}

impl web::SignIn for Provider {
    fn name(&self) -> &str {
        HOSTILE
    }

    fn is_only_way(&self) -> bool {
        self.is_only_way
    }

    fn begin(&self) -> Result<Departure, Told> {
        Ok(Departure { address: "https://id.example/log-in".to_owned(), kept: "kept.in.browser".to_owned() })
    }

    fn end(&self, kept: &str, brought: Brought) -> Result<String, Told> {
        let fits = kept == "kept.in.browser" && brought.state == "s";
        brought.code.filter(|_| fits).ok_or_else(hostile)
    }
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    headers: axum::http::HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Every cookie that it sets.
    pub(crate) fn cookies(&self) -> Vec<&str> {
        self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// The token of the forms on a page.
    pub(crate) fn csrf(&self) -> String {
        let after = self.body.split("name=\"csrf\" value=\"").nth(1).expect("the page has a form");
        after.split('"').next().unwrap().to_owned()
    }
}

impl House {
    /// Anna and Bram review, Rita reads, Mia works at the office, Nora has an account and no place in it; two hits, one of them with hostile words in every field.
    pub(crate) async fn new() -> Self {
        Self::with(false).await
    }

    /// The same house, where perhaps only the identity provider lets in.
    pub(crate) async fn with(is_only_way: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::file(&folder.path().join("house.db"));
        let key = MasterKey::from_bytes([7; 32]);
        let store = Store::open(&address, &key).await.unwrap();
        let admin = PersonId("admin".to_owned());
        for (name, role) in [
            ("anna", DeskRole::Reviewer),
            ("bram", DeskRole::Reviewer),
            ("rita", DeskRole::Reader),
            ("mia", DeskRole::Member),
            ("nora", DeskRole::Member),
        ] {
            let person = PersonId(name.to_owned());
            accounts::set(&store, &admin, &person, role, PASSWORD, now(), &mut OsRng).await.unwrap();
        }
        unit(&store).await;
        let kept = KeptScreening {
            manifest: serde_json::json!({}),
            totals: Totals::default(),
            editions: Vec::new(),
        };
        screenings::keep(&store, &admin, &kept, &[hit("K-1", "Orchard"), hit(HOSTILE, HOSTILE)], now())
            .await
            .unwrap();
        crate::sign_ups::applied(&store).await;
        let settings = Settings {
            now,
            only_over_tls: false,
            uploads: folder.path().to_owned(),
            program: Box::new(Around),
            office: Some(Box::new(Around)),
            sign_in: Some(Box::new(Provider { is_only_way })),
            retention_months: 6,
            policy: std::sync::Arc::default(),
            without_password: Vec::new(),
            demo_keys: None,
        };
        let desk = Desk::new(Store::open(&address, &key).await.unwrap(), settings);
        Self { router: router(desk.clone()), desk, store, folder }
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header("cookie", cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .unwrap();
        self.ask(request).await
    }

    /// A page as somebody sees it who reads Dutch.
    pub(crate) async fn get_in_dutch(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header("cookie", cookie).header("accept-language", "nl");
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form as somebody who reads Dutch.
    pub(crate) async fn post_in_dutch(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header("cookie", cookie)
            .header("accept-language", "nl")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .unwrap();
        self.ask(request).await
    }

    /// Where files are while they are worked on.
    pub(crate) fn uploads(&self) -> &Path {
        self.folder.path()
    }

    /// Files that were handed in and are still on the disk.
    pub(crate) fn leftovers(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.uploads()).unwrap();
        let names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with("upload-") || name == web::RUNNING).collect()
    }

    /// Sends a form with a file.
    pub(crate) async fn upload(
        &self,
        path: &str,
        cookie: &str,
        csrf: &str,
        name: &str,
        file: &str,
    ) -> Answer {
        let part = |head: &str, body: &str| {
            format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
        };
        let body = part("name=\"csrf\"", csrf)
            + &part(&format!("name=\"file\"; filename=\"{name}\""), file)
            + "--edge--\r\n";
        let request = Request::post(path)
            .header("cookie", cookie)
            .header("content-type", "multipart/form-data; boundary=edge")
            .body(Body::from(body))
            .unwrap();
        self.ask(request).await
    }

    /// Sends a form with fields and a file.
    pub(crate) async fn upload_with(
        &self,
        path: &str,
        cookie: &str,
        csrf: &str,
        fields: &[(&str, &str)],
        (name, file): (&str, &str),
    ) -> Answer {
        let part = |head: &str, body: &str| {
            format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
        };
        let mut body = part("name=\"csrf\"", csrf);
        for (name, value) in fields {
            body += &part(&format!("name=\"{name}\""), value);
        }
        body += &part(&format!("name=\"file\"; filename=\"{name}\""), file);
        body += "--edge--\r\n";
        let request = Request::post(path)
            .header("cookie", cookie)
            .header("content-type", "multipart/form-data; boundary=edge")
            .body(Body::from(body))
            .unwrap();
        self.ask(request).await
    }

    /// Logs in and gives the cookie.
    pub(crate) async fn log_in(&self, name: &str) -> String {
        let form = format!("name={name}&password={}", PASSWORD.replace(' ', "+"));
        let answer = self.post("/login", "", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.header("set-cookie").split(';').next().unwrap().to_owned()
    }

    pub(crate) async fn any(&self, route: &Route, cookie: &str, csrf: &str) -> Answer {
        match route.method {
            "GET" => self.get(route.path, cookie).await,
            _ if takes_a_file(route) => self.upload(route.path, cookie, csrf, "list.json", LIST).await,
            _ => {
                self.post(
                    route.path,
                    cookie,
                    &format!(
                        "csrf={csrf}&reason=name_only&seen=0&customer=K-1&measure=continue&name=x&view=open&ground=x\
                         &text=x&until=2026-06-01&label=x&read=yes"
                    ),
                )
                .await
            }
        }
    }
}

pub(crate) fn hit(customer: &str, words: &str) -> KeptHit {
    KeptHit {
        customer_id: customer.to_owned(),
        customer_name: words.to_owned(),
        list: words.to_owned(),
        entry_id: "E-1".to_owned(),
        entry_name: words.to_owned(),
        class: "weak".to_owned(),
        score: 0.6,
        rests_on: Vec::new(),
        reasons: vec![KeptReason::plain("same_name", 1.0, words, words)],
        linked: vec![(words.to_owned(), "phone".to_owned()), (words.to_owned(), "machine".to_owned())],
        touched: Touched {
            services: vec![words.to_owned()],
            machines: vec![words.to_owned()],
            monthly: Some(words.to_owned()),
            addresses: vec![words.to_owned()],
            others: 41,
        },
    }
}

/// Mia, who may do everything at the office but what the prosecution does; her key is the one that is given back.
async fn unit(store: &Store) {
    let id = |code: &str| PersonId2::new(code).unwrap();
    let mut keys = Vec::new();
    for (code, roles) in [
        ("ada", vec![Role::Administrator]),
        ("abe", vec![Role::Administrator]),
        (
            "mia",
            vec![
                Role::Collector,
                Role::Analyst,
                Role::Publisher,
                Role::DeliveryDesk,
                Role::ContestHandler,
                Role::Auditor,
            ],
        ),
    ] {
        let key = SigningKey::generate(delivery::Role::EntryApproval, &mut OsRng);
        let wanted = Wanted { team: TeamId("north".to_owned()), roles, new_keys: vec![key.public()] };
        people::enter(store, &id("ada"), &id(code), &wanted, now()).await.unwrap();
        keys.push(key);
    }
    for (administrator, key) in [("ada", &keys[0]), ("abe", &keys[1])] {
        people::confirm(store, &id(administrator), &id("mia"), key, now()).await.unwrap();
    }
}
