//! What happened is read from the audit chain, which every act is in, whoever did it and by which program: so nothing is
//! missed that happened while no desk ran, and nothing is lost when it is killed. How far was read is kept in the same act as
//! what came of it.
//!
//! What nobody did is looked for as well: an edition whose last day passes, applications that go on waiting.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use kyc::gate::{self, Answer, Mode};
use serde::{Deserialize, Serialize};
use store::audit::Noted;
use store::hoster::applications::ApplicationId;
use store::hoster::editions::InstalledEditionId;
use store::hoster::outbox::{Follower as Row, FollowerId, Outgoing, OutgoingId};
use store::hoster::schedule_runs::ScheduleRunId;
use store::{Act, BothSides, Deed, HosterSide, Look, Payload, PersonId, Revision, Store};

use super::news::{Failed, News, OrderNumber, Run, ScheduleName};
use super::sending::{BY, GIVEN_UP_AFTER};
use super::{Kept, Kind, Recipient, Standing, payload_of};
use crate::day_of;
use crate::hoster::schedules::runs;
use crate::hoster::{actor, editions, kept, screenings, sign_ups, word};

const ID: &str = "notices";
/// The same number of hits is told again after so long, and applications that go on waiting.
const REMINDED_AFTER: SignedDuration = SignedDuration::from_hours(20);
/// Between two looks for what nobody did, which open every application that waits.
const LOOKS: SignedDuration = SignedDuration::from_secs(30);
/// Acts of which nothing came that are read again after a start, at most.
const BEHIND: u64 = 500;
const FAIL_RUN: &str = "fail_run";
const SCREENING: &str = "screening";
const CHANGES: &str = "changes";

/// Notes that a screening, or the taking in of changes, failed. A scheduled run keeps that itself.
///
/// # Errors
/// What the store says.
pub async fn note_failed(
    store: &Store,
    person: &PersonId,
    run: &Run,
    now: Timestamp,
) -> Result<(), store::Error> {
    let what = match run {
        Run::Changes => CHANGES,
        _ => SCREENING,
    };
    let act = store.act(actor(person), now).await?;
    act.commit(Deed::new(FAIL_RUN, "run", what, "nothing was kept of it")?).await?;
    Ok(())
}

/// How far the chain was followed, and what was told of what lasts.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
struct Followed {
    seq: u64,
    /// How many hits were told of last, and when.
    to_review: Option<(u64, Timestamp)>,
    /// When it was told last that applications wait; nothing while none does.
    applications: Option<Timestamp>,
    /// Editions of which it was told that they are past their day.
    past: BTreeSet<String>,
}

/// Something that happened, with what names it, so that it is told once.
struct Happened {
    key: String,
    at: Timestamp,
    news: News,
    /// The shop whose order it is about.
    shop: Option<String>,
}

/// Follows the chain for one program; what is in memory saves reading acts twice.
#[derive(Default)]
pub struct Following {
    known: Option<Followed>,
    /// When it was looked last for what nobody did.
    looked_at: Option<Timestamp>,
}

impl std::fmt::Debug for Following {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Following(up to act {})", self.known.as_ref().map_or(0, |known| known.seq))
    }
}

impl Following {
    /// Puts into the outbox what happened since the last time; gives how many notices. The first time ever, nothing before
    /// it counts as news.
    ///
    /// # Errors
    /// What the store says; nothing was put there then.
    pub async fn step(
        &mut self,
        store: &Store,
        recipients: &[Recipient],
        mode: Mode,
        now: Timestamp,
    ) -> Result<usize, store::Error> {
        let mut look = store.look().await?;
        let Some(row) = look.outbox().follower(&FollowerId(ID.to_owned())).await? else {
            drop(look);
            self.known = None;
            return begin(store, now).await.map(|()| 0);
        };
        let stored: Followed = kept("follower", &row.id, &row.payload)?;
        let mut followed = match self.known.take() {
            Some(known) if known.seq >= stored.seq => known,
            _ => stored.clone(),
        };
        let mut happened = since(&mut look, &mut followed, recipients, mode, now).await?;
        if self.looked_at.is_none_or(|at| now.duration_since(at) >= LOOKS) {
            happened.extend(lasting(&mut look, &mut followed, now).await?);
            self.looked_at = Some(now);
        }
        drop(look);
        let is_same = Followed { seq: stored.seq, ..followed.clone() } == stored;
        if happened.is_empty() && is_same && followed.seq - stored.seq < BEHIND {
            self.known = Some(followed);
            return Ok(0);
        }
        let count = keep(store, &followed, row.revision, &happened, recipients, now).await?;
        self.known = Some(followed);
        Ok(count)
    }
}

async fn begin(store: &Store, now: Timestamp) -> Result<(), store::Error> {
    let mut act = store.act(actor(&PersonId(BY.to_owned())), now).await?;
    let followed = Followed { seq: act.audit().count().await?, ..Followed::default() };
    let row = Row {
        id: FollowerId(ID.to_owned()),
        state: word("follows"),
        payload: followed.payload(),
        revision: Revision::NEW,
    };
    act.outbox().add_follower(&row).await?;
    act.commit(Deed::new("follow_acts", "follower", ID, "from here on there is news")?).await?;
    Ok(())
}

impl Followed {
    fn payload(&self) -> Payload {
        Payload::new(serde_json::to_vec(self).expect("texts and numbers are JSON"))
    }
}

/// What acts have done since.
async fn since(
    look: &mut Look,
    followed: &mut Followed,
    recipients: &[Recipient],
    mode: Mode,
    now: Timestamp,
) -> Result<Vec<Happened>, store::Error> {
    let mut happened = Vec::new();
    let (mut screened, mut applications) = (None, BTreeSet::new());
    let wants_orders = recipients.iter().any(|one| one.kinds.contains(&Kind::OrderDecided));
    loop {
        let acts = look.audit().after(followed.seq).await?;
        let Some(last) = acts.last() else { break };
        followed.seq = last.seq;
        for act in &acts {
            let Ok(at) = act.at.parse::<Timestamp>() else { continue };
            if now.duration_since(at) >= GIVEN_UP_AFTER {
                continue;
            }
            match act.action.as_str() {
                "install_list" | "receive_edition" => happened.extend(installed(look, act, at).await?),
                "keep_screening" => screened = Some((act.object_id.clone(), at)),
                runs::END => happened.extend(of_run(look, act, at, Failed::Failed).await?),
                runs::BEGIN_MISSED => happened.extend(of_run(look, act, at, Failed::Missed).await?),
                FAIL_RUN => happened.push(failed(act, at)),
                _ if wants_orders => {
                    let touched = act.touched.iter().filter(|(kind, _)| kind == "application");
                    applications.extend(touched.map(|(_, id)| id.clone()));
                }
                _ => {}
            }
        }
    }
    if let Some((id, at)) = screened {
        happened.extend(to_review(look, followed, &id, at).await?);
    }
    for id in applications {
        happened.extend(decided(look, id, mode, now).await?);
    }
    Ok(happened)
}

/// A new edition, and decisions that it opened again.
async fn installed(look: &mut Look, act: &Noted, at: Timestamp) -> Result<Vec<Happened>, store::Error> {
    let mut happened = Vec::new();
    let row = look.installed_editions().with_id(&InstalledEditionId(act.object_id.clone())).await?;
    // A delivery that renews what is installed is of an earlier moment.
    if let Some(row) = row.filter(|row| row.received_at == at) {
        let news = News::EditionInstalled { number: row.number };
        happened.push(Happened { key: format!("edition:{}", row.id), at, news, shop: None });
    }
    let of_kind = |wanted: &str| act.touched.iter().filter(|(kind, _)| kind == wanted).count() as u64;
    let decisions = of_kind("decision");
    if of_kind("retraction") > 0 && decisions > 0 {
        let news = News::EntryWithdrawn { decisions };
        happened.push(Happened { key: format!("withdrawn:{}", act.seq), at, news, shop: None });
    }
    Ok(happened)
}

/// How many hits of a screening are to be reviewed. The same number as before is told again on another day only, since a
/// house may be screened many times a day.
async fn to_review(
    look: &mut Look,
    followed: &mut Followed,
    id: &str,
    at: Timestamp,
) -> Result<Option<Happened>, store::Error> {
    let screening = store::hoster::screenings::ScreeningId(id.to_owned());
    let mut to_review = 0;
    for row in look.screenings().hits_of(&screening).await? {
        let review = screenings::read(&row)?.review;
        let answered = [review::Answer::Same, review::Answer::NotTheSame].map(review::Standing::Judged);
        to_review += u64::from(!answered.contains(&review.standing()));
    }
    let is_known = followed
        .to_review
        .is_some_and(|(count, told)| count == to_review && at.duration_since(told) < REMINDED_AFTER);
    if to_review == 0 {
        followed.to_review = None;
    }
    if is_known || to_review == 0 {
        return Ok(None);
    }
    followed.to_review = Some((to_review, at));
    let news = News::ScreeningEnded { to_review };
    Ok(Some(Happened { key: format!("screening:{id}"), at, news, shop: None }))
}

/// A scheduled run that failed for the first time since one went well, or whose time had passed.
async fn of_run(
    look: &mut Look,
    act: &Noted,
    at: Timestamp,
    how: Failed,
) -> Result<Option<Happened>, store::Error> {
    let row = look.schedule_runs().with_id(&ScheduleRunId(act.object_id.clone())).await?;
    let Some(row) = row else { return Ok(None) };
    let Some(name) = ScheduleName::new(&row.schedule) else { return Ok(None) };
    if how == Failed::Failed && !runs::failed_first(look, &name, &row.id.0).await? {
        return Ok(None);
    }
    let news = News::RunFailed { run: Run::Schedule(name), how };
    Ok(Some(Happened { key: format!("run:{}:{}", row.id, how.word()), at, news, shop: None }))
}

fn failed(act: &Noted, at: Timestamp) -> Happened {
    let run = if act.object_id == CHANGES { Run::Changes } else { Run::Screening };
    let news = News::RunFailed { run, how: Failed::Failed };
    Happened { key: format!("failed:{}", act.seq), at, news, shop: None }
}

async fn decided(
    look: &mut Look,
    id: String,
    mode: Mode,
    now: Timestamp,
) -> Result<Option<Happened>, store::Error> {
    let row = look.applications().with_id(&ApplicationId(id)).await?;
    let Some(row) = row else { return Ok(None) };
    let kept = sign_ups::read(&row)?;
    if kept.course.state().is_hold() {
        return Ok(None);
    }
    let go_on = gate::answer(Some(&kept.course), mode, now) == Answer::GoOn;
    Ok(Some(Happened {
        key: format!("order:{}", row.id),
        at: kept.course.events().last().map_or(now, kyc::Event::at),
        news: News::OrderDecided { order: OrderNumber::of(&kept.order), go_on },
        shop: Some(kept.shop.label),
    }))
}

/// What nobody did: days pass, and applications wait.
async fn lasting(
    look: &mut Look,
    followed: &mut Followed,
    now: Timestamp,
) -> Result<Vec<Happened>, store::Error> {
    let today = day_of(now);
    let mut happened = past(look, followed, today, now).await?;
    let waiting = sign_ups::queue(look).await?;
    // One that came this moment is looked up first, and may need nobody.
    let waiting: Vec<_> = waiting.iter().filter(|one| one.kept.course.screened().is_some()).collect();
    let nearest = waiting.iter().map(|one| one.kept.course.expires_at()).min();
    match nearest {
        None => followed.applications = None,
        Some(_) if followed.applications.is_some_and(|told| now.duration_since(told) < REMINDED_AFTER) => {}
        Some(nearest) => {
            followed.applications = Some(now);
            let news = News::ApplicationsWait { count: waiting.len() as u64, nearest };
            happened.push(Happened { key: format!("applications:{now}"), at: now, news, shop: None });
        }
    }
    Ok(happened)
}

async fn past(
    look: &mut Look,
    followed: &mut Followed,
    today: Date,
    now: Timestamp,
) -> Result<Vec<Happened>, store::Error> {
    let mut happened = Vec::new();
    let mut stale = BTreeSet::new();
    for one in editions::list(look, false).await?.into_iter().filter(|one| one.is_stale(today)) {
        let Some(last_day) = one.valid_until else { continue };
        let key = format!("past:{}.{last_day}", one.content_root.replace(' ', ""));
        if !followed.past.contains(&key) {
            let news = News::EditionPast { number: one.number, last_day };
            happened.push(Happened { key: key.clone(), at: now, news, shop: None });
        }
        stale.insert(key);
    }
    followed.past = stale;
    Ok(happened)
}

async fn keep(
    store: &Store,
    followed: &Followed,
    seen: Revision,
    happened: &[Happened],
    recipients: &[Recipient],
    now: Timestamp,
) -> Result<usize, store::Error> {
    let mut act = store.act(actor(&PersonId(BY.to_owned())), now).await?;
    let mut count = 0;
    for one in happened {
        for recipient in recipients.iter().filter(|recipient| one.is_for(recipient)) {
            count += usize::from(one.put(&mut act, recipient, now).await?);
        }
    }
    // Another program that followed meanwhile has another revision: then nothing of this is kept.
    let row = Row {
        id: FollowerId(ID.to_owned()),
        state: word("follows"),
        payload: followed.payload(),
        revision: seen,
    };
    act.outbox().change_follower(&row).await?;
    act.commit(Deed::new("put_notices", "follower", ID, "something happened that people want to know")?)
        .await?;
    Ok(count)
}

impl Happened {
    fn is_for(&self, recipient: &Recipient) -> bool {
        let is_its_shop = match &self.shop {
            Some(shop) => recipient.shop.as_ref() == Some(shop),
            None => true,
        };
        is_its_shop && recipient.kinds.contains(&self.news.kind())
    }

    /// Puts it into the outbox unless it is there. What was decided of an order is told again where it changed.
    async fn put(&self, act: &mut Act, recipient: &Recipient, now: Timestamp) -> Result<bool, store::Error> {
        for number in 0_u32.. {
            let id = OutgoingId(id_of(&recipient.name, &self.key, number));
            let Some(row) = act.outbox().with_id(&id).await? else {
                let kept = Kept { news: self.news.clone(), at: self.at, attempts: 0, trouble: None };
                let row = Outgoing {
                    id,
                    recipient: recipient.name.clone(),
                    made_at: now,
                    due_at: now,
                    state: word(Standing::Waiting.word()),
                    payload: payload_of(&kept),
                    revision: Revision::NEW,
                };
                act.outbox().add(&row).await?;
                return Ok(true);
            };
            let next = OutgoingId(id_of(&recipient.name, &self.key, number + 1));
            let is_last = act.outbox().with_id(&next).await?.is_none();
            if is_last && super::opened(&row)?.news == self.news {
                return Ok(false);
            }
            if is_last && self.shop.is_none() {
                return Ok(false);
            }
        }
        Ok(false)
    }
}

/// The same thing for the same recipient has the same id, and the id tells neither.
fn id_of(recipient: &str, key: &str, number: u32) -> String {
    let hash = store::Sha256::of(format!("{recipient}\n{key}\n{number}").as_bytes()).to_string();
    format!("N-{}", &hash[..32])
}
