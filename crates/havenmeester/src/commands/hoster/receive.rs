//! `edition receive`: a delivery from its file, its folder or its address.

use std::path::Path;

use anyhow::Result;
use delivery::source::{Folder, OneFile, Source};
use delivery::{Fingerprint, PartnerId, limits};
use operations::hoster::receive::{self, FirstContact, ReceiveError, Received};
use watchlist::Advice;

use crate::arguments::{self, ReceiveEdition};
use crate::desk::{self, Desk};
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::output;
use crate::problems::plural;
use crate::settings::Common;

pub(crate) fn run(typed: &ReceiveEdition, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let contact = first_contact(typed)?;
    let source = source(&typed.delivery)?;
    let desk = Desk::open(at)?;
    let received = receive::receive(&desk.store, &desk.person, &*source, contact.as_ref(), desk.now());
    let received = desk.run(received).map_err(told)?;
    print(&received)?;
    if let Some(folder) = &typed.enclosures {
        write_enclosures(&received, folder, common)?;
    }
    Ok(Outcome::Nothing)
}

fn first_contact(typed: &ReceiveEdition) -> Result<Option<FirstContact>> {
    let (Some(words), Some(partner)) = (&typed.fingerprint, &typed.partner) else { return Ok(None) };
    let compared = Fingerprint::parse(words).map_err(|error| {
        Failure::new(
            format!("the fingerprint cannot be read: {error}"),
            "give all twelve words in quotes, in their order, or the 32 digits",
        )
    })?;
    let partner = PartnerId::new(partner.as_str())
        .map_err(|error| Failure::new(error.to_string(), "take your id from the issuer's letter"))?;
    Ok(Some(FirstContact { compared, partner }))
}

fn source(delivery: &str) -> Result<Box<dyn Source>> {
    if delivery.starts_with("https://") || delivery.starts_with("http://") {
        return Ok(Box::new(crate::web_source::WebSource::new(delivery)?));
    }
    let path = Path::new(delivery);
    if path.is_dir() {
        return Ok(Box::new(Folder::new(path)));
    }
    let unreadable = |error: std::io::Error| {
        Failure::new(
            format!("could not read {delivery}: {error}"),
            "look at the name and the rights of the file or folder",
        )
    };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > limits::ONE_FILE_BYTES {
        return Err(Failure::new(
            format!(
                "{delivery} is larger than a delivery can be: {size} of {} bytes",
                limits::ONE_FILE_BYTES
            ),
            "ask the issuer how large it should be",
        )
        .into());
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let file = OneFile::read(&bytes).map_err(|error| told(ReceiveError::Refused(error.into())))?;
    Ok(Box::new(file))
}

/// The error as a sentence with its way on.
fn told(error: ReceiveError) -> anyhow::Error {
    let hint = error.hint().unwrap_or("look at the message above").to_owned();
    let refused = matches!(error, ReceiveError::Refused(_));
    // With its causes: a server's certificate, a missing right.
    let causes = format!("{:#}", anyhow::Error::from(error));
    let message = if refused { format!("the delivery is refused: {causes}") } else { causes };
    Failure::new(message, hint).into()
}

fn print(received: &Received) -> Result<()> {
    let edition = received.edition.edition();
    let text = |what: &str, value: &str| format!("{what:<14} {value}\n");
    let mut told = String::new();
    told += &text("list", &format!("{} ({})", edition.list.title, edition.list.id));
    told += &text("issuer", &edition.list.issuer);
    told += &text("edition", &received.edition.number().to_string());
    let until = edition.valid_until.map_or_else(|| "no day given".to_owned(), |day| day.to_string());
    told += &text("valid until", &until);
    told += &text("for", received.edition.partner().as_str());
    told += &text("issuer's root", &received.root.words());
    told += &text("content", &received.edition.content_root().line());
    let standing = edition.entries.iter().filter(|entry| entry.stands()).count();
    let withdrawn = edition.entries.len() - standing;
    let withdrawn = if withdrawn == 0 { String::new() } else { format!(", {withdrawn} withdrawn") };
    told += &text("entries", &format!("{standing}{withdrawn}"));
    told += &text("result", &outcome(received));
    let problems = received.edition.problems().len() as u64;
    if problems > 0 {
        let values = plural(problems, "value", "values");
        told += &text("not understood", &format!("{values}; a newer havenmeester may know them"));
    }
    for one in &received.reopened {
        let what = match one.advice {
            Advice::Reopen => "reopened",
            Advice::Inform => "to be noted",
        };
        told += &text(what, &format!("hit of customer {} on entry {}", one.customer, one.entry.0));
        for decision in &one.decisions {
            told += &text(what, &format!("decision {decision} on customer {}", one.customer));
        }
    }
    output::to_standard_output(|out| Ok(out.write_all(told.as_bytes())?))
}

fn outcome(received: &Received) -> String {
    match &received.installed {
        None => "already installed; the delivery is newer and says the same".to_owned(),
        Some(change) => match change.before {
            None => "installed, the first edition of this list".to_owned(),
            Some(before) => format!(
                "installed in place of edition {before}: {} new, {} changed, {} withdrawn",
                change.new, change.changed, change.withdrawn
            ),
        },
    }
}

fn write_enclosures(received: &Received, folder: &Path, common: &Common) -> Result<()> {
    desk::make_folder(folder)?;
    for (name, bytes) in received.edition.enclosures() {
        let path = folder.join(name);
        output::to_file(&path, |out| Ok(out.write_all(bytes)?))?;
        common.output.note(format_args!("written: {}", path.display()));
    }
    Ok(())
}
