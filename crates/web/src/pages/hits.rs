//! The queue: who waits, filtered and searched, a page at a time.

use askama::Template;
use axum::extract::{Extension, Query, State};
use axum::response::Response;
use documents::numbers;
use jiff::civil::Date;
use operations::hoster::accounts;
use operations::hoster::queue::Waiting;
use review::{Class, Standing};
use serde::Deserialize;

use super::{Page, refused, shown};
use crate::desk::Desk;
use crate::guard::Visitor;

/// Rows of one page.
const ROWS: usize = 50;

/// What can be looked at, by a word in the address.
const VIEWS: [&str; 7] = ["open", "mine", "overdue", "second", "reopened", "undecided", "all"];

/// For whom and when a view is looked at.
#[derive(Clone, Copy)]
struct Looking<'a> {
    person: &'a str,
    today: Date,
}

#[derive(Template)]
#[template(path = "hits.html")]
struct HitsPage {
    page: Page,
    rows: Vec<Row>,
    views: Vec<View>,
    /// Views that the person saved: name and query, and whether it is this one.
    saved: Vec<(String, String, bool)>,
    /// What the address of this view asks for.
    query: String,
    view: &'static str,
    class: String,
    words: String,
    found: String,
    /// Addresses of the pages before and after.
    before: Option<String>,
    after: Option<String>,
}

/// A saved view with how many hits it has.
struct View {
    word: &'static str,
    count: String,
    is_shown: bool,
}

/// One hit, as a line.
pub(crate) struct Row {
    pub(crate) number: usize,
    pub(crate) class: &'static str,
    pub(crate) score: String,
    pub(crate) state: &'static str,
    pub(crate) customer: String,
    pub(crate) customer_id: String,
    pub(crate) entry: String,
    pub(crate) entry_id: String,
    pub(crate) list: String,
    /// Somebody else who looks at it now.
    pub(crate) is_taken: bool,
    pub(crate) assigned_to: String,
    /// The day by which it is to be answered, and whether that is over.
    pub(crate) due: String,
    pub(crate) is_overdue: bool,
}

#[derive(Default, Deserialize)]
pub(crate) struct Filter {
    #[serde(default)]
    view: String,
    #[serde(default)]
    class: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    page: usize,
}

pub(crate) async fn list(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Query(filter): Query<Filter>,
) -> Response {
    let page = Page::of(&visitor);
    let shown_page = async {
        let mut look = desk.store.look().await?;
        let account = accounts::active(&mut look, &visitor.person).await?;
        let queue = desk.queue(&mut look).await?;
        let looking = Looking { person: &visitor.person.0, today: super::day((desk.now)()) };
        let is_taken = |row: &Waiting| desk.claims.is_taken(row.number, &visitor.person.0, (desk.now)());
        let mut found = hits_page(page.clone(), queue.rows(), &filter, looking, is_taken);
        let views = account.map(|account| account.views).unwrap_or_default();
        let is_this = |query: &String| *query == found.query;
        found.saved = views
            .into_iter()
            .map(|(name, query)| {
                let is_shown = is_this(&query);
                (name, query, is_shown)
            })
            .collect();
        Ok::<_, operations::hoster::reviews::ReviewError>(found)
    };
    match shown_page.await {
        Ok(hits) => shown(&hits),
        Err(error) => refused(&page, &error),
    }
}

fn hits_page(
    page: Page,
    all: &[Waiting],
    filter: &Filter,
    looking: Looking<'_>,
    is_taken: impl Fn(&Waiting) -> bool,
) -> HitsPage {
    let view = VIEWS.into_iter().find(|word| *word == filter.view).unwrap_or(VIEWS[0]);
    let class = Class::from_word(&filter.class);
    let words = filter.words.trim().to_lowercase();
    let fits = |row: &&Waiting| {
        is_of(view, row, looking) && class.is_none_or(|class| row.class == class) && row.mentions(&words)
    };
    let found: Vec<&Waiting> = all.iter().filter(fits).collect();
    let last = found.len().saturating_sub(1) / ROWS;
    let number = filter.page.min(last);
    let escaped = query_escaped(filter.words.trim());
    let query = format!("view={view}&class={}&words={escaped}", class.map_or("", Class::word));
    let address = |number: usize| format!("/hits?{query}&page={number}");
    let language = page.language;
    let count =
        |word| numbers::count(all.iter().filter(|row| is_of(word, row, looking)).count() as u64, language);
    HitsPage {
        rows: found
            .iter()
            .skip(number * ROWS)
            .take(ROWS)
            .map(|one| Row { is_overdue: one.is_overdue(looking.today), ..row(one, &page, is_taken(one)) })
            .collect(),
        saved: Vec::new(),
        views: VIEWS.map(|word| View { word, count: count(word), is_shown: word == view }).into(),
        view,
        class: class.map_or_else(String::new, |class| class.word().to_owned()),
        words: filter.words.trim().to_owned(),
        found: numbers::count(found.len() as u64, language),
        before: number.checked_sub(1).map(address),
        after: (number < last).then(|| address(number + 1)),
        query,
        page,
    }
}

fn is_of(view: &str, row: &Waiting, looking: Looking<'_>) -> bool {
    match view {
        "open" => row.is_open(),
        "mine" => row.is_mine(looking.person),
        "overdue" => row.is_overdue(looking.today),
        "second" => row.awaits_second(),
        "reopened" => row.is_reopened(),
        "undecided" => row.standing == Standing::Judged(review::Answer::Undecided),
        _ => true,
    }
}

pub(crate) fn row(one: &Waiting, page: &Page, is_taken: bool) -> Row {
    Row {
        number: one.number,
        class: one.class.word(),
        score: numbers::score(one.score, page.language),
        state: state(one.standing),
        customer: one.customer_name.clone(),
        customer_id: one.customer_id.clone(),
        entry: one.entry_name.clone(),
        entry_id: one.entry_id.clone(),
        list: one.list.clone(),
        is_taken,
        assigned_to: one.assigned_to.clone().unwrap_or_default(),
        due: one.due_on.map_or_else(String::new, |day| page.day(day)),
        is_overdue: false,
    }
}

pub(crate) fn state(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::AwaitsSecond(_) => "awaits_second",
        Standing::Judged(answer) => answer.word(),
        Standing::Reopened(_) => "reopened",
    }
}

/// A text as a value in an address.
pub(crate) fn query_escaped(text: &str) -> String {
    let escaped = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::query_escaped;

    #[test]
    fn a_text_is_safe_in_an_address() {
        assert_eq!(query_escaped("a b&c=\"é"), "a%20b%26c%3D%22%C3%A9");
    }
}
