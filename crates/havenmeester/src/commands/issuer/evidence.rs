//! `evidence`: from captured files and a form to sealed evidence.

use std::path::Path;

use anyhow::Result;
use curation::evidence::{
    EvidenceId, Grade, Grades, Observation, Place, Quote, RestrictedFields, Translation,
};
use jiff::Timestamp;
use operations::issuer::evidence::{self, Described};
use serde::Deserialize;

use super::{by, table, time_stamp};
use crate::arguments::{
    self,
    issuer::{AddEvidence, EvidenceCommand},
};
use crate::desk::{self, Desk, Places};
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::problems::{plural, short_name};
use crate::settings::Common;
use crate::{office, output};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    place: String,
    captured_at: Option<Timestamp>,
    method: String,
    tool: String,
    quote: Option<QuoteForm>,
    #[serde(default)]
    claimed_services: Vec<String>,
    #[serde(default)]
    offence_categories: Vec<String>,
    grades: GradesForm,
    restricted: Option<RestrictedForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuoteForm {
    text: String,
    language: String,
    translation: Option<TranslationForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TranslationForm {
    text: String,
    language: String,
    made_with: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GradesForm {
    observation: String,
    claim: String,
    link: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RestrictedForm {
    collector_code: String,
    account: Option<String>,
    network_exit: Option<String>,
}

pub(crate) fn run(typed: &EvidenceCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let home = Places::new(at)?.home;
    let desk = Desk::open(at)?;
    let (by, now) = (by(&desk)?, desk.now());
    let id = |text: &str| EvidenceId(text.to_owned());
    match typed {
        EvidenceCommand::Add(add) => self::add(add, &desk, &home, common)?,
        EvidenceCommand::Describe(typed) => {
            let form: Form = office::form(&typed.form)?;
            let grades = grades(&form.grades)?;
            let change = |observation: &mut Observation| {
                observation.quote = form.quote.map(quote);
                observation.claimed_services = form.claimed_services;
                observation.offence_categories = form.offence_categories;
                observation.grades = grades;
            };
            desk.run(evidence::describe(&desk.store, &by, &id(&typed.id), now, change))?;
            common.output.note(format_args!("{} is described", typed.id));
        }
        EvidenceCommand::Seal(typed) => {
            let seal = desk.run(evidence::seal(&desk.store, &by, &id(&typed.id), now))?;
            common.output.note(format_args!("{} is sealed: {seal}", typed.id));
            time_stamp::after_seal(&desk, &id(&typed.id), &home, common)?;
        }
        EvidenceCommand::List => {
            let all = desk.run(async { evidence::list(&mut desk.store.look().await?, &by).await })?;
            let row = |one: &evidence::Summary| {
                let state = if one.is_sealed { "sealed" } else { "open" };
                let day = one.captured_at.strftime("%Y-%m-%d").to_string();
                let entries = format!("{} entries", one.entries);
                vec![one.id.0.clone(), state.to_owned(), day, one.grades.clone(), entries, one.origin.clone()]
            };
            let rows: Vec<_> = all.iter().map(row).collect();
            output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
        }
        EvidenceCommand::Show(typed) => {
            let (observation, history, _) =
                desk.run(evidence::view(&desk.store, &by, &id(&typed.id), now))?;
            output::to_standard_output(|out| Ok(out.write_all(shown(&observation, &history).as_bytes())?))?;
        }
        EvidenceCommand::Restricted(typed) => {
            let fields = desk.run(evidence::view_restricted(&desk.store, &by, &id(&typed.id), now))?;
            output::to_standard_output(|out| {
                writeln!(out, "collector  {}", fields.collector_code)?;
                writeln!(out, "account    {}", fields.account.as_deref().unwrap_or("-"))?;
                Ok(writeln!(out, "exit       {}", fields.network_exit.as_deref().unwrap_or("-"))?)
            })?;
        }
        EvidenceCommand::Export(typed) => {
            let files = desk.run(evidence::export(&desk.store, &by, &id(&typed.id), now))?;
            desk::make_folder(&typed.out)?;
            for (name, bytes) in files {
                // The name comes from whoever captured it: only its last part counts.
                let name =
                    std::path::Path::new(&name).file_name().map_or("file".into(), |name| name.to_os_string());
                let path = typed.out.join(name);
                output::to_file(&path, |out| Ok(out.write_all(&bytes)?))?;
                common.output.note(format_args!("written: {}", path.display()));
            }
        }
        EvidenceCommand::Stamp(typed) => time_stamp::run(typed, &desk, &home, common)?,
    }
    Ok(Outcome::Nothing)
}

fn add(add: &AddEvidence, desk: &Desk, home: &Path, common: &Common) -> Result<()> {
    let (by, now) = (by(desk)?, desk.now());
    let form: Form = office::form(&add.form)?;
    let files: Vec<(String, Vec<u8>)> = add
        .files
        .iter()
        .map(|file| Ok((short_name(file), office::bytes_of(file)?)))
        .collect::<Result<_>>()?;
    let restricted = form.restricted.map_or_else(
        || RestrictedFields { collector_code: by.to_string(), account: None, network_exit: None },
        |form| RestrictedFields {
            collector_code: form.collector_code,
            account: form.account,
            network_exit: form.network_exit,
        },
    );
    let described = Described {
        place: Place::written(form.place),
        captured_at: form.captured_at.unwrap_or(now),
        method: form.method,
        tool: form.tool,
        quote: form.quote.map(quote),
        claimed_services: form.claimed_services,
        offence_categories: form.offence_categories,
        grades: grades(&form.grades)?,
    };
    let id = desk.run(evidence::capture(&desk.store, &by, described, &files, restricted, now))?;
    common.output.note(format_args!(
        "{id} keeps, unchanged: {}",
        plural(files.len() as u64, "captured file", "captured files")
    ));
    if add.seal {
        let seal = desk.run(evidence::seal(&desk.store, &by, &id, now))?;
        common.output.note(format_args!("{id} is sealed: {seal}"));
        time_stamp::after_seal(desk, &id, home, common)?;
    }
    Ok(())
}

fn quote(form: QuoteForm) -> Quote {
    let translation = form.translation.map(|form| Translation {
        text: form.text,
        language: form.language,
        made_with: form.made_with,
    });
    Quote { text: form.text, language: form.language, translation }
}

fn grades(form: &GradesForm) -> Result<Grades> {
    let grade = |what: &str, text: &str| {
        Grade::read(text).ok_or_else(|| {
            Failure::new(
                format!("the grade of the {what} is `{text}`"),
                "grades are A to F and 1 to 6 by the Admiralty code, such as B2",
            )
        })
    };
    Ok(Grades {
        observation: grade("observation", &form.observation)?,
        claim: grade("claim", &form.claim)?,
        link: grade("link", &form.link)?,
    })
}

fn shown(observation: &Observation, history: &[(curation::evidence::CustodyStep, Timestamp)]) -> String {
    let mut rows = vec![
        vec!["evidence".to_owned(), observation.id.0.clone()],
        vec!["place".to_owned(), observation.place.text().to_owned()],
        vec![
            "captured".to_owned(),
            format!("{} by {}, {}", observation.captured_at, observation.method, observation.tool),
        ],
    ];
    for file in &observation.files {
        let text = format!(
            "{} ({}, {} bytes, sha256 {})",
            file.name(),
            file.media_type().name(),
            file.length_bytes(),
            file.sha256()
        );
        rows.push(vec!["file".to_owned(), text]);
    }
    if let Some(quote) = &observation.quote {
        rows.push(vec!["quote".to_owned(), format!("[{}] {}", quote.language, quote.text)]);
        if let Some(one) = &quote.translation {
            rows.push(vec![
                "translation".to_owned(),
                format!("[{}] {} ({})", one.language, one.text, one.made_with),
            ]);
        }
    }
    let grades = observation.grades;
    rows.push(vec!["services".to_owned(), observation.claimed_services.join(", ")]);
    rows.push(vec!["offences".to_owned(), observation.offence_categories.join(", ")]);
    rows.push(vec![
        "grades".to_owned(),
        format!("observation {}, claim {}, link {}", grades.observation, grades.claim, grades.link),
    ]);
    for (step, at) in history {
        rows.push(vec!["custody".to_owned(), format!("{at} {}", step.word())]);
    }
    table(&rows)
}
