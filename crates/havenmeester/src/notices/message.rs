//! What a notice says: in a person's language, and as JSON for programs. Both are made of the news alone, which has no place
//! for a name.

use std::sync::LazyLock;

use documents::{Language, Texts, numbers};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use operations::hoster::outbox::news::{Failed, Run};
use operations::hoster::outbox::{News, Notice};
use serde_json::{Value, json};

const ENGLISH: &str = include_str!("../../locales/notices.en.ftl");
const DUTCH: &str = include_str!("../../locales/notices.nl.ftl");

static EN: LazyLock<Texts> = LazyLock::new(|| Texts::load(ENGLISH, Language::En));
static NL: LazyLock<Texts> = LazyLock::new(|| Texts::load(DUTCH, Language::Nl));

/// What is sent to one recipient.
#[derive(Debug)]
pub(crate) struct Message {
    /// The same for each attempt.
    pub(crate) id: String,
    /// When it happened.
    pub(crate) at: Timestamp,
    /// Nothing for a test.
    news: Option<News>,
}

impl Message {
    pub(crate) fn of(notice: Notice) -> Self {
        Self { id: notice.id, at: notice.at, news: Some(notice.news) }
    }

    /// A message that only says that it came.
    pub(crate) fn test(at: Timestamp) -> Self {
        Self { id: format!("test-{}", at.as_second()), at, news: None }
    }

    pub(super) fn subject(&self, language: Language) -> String {
        match &self.news {
            None => texts(language).get("subject-test").into_owned(),
            Some(News::RunFailed { run, how }) => run_said("subject", run, *how, language),
            Some(news) => said(&format!("subject-{}", news.kind().word()), news, language),
        }
    }

    /// One or two sentences.
    pub(super) fn text(&self, language: Language) -> String {
        match &self.news {
            None => texts(language).get("text-test").into_owned(),
            Some(News::RunFailed { run, how }) => run_said("text", run, *how, language),
            Some(news) => said(&format!("text-{}", news.kind().word()), news, language),
        }
    }

    /// The whole of a mail.
    pub(super) fn letter(&self, language: Language, desk: Option<&str>) -> String {
        let texts = texts(language);
        let link = desk.map(|address| texts.with("at-the-desk", &[("address", address.into())]));
        let closing = texts.get("closing").into_owned();
        let parts = [Some(self.text(language)), link, Some(closing)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join("\n\n") + "\n"
    }

    /// The body of a webhook, as Standard Webhooks wants it: what it is, when it happened, and its data. The text is there for
    /// programs that show it to people; an order is for a shop's program alone.
    pub(super) fn json(&self, language: Language) -> Value {
        let (kind, data) = match &self.news {
            None => ("test", json!({})),
            Some(news) => (news.kind().word(), data(news)),
        };
        let mut body = json!({
            "type": format!("havenmeester.{kind}"),
            "timestamp": self.at.to_string(),
            "data": data,
        });
        if !matches!(self.news, Some(News::OrderDecided { .. })) {
            body["text"] = Value::from(self.text(language));
        }
        body
    }
}

fn data(news: &News) -> Value {
    match news {
        News::EditionInstalled { number } => json!({ "edition": number }),
        News::EditionPast { number, last_day } => {
            json!({ "edition": number, "last_day": last_day.to_string() })
        }
        News::ScreeningEnded { to_review } => json!({ "to_review": to_review }),
        News::RunFailed { run, how } => {
            let (what, schedule) = match run {
                Run::Screening => ("screening", None),
                Run::Changes => ("changes", None),
                Run::Schedule(name) => ("schedule", Some(name.as_str())),
            };
            json!({ "run": what, "schedule": schedule, "how": how.word() })
        }
        News::ApplicationsWait { count, nearest } => {
            json!({ "count": count, "nearest": nearest.to_string() })
        }
        News::EntryWithdrawn { decisions } => json!({ "decisions": decisions }),
        News::OrderDecided { order, go_on } => json!({ "order": order.for_the_shop(), "go_on": go_on }),
    }
}

fn texts(language: Language) -> &'static Texts {
    match language {
        Language::En => &EN,
        Language::Nl => &NL,
    }
}

fn said(key: &str, news: &News, language: Language) -> String {
    let day = |day: Date| numbers::date(day, language);
    let texts = texts(language);
    match news {
        News::EditionInstalled { number } => texts.with(key, &[("number", number.to_string().into())]),
        News::EditionPast { number, last_day } => {
            texts.with(key, &[("number", number.to_string().into()), ("day", day(*last_day).into())])
        }
        News::ApplicationsWait { count, nearest } => {
            let nearest = nearest.to_zoned(TimeZone::UTC);
            let time = nearest.strftime("%H:%M").to_string();
            texts.with(
                key,
                &[("n", (*count).into()), ("day", day(nearest.date()).into()), ("time", time.into())],
            )
        }
        News::ScreeningEnded { to_review: n } | News::EntryWithdrawn { decisions: n } => {
            texts.number(key, *n)
        }
        News::RunFailed { .. } | News::OrderDecided { .. } => texts.get(key).into_owned(),
    }
}

fn run_said(part: &str, run: &Run, how: Failed, language: Language) -> String {
    let texts = texts(language);
    let run = match run {
        Run::Screening => texts.get("run-screening").into_owned(),
        Run::Changes => texts.get("run-changes").into_owned(),
        Run::Schedule(name) => texts.with("run-schedule", &[("name", name.as_str().into())]),
    };
    texts.with(&format!("{part}-run-{}", how.word()), &[("run", run.into())])
}

#[cfg(test)]
mod tests {
    use operations::hoster::outbox::Kind;
    use operations::hoster::outbox::news::{OrderNumber, ScheduleName};

    use super::*;

    fn every_kind() -> Vec<News> {
        let at: Timestamp = "2026-04-12T09:30:00Z".parse().unwrap();
        let name = || ScheduleName::new("nightly").unwrap();
        vec![
            News::EditionInstalled { number: 1234 },
            News::EditionPast { number: 12, last_day: "2026-04-01".parse().unwrap() },
            News::ScreeningEnded { to_review: 1 },
            News::ScreeningEnded { to_review: 3 },
            News::RunFailed { run: Run::Screening, how: Failed::Failed },
            News::RunFailed { run: Run::Changes, how: Failed::Failed },
            News::RunFailed { run: Run::Schedule(name()), how: Failed::Failed },
            News::RunFailed { run: Run::Schedule(name()), how: Failed::Missed },
            News::ApplicationsWait { count: 1, nearest: at },
            News::ApplicationsWait { count: 4, nearest: at },
            News::EntryWithdrawn { decisions: 1 },
            News::EntryWithdrawn { decisions: 2 },
            News::OrderDecided { order: OrderNumber::invented(), go_on: true },
        ]
    }

    fn message(news: Option<News>) -> Message {
        Message { id: "N-1".to_owned(), at: "2026-04-12T08:00:00Z".parse().unwrap(), news }
    }

    #[test]
    fn every_kind_has_its_words_in_both_languages() {
        for news in every_kind().into_iter().map(Some).chain([None]) {
            let is_order = news.as_ref().is_some_and(|news| !news.kind().goes_by_mail());
            let message = message(news);
            for language in [Language::En, Language::Nl].into_iter().filter(|_| !is_order) {
                let said = format!("{} {}", message.subject(language), message.text(language));
                for raw in ["subject-", "text-", "run-", "{", "$"] {
                    assert!(!said.contains(raw), "{said}");
                }
            }
            assert_eq!(message.json(Language::En).get("text").is_none(), is_order);
        }
    }

    #[test]
    fn numbers_and_days_stand_as_the_reader_writes_them() {
        let check = |news: News, english: &str, dutch: &str| {
            let message = message(Some(news));
            assert_eq!((&*message.text(Language::En), &*message.text(Language::Nl)), (english, dutch));
        };
        check(
            News::ScreeningEnded { to_review: 1 },
            "A screening ended. 1 hit is to be reviewed.",
            "Een screening is klaar. Er is 1 treffer te beoordelen.",
        );
        check(
            News::EntryWithdrawn { decisions: 2 },
            "Something was withdrawn on which 2 decisions rest. They are open again.",
            "Er is iets ingetrokken waarop 2 besluiten rusten. Die zijn weer open.",
        );
        check(
            News::EditionPast { number: 12, last_day: "2026-04-01".parse().unwrap() },
            "Edition 12 was valid until 1 April 2026 and is still in use. Receive the next one.",
            "Editie 12 was geldig tot en met 01-04-2026 en is nog in gebruik. Ontvang de volgende.",
        );
        let nearest = "2026-04-12T09:30:00Z".parse().unwrap();
        check(
            News::ApplicationsWait { count: 4, nearest },
            "4 applications of new customers wait. The first expires on 12 April 2026 at 09:30 UTC.",
            "4 aanvragen van nieuwe klanten wachten. De eerste vervalt op 12-04-2026 om 09:30 UTC.",
        );
    }

    #[test]
    fn a_program_is_told_numbers_and_no_words() {
        let check = |news: News, expected: &str| {
            assert_eq!(message(Some(news)).json(Language::En)["data"].to_string(), expected);
        };
        check(News::EditionInstalled { number: 1234 }, r#"{"edition":1234}"#);
        check(News::ScreeningEnded { to_review: 3 }, r#"{"to_review":3}"#);
        let run = Run::Schedule(ScheduleName::new("nightly").unwrap());
        let expected = r#"{"how":"missed","run":"schedule","schedule":"nightly"}"#;
        check(News::RunFailed { run, how: Failed::Missed }, expected);
        let order = OrderNumber::invented();
        check(News::OrderDecided { order, go_on: true }, r#"{"go_on":true,"order":"test"}"#);
        let told = message(Some(News::ScreeningEnded { to_review: 3 })).json(Language::En);
        assert_eq!(told["type"], "havenmeester.screening_ended");
        assert_eq!(told["timestamp"], "2026-04-12T08:00:00Z");
    }

    #[test]
    fn every_kind_is_in_the_tests() {
        let tried: std::collections::BTreeSet<Kind> = every_kind().iter().map(News::kind).collect();
        assert!(tried.iter().eq(Kind::ALL));
    }

    #[test]
    fn a_mail_ends_with_the_way_to_the_desk() {
        let message = message(Some(News::ScreeningEnded { to_review: 2 }));
        let letter = message.letter(Language::Nl, Some("https://desk.noorderkade.example/"));
        let parts: Vec<&str> = letter.split("\n\n").collect();
        assert_eq!(parts.len(), 3, "{letter}");
        assert_eq!(parts[1], "Aan de balie: https://desk.noorderkade.example/");
        assert!(parts[2].starts_with("Dit bericht noemt geen klant"), "{letter}");
    }

    #[test]
    fn both_languages_have_the_same_texts() {
        let keys = |source: &str| {
            let lines = source.lines().filter(|line| !line.starts_with(['#', ' ']));
            lines.filter_map(|line| Some(line.split_once(" =")?.0.to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(keys(ENGLISH), keys(DUTCH));
    }
}
