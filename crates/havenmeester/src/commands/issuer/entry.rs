//! `entry`: from a draft to a listed entry, and what happens to it then.

use std::path::Path;

use anyhow::Result;
use curation::criterion::{Answer, Answered, CriterionTest};
use curation::evidence::EvidenceId;
use operations::issuer::entries::{self, Page, Summary, Values, Voiced};
use serde::Deserialize;
use watchlist::format::v1;
use watchlist::{Entry, EntryId, IdentifierKind, ListedValue, Withdrawal};

use super::{by, table};
use crate::arguments::{
    self,
    issuer::{EntryCommand, GroundEntry, KeyFile, WithdrawEntry},
};
use crate::desk::{Desk, Places};
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::office::Office;
use crate::settings::Common;
use crate::{office, output, passphrase};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionForm {
    presents_itself: AnswerForm,
    dutch_nexus: AnswerForm,
    link: AnswerForm,
    wrong_person_test: AnswerForm,
    less_intrusive_possible: AnswerForm,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerForm {
    answer: String,
    #[serde(default)]
    evidence: Vec<String>,
    #[serde(default)]
    remark: String,
}

pub(crate) fn run(typed: &EntryCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let office = || Office::read(&Places::new(at)?.home);
    let desk = Desk::open(at)?;
    let (by, now, store) = (by(&desk)?, desk.now(), &desk.store);
    let id = |text: &str| EntryId(text.to_owned());
    let evidence = |text: &str| EvidenceId(text.to_owned());
    let note = |text: String| common.output.note(text);
    match typed {
        EntryCommand::New(new) => {
            let office = office()?;
            let id = desk.run(entries::begin(store, &by, &office.list.id, read_entry(&new.file)?, now))?;
            note(format!("{id} is a draft"));
        }
        EntryCommand::Edit(edit) => {
            desk.run(entries::edit(store, &by, &id(&edit.id), read_entry(&edit.file)?, now))?;
            note(format!("{} is changed", edit.id));
        }
        EntryCommand::Ground(ground) => {
            let values = values(ground)?;
            let count = desk.run(entries::ground(
                store,
                &by,
                &id(&ground.id),
                &evidence(&ground.evidence),
                &values,
                now,
            ))?;
            note(format!("{} stands behind {count} values of {}", ground.evidence, ground.id));
        }
        EntryCommand::Observe(seen) => {
            let rules = office()?.rules();
            desk.run(entries::observe(store, &by, &id(&seen.id), &evidence(&seen.evidence), &rules, now))?;
            note(format!("{} was observed again", seen.id));
        }
        EntryCommand::Answer(answer) => {
            let form: CriterionForm = office::form(&answer.file)?;
            desk.run(entries::answer(store, &by, &id(&answer.id), criterion(form)?, now))?;
            note(format!("the criterion of {} is filled in", answer.id));
        }
        EntryCommand::Propose(one) => {
            let rules = office()?.rules();
            desk.run(entries::propose(store, &by, &id(&one.id), &rules, now))?;
            note(format!("{} waits for a second analyst", one.id));
        }
        EntryCommand::Approve(sign) => {
            let key = passphrase::signing_key(&sign.key)?;
            let state = desk.run(entries::approve(store, &by, &id(&sign.id), &key, now))?;
            note(match state {
                "seconded" => format!("{} waits for the prosecution", sign.id),
                "approved" => format!("{} is approved and waits for the other parts", sign.id),
                _ => format!("{} is on the list, from the next edition on", sign.id),
            });
        }
        EntryCommand::SendBack(one) => {
            desk.run(entries::send_back(store, &by, &id(&one.id), now))?;
            note(format!("{} is a draft again; its approvals are gone", one.id));
        }
        EntryCommand::Revise(one) => {
            desk.run(entries::revise(store, &by, &id(&one.id), now))?;
            note(format!(
                "a new version of {} is a draft; the listed one stands until it is approved",
                one.id
            ));
        }
        EntryCommand::Merge(merge) => {
            desk.run(entries::merge(store, &by, &id(&merge.id), &id(&merge.other), now))?;
            note(format!("a version of {} that takes {} up is a draft", merge.id, merge.other));
        }
        EntryCommand::Split(split) => {
            let parts = split.parts.iter().map(|file| read_entry(file)).collect::<Result<Vec<_>>>()?;
            let count = parts.len();
            desk.run(entries::split(store, &by, &id(&split.id), parts, now))?;
            note(format!(
                "{count} parts of {} are drafts; it stands until all of them are approved",
                split.id
            ));
        }
        EntryCommand::Suspend(one) => {
            desk.run(entries::suspend(store, &by, &id(&one.id), &one.reason, now))?;
            note(format!("{} is marked as in doubt from the next edition on", one.id));
        }
        EntryCommand::Lift(sign) => {
            let key = passphrase::signing_key(&sign.key)?;
            note(voiced(
                &sign.id,
                desk.run(entries::lift(store, &by, &id(&sign.id), &key, now))?,
                "counts again",
            ));
        }
        EntryCommand::Withdraw(withdraw) => note(self::withdraw(withdraw, &desk, common)?),
        EntryCommand::List => {
            let all = desk.run(async { entries::list(&mut store.look().await?, &by).await })?;
            print(&all)?;
        }
        EntryCommand::Due(due) => {
            let day = due.by.unwrap_or(common.today);
            let all = desk.run(async { entries::due(&mut store.look().await?, &by, day).await })?;
            print(&all)?;
        }
        EntryCommand::Show(one) => {
            let (rules, today) = (office()?.rules(), common.today);
            let page = desk.run(async {
                entries::page(&mut store.look().await?, &by, &id(&one.id), &rules, today).await
            })?;
            output::to_standard_output(|out| Ok(out.write_all(shown(&page).as_bytes())?))?;
        }
    }
    Ok(Outcome::Nothing)
}

fn withdraw(typed: &WithdrawEntry, desk: &Desk, common: &Common) -> Result<String> {
    let (by, now) = (by(desk)?, desk.now());
    let id = EntryId(typed.id.clone());
    let Some(key) = &typed.key else {
        desk.run(entries::drop_voice(&desk.store, &by, &id, now))?;
        return Ok(format!("no voice waits for {} any more", typed.id));
    };
    let given = match &typed.reason {
        Some(word) => {
            let mut withdrawal = Withdrawal::new(withdrawal_reason(word)?, common.today);
            withdrawal.note.clone_from(&typed.note);
            Some(withdrawal)
        }
        None => None,
    };
    let key = passphrase::signing_key(&KeyFile { key: key.clone(), passphrase: typed.passphrase.clone() })?;
    let outcome = desk.run(entries::withdraw(&desk.store, &by, &id, given, &key, now))?;
    Ok(voiced(&typed.id, outcome, "is withdrawn from the next edition on"))
}

/// A reason of withdrawal that a person may give.
pub(crate) fn withdrawal_reason(word: &str) -> Result<watchlist::WithdrawalReason> {
    use watchlist::WithdrawalReason::{Merged, Split, Unstated};
    v1::withdrawal_reason_from(word).filter(|reason| !matches!(reason, Merged | Split | Unstated)).ok_or_else(
        || {
            Failure::new(
                format!("there is no reason `{word}`"),
                "choose wrong_party, mistaken, evidence_failed, reassigned, not_seen_again or ceased",
            )
            .into()
        },
    )
}

fn voiced(id: &str, outcome: Voiced, done: &str) -> String {
    match outcome {
        Voiced::Waits => format!("your voice for {id} waits for a second one"),
        Voiced::Done => format!("{id} {done}"),
    }
}

fn read_entry(file: &Path) -> Result<Entry> {
    let (entry, problems) = v1::read_entry(&office::text_of(file)?);
    if let Some(problem) = problems.first() {
        return Err(Failure::new(
            format!("{}: {problem}", file.display()),
            "correct it; docs/format/v1.md describes an entry",
        )
        .into());
    }
    entry.ok_or_else(|| {
        Failure::new(format!("{} is not an entry", file.display()), "docs/format/v1.md describes an entry")
            .into()
    })
}

fn values(typed: &GroundEntry) -> Result<Values> {
    if typed.all {
        return Ok(Values::All);
    }
    let read = |text: &String| {
        let (kind, value) = text.split_once('=')?;
        Some(match kind.trim() {
            "name" => ListedValue::Name(value.to_owned()),
            "address" => ListedValue::Address(value.to_owned()),
            kind => ListedValue::Identifier(IdentifierKind::from_wire_name(kind)?, value.to_owned()),
        })
    };
    let wrong = |text: &String| {
        Failure::new(
            format!("`{text}` is not a value"),
            "write KIND=VALUE with a kind of docs/format/v1.md, such as name=Orchard or domain=orchard.example",
        )
    };
    let those =
        typed.values.iter().map(|text| read(text).ok_or_else(|| wrong(text))).collect::<Result<_, _>>()?;
    Ok(Values::Those(those))
}

fn criterion(form: CriterionForm) -> Result<CriterionTest> {
    Ok(CriterionTest {
        presents_itself: answered(form.presents_itself)?,
        dutch_nexus: answered(form.dutch_nexus)?,
        link: answered(form.link)?,
        wrong_person_test: answered(form.wrong_person_test)?,
        less_intrusive_possible: answered(form.less_intrusive_possible)?,
    })
}

fn answered(form: AnswerForm) -> Result<Answered> {
    let answer = Answer::from_word(&form.answer).ok_or_else(|| {
        Failure::new(format!("`{}` is no answer", form.answer), "answer with yes, no or open")
    })?;
    Ok(Answered {
        answer,
        evidence: form.evidence.into_iter().map(EvidenceId).collect(),
        remark: form.remark,
    })
}

fn print(all: &[Summary]) -> Result<()> {
    let row = |one: &Summary| {
        let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let mut state = one.state.clone();
        if let Some(next) = one.next {
            state += &format!(", next version {next}");
        }
        if one.voice_waits {
            state += ", a voice waits";
        }
        vec![
            one.id.0.clone(),
            state,
            format!("seen {}", day(one.last_observed)),
            format!("review {}", day(one.review_by)),
            one.title.clone(),
        ]
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))
}

/// One page for those who decide.
fn shown(page: &Page) -> String {
    let mut text = format!("{}  {}\n", page.summary.id, page.summary.title);
    let mut rows = vec![vec!["state".to_owned(), page.summary.state.clone()]];
    let mut add = |what: &str, value: String| rows.push(vec![what.to_owned(), value]);
    if let Some(next) = page.summary.next {
        add("next version", next.to_owned());
    }
    add("list", page.list.clone());
    add("type", v1::entry_type(page.entry.entry_type).to_owned());
    for value in page.entry.values() {
        add(value.kind_name(), value.text().to_owned());
    }
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    add(
        "observed",
        format!("first {}, last {}", day(page.entry.first_observed), day(page.entry.last_observed)),
    );
    add("review by", day(page.entry.review_by));
    for line in &page.evidence {
        let one = &line.evidence;
        let grades = one.grades;
        let values: Vec<&str> = line.values.iter().map(ListedValue::text).collect();
        add(
            "evidence",
            format!(
                "{} of {}, {}, {} {} {}: {}",
                one.id,
                one.captured_on,
                one.origin,
                grades.observation,
                grades.claim,
                grades.link,
                if values.is_empty() { "no value".to_owned() } else { values.join(", ") }
            ),
        );
    }
    for value in &page.without_ground {
        add("no evidence", format!("{} {}", value.kind_name(), value.text()));
    }
    for (question, answered) in page.criterion.questions() {
        let remark =
            if answered.remark.is_empty() { String::new() } else { format!(" ({})", answered.remark) };
        let evidence: Vec<&str> = answered.evidence.iter().map(|id| id.0.as_str()).collect();
        let evidence: String = evidence.iter().map(|id| format!(" {id}")).collect();
        add("criterion", format!("{question}: {}{evidence}{remark}", answered.answer.word()));
    }
    for missing in &page.missing {
        add("missing", missing.to_string());
    }
    let codes: Vec<&str> = page.contributors.iter().map(|one| one.as_str()).collect();
    add("hand in it", codes.join(" "));
    for (what, signed) in
        [("proposed", &page.proposed), ("substance", &page.substance), ("proportion", &page.proportion)]
    {
        if let Some(signed) = signed {
            add(what, format!("{} at {}", signed.person, signed.at));
        }
    }
    if let Some((person, at, reason)) = &page.suspended {
        add("in doubt", format!("{person} at {at}: {reason}"));
    }
    if let Some(hash) = &page.hash {
        add("signed hash", hash.to_string());
    }
    text += &table(&rows);
    text
}
