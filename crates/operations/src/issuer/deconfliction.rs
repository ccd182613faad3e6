//! "Does another team work on this?" The answer is a team to contact, or nothing.

use curation::deconfliction::{ContactTeam, Interest, Register, RegisteredInterest, Subject, Tag, YearKey};
use curation::{Action, Person, PersonId, Sha256Hash, TeamId};
use jiff::Timestamp;
use jiff::civil::Date;
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};
use store::issuer::deconfliction::{DeconflictionId, DeconflictionKey};
use store::own_keys::{OwnKey, OwnKeyId};
use store::{BothSides, Deed, IssuerSide, Payload, Revision, Session, Store};
use watchlist::{Entry, IdentifierKind};

use super::kept::{self};
use super::{Error, actor, people, word};
use crate::day_of;

#[derive(Serialize, Deserialize)]
struct KeptInterest {
    interest: String,
    until: Option<Date>,
}

/// Makes the key of a year, or takes that which the units agreed on (64 hexadecimal digits).
///
/// # Errors
/// If there is one already.
pub async fn make_key(
    store: &Store,
    by: &PersonId,
    year: i16,
    given: Option<[u8; 32]>,
    now: Timestamp,
    random: &mut impl CryptoRngCore,
) -> Result<(), Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    drop(look);
    person.check(Action::Propose)?;
    let mut key = given.unwrap_or([0; 32]);
    if given.is_none() {
        random.fill_bytes(&mut key);
    }
    let mut act = store.act(actor(&person, Action::Propose), now).await?;
    let row = OwnKey {
        id: OwnKeyId(format!("deconfliction.{year}")),
        kind: word("deconfliction"),
        made_at: now,
        state: word("active"),
        payload: Payload::new(key.to_vec()),
        revision: Revision::NEW,
    };
    act.own_keys().add(&row).await?;
    act.commit(Deed::new("make_deconfliction_key", "own key", &row.id.0, "key of one year")?).await?;
    Ok(())
}

/// The teams to contact before somebody touches this; the question stands in the audit records, without what it was.
///
/// # Errors
/// [`Error::NoYearKey`].
pub async fn ask(
    store: &Store,
    by: &PersonId,
    subject: &Subject,
    now: Timestamp,
) -> Result<Vec<ContactTeam>, Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    person.check(Action::ViewEvidence)?;
    let keys = year_keys(&mut look).await?;
    let mut teams = Vec::new();
    for key in &keys {
        let tag = key.tag(subject);
        teams.extend(register(&mut look, &[tag]).await?.ask(&tag, &person.team));
    }
    drop(look);
    if keys.is_empty() {
        return Err(Error::NoYearKey(day_of(now).year()));
    }
    teams.sort();
    teams.dedup();
    let act = store.act(actor(&person, Action::ViewEvidence), now).await?;
    act.commit(Deed::new("ask_deconfliction", "deconfliction key", "question", "before touching a lead")?)
        .await?;
    Ok(teams)
}

/// Says that the person's team works on this.
///
/// # Errors
/// [`Error::NoYearKey`]; if a hold lasts too long.
pub async fn claim(
    store: &Store,
    by: &PersonId,
    subject: &Subject,
    interest: Interest,
    now: Timestamp,
) -> Result<(), Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    person.check(Action::HandleEvidence)?;
    let today = day_of(now);
    let keys = year_keys(&mut look).await?;
    let key = keys.iter().find(|key| key.year() == today.year()).ok_or(Error::NoYearKey(today.year()))?;
    let tag = key.tag(subject);
    let registered = RegisteredInterest { tag, team: person.team.clone(), interest };
    Register::default().register(registered, today)?;
    drop(look);
    let mut act = store.act(actor(&person, Action::HandleEvidence), now).await?;
    let mine = own(&mut act, &tag, &person).await?;
    let (state, until) = match interest {
        Interest::Ours => ("ours", None),
        Interest::Shared => ("shared", None),
        Interest::Hold { until } => ("hold", Some(until)),
    };
    let payload = kept::payload(&KeptInterest { interest: state.to_owned(), until });
    let id = match mine {
        Some(row) => {
            let row = DeconflictionKey { state: word(state), payload, ..row };
            act.deconfliction().change(&row).await?;
            row.id
        }
        None => {
            // The tag is a keyed hash; with the team it is unique, and says nothing.
            let id = Sha256Hash::of(format!("{}\n{}", handle(&tag), person.team).as_bytes());
            let row = DeconflictionKey {
                id: DeconflictionId(id.to_string()),
                handle: handle(&tag),
                team: person.team.0.clone(),
                state: word(state),
                payload,
                revision: Revision::NEW,
            };
            act.deconfliction().claim(&row).await?;
            row.id
        }
    };
    act.commit(Deed::new("claim_subject", "deconfliction key", &id.0, "a team works on it")?).await?;
    Ok(())
}

/// Takes the interest of the person's team out again.
///
/// # Errors
/// [`Error::NotThere`] if the team has none.
pub async fn release(store: &Store, by: &PersonId, subject: &Subject, now: Timestamp) -> Result<(), Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    person.check(Action::HandleEvidence)?;
    let keys = year_keys(&mut look).await?;
    drop(look);
    let mut act = store.act(actor(&person, Action::HandleEvidence), now).await?;
    let mut removed = 0;
    for key in &keys {
        if let Some(row) = own(&mut act, &key.tag(subject), &person).await? {
            act.deconfliction().release(&row.id, row.revision).await?;
            removed += 1;
        }
    }
    if removed == 0 {
        return Err(Error::NotThere { what: "interest", id: "of your team in this".to_owned() });
    }
    act.commit(Deed::new("release_subject", "deconfliction key", "released", "a team works on it no more")?)
        .await?;
    Ok(())
}

/// The team that asks for delay of an entry with these names and identifiers, if there is one today.
pub(crate) async fn delay(
    session: &mut impl Session,
    entry: &Entry,
    team: &TeamId,
    today: Date,
) -> Result<Option<ContactTeam>, Error> {
    for key in year_keys(session).await? {
        for subject in subjects(entry) {
            let tag = key.tag(&subject);
            if let Some(contact) = register(session, &[tag]).await?.asks_for_delay(&tag, team, today) {
                return Ok(Some(contact));
            }
        }
    }
    Ok(None)
}

/// What teams may have claimed of an entry: its names as brands, its domains, its handles.
fn subjects(entry: &Entry) -> Vec<Subject> {
    use IdentifierKind::{Domain, TelegramName};
    let brands = entry.names.iter().filter_map(|name| Subject::brand(&name.text).ok());
    let of = |kind, read: fn(&str) -> Result<Subject, curation::deconfliction::SubjectError>| {
        let those = entry.identifiers.iter().filter(move |one| one.kind == kind);
        those.filter_map(move |one| read(&one.value).ok())
    };
    brands.chain(of(Domain, Subject::domain)).chain(of(TelegramName, Subject::handle)).collect()
}

async fn own(
    session: &mut impl Session,
    tag: &Tag,
    person: &Person,
) -> Result<Option<DeconflictionKey>, store::Error> {
    let rows = session.deconfliction().who_works_on(&handle(tag)).await?;
    Ok(rows.into_iter().find(|row| row.team == person.team.0))
}

/// The part of the register that is about these tags.
async fn register(session: &mut impl Session, tags: &[Tag]) -> Result<Register, Error> {
    let mut interests = Vec::new();
    for tag in tags {
        for row in session.deconfliction().who_works_on(&handle(tag)).await? {
            let kept: KeptInterest = kept::read("deconfliction key", &row.id.0, &row.payload)?;
            let interest = match (kept.interest.as_str(), kept.until) {
                ("ours", None) => Interest::Ours,
                ("shared", None) => Interest::Shared,
                ("hold", Some(until)) => Interest::Hold { until },
                _ => return Err(kept::not_readable("deconfliction key", &row.id.0)),
            };
            interests.push(RegisteredInterest { tag: *tag, team: TeamId(row.team), interest });
        }
    }
    Ok(Register::from_parts(interests))
}

async fn year_keys(session: &mut impl Session) -> Result<Vec<YearKey>, Error> {
    let rows = session.own_keys().of_kind(&word("deconfliction")).await?;
    let read = |row: &OwnKey| {
        let year = row.id.0.strip_prefix("deconfliction.")?.parse().ok()?;
        Some(YearKey::new(year, row.payload.bytes().try_into().ok()?))
    };
    let keys = rows.iter().map(|row| read(row).ok_or_else(|| kept::not_readable("own key", &row.id.0)));
    keys.collect()
}

fn handle(tag: &Tag) -> String {
    format!("{}:{}", tag.year, Sha256Hash(tag.hash))
}
