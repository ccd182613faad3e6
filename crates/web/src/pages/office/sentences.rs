//! Exactly why an operation of the issuer was refused, and what a criterion lacks, in the reader's words. The operations say
//! it as a type; here it gets its text in both languages.

use curation::criterion::Missing;
use curation::deconfliction::{RegisterError, SubjectError};
use curation::evidence::{EvidenceError, ObservationError};
use curation::listing::ListingError;
use curation::people::Forbidden;
use curation::proposal::{ApprovalError, ProposeError};
use curation::release::ReleaseError;
use curation::statement::StatementError;
use curation::{Role, capture::CaptureError, contest::ContestError};
use delivery::keys::KeyFileError;
use delivery::receipt::ReceiptError;
use operations::issuer::Error;

use crate::pages::sentence::{Sentence, Value};

/// One thing that the criterion lacks.
pub(crate) fn missing(missing: &Missing) -> Sentence {
    let about = |key, question: curation::criterion::Question| {
        Sentence::plain(key).with("question", Value::Word("question", question.word().to_owned()))
    };
    match missing {
        Missing::Open { question } => about("missing-open", *question),
        Missing::DoesNotHold { question } => about("missing-does-not-hold", *question),
        Missing::NoEvidence { question } => about("missing-no-evidence", *question),
        Missing::UnknownEvidence { question, id } => {
            about("missing-unknown-evidence", *question).text("id", &id.0)
        }
        Missing::ObservationTooWeak { at_least } => {
            Sentence::plain("missing-observation-too-weak").text("grade", at_least)
        }
        Missing::SeenTooLongAgo { last_seen, since } => Sentence::plain("missing-seen-too-long-ago")
            .with("seen", Value::Day(*last_seen))
            .with("since", Value::Day(*since)),
        Missing::SeenInTheFuture { captured_on, today } => Sentence::plain("missing-seen-in-the-future")
            .with("captured", Value::Day(*captured_on))
            .with("today", Value::Day(*today)),
        Missing::LinkTooWeak { at_least, independent } => {
            Sentence::plain("missing-link-too-weak").text("grade", at_least).text("count", independent)
        }
        Missing::LessIntrusive => Sentence::plain("missing-less-intrusive"),
        Missing::NoReasonForPerson => Sentence::plain("missing-no-reason-for-person"),
    }
}

/// The reason for a refusal; nothing for one that only the program's own words can tell.
pub(crate) fn of(error: &Error) -> Option<Sentence> {
    Some(match error {
        Error::Forbidden(error) => forbidden(error),
        Error::Statement(error) => statement(error),
        Error::Capture(error) => capture(error),
        Error::Evidence(error) => return evidence(error),
        Error::Subject(error) => subject(error),
        Error::Register(error) => register(error),
        Error::Propose(error) => propose(error),
        Error::Approval(error) => approval(error),
        Error::Listing(error) => return listing(error),
        Error::Release(error) => return release(error),
        Error::Contest(error) => return contest(error),
        Error::Receipt(error) => return receipt(error),
        error => return own(error),
    })
}

/// What the operations say themselves.
fn own(error: &Error) -> Option<Sentence> {
    Some(match error {
        Error::UnknownPerson(code) => Sentence::plain("refusal-unknown-person").text("person", code),
        Error::NotThere { id, .. } => Sentence::plain("refusal-not-there").text("id", id),
        Error::State { what: "entry", id, found, .. } => Sentence::plain("refusal-entry-state")
            .text("id", id)
            .with("state", Value::Word("entry-state", found.clone())),
        Error::NotAnApprovalKey { .. } => Sentence::plain("refusal-not-an-approval-key"),
        Error::ForeignKey { person, key } => {
            Sentence::plain("refusal-foreign-key").text("person", person).text("key", key)
        }
        Error::OtherEntry { found, expected } => {
            Sentence::plain("refusal-other-entry").text("found", found).text("expected", expected)
        }
        Error::NothingPending { id } => Sentence::plain("refusal-nothing-pending").text("id", id),
        Error::PendingAlready { id, found } => Sentence::plain("refusal-pending-already")
            .text("id", id)
            .with("state", Value::Word("entry-state", (*found).to_owned())),
        Error::NoSuchValue { evidence, entry } => {
            Sentence::plain("refusal-no-such-value").text("evidence", evidence).text("entry", entry)
        }
        Error::OtherWithdrawal { id } => Sentence::plain("refusal-other-withdrawal").text("id", id),
        Error::ChangedSinceAssembled { what, number } => {
            Sentence::plain("refusal-changed-since-assembled").text("what", what).text("number", number)
        }
        Error::DeliveriesOpen { number, found } => Sentence::plain("refusal-deliveries-open")
            .text("number", number)
            .with("state", Value::Word("edition-state", found.clone())),
        Error::NobodyToDeliver { list } => Sentence::plain("refusal-nobody-to-deliver").text("list", list),
        Error::NoKey { partner } => Sentence::plain("refusal-no-key").text("partner", partner),
        Error::OtherWords { words } => Sentence::plain("refusal-other-words").text("words", words),
        Error::NoYearKey(year) => Sentence::plain("refusal-no-year-key").text("year", year),
        _ => return None,
    })
}

fn forbidden(error: &Forbidden) -> Sentence {
    let roles = Role::ALL.iter().filter(|role| role.may(error.action)).map(|role| role.word());
    Sentence::plain("refusal-forbidden").with("roles", Value::Words("role", roles.collect()))
}

fn propose(error: &ProposeError) -> Sentence {
    match error {
        ProposeError::Forbidden(error) => forbidden(error),
        ProposeError::Delayed { contact } => Sentence::plain("refusal-delayed").text("team", contact.team()),
        ProposeError::WithoutEvidence { count, kind } => Sentence::plain("refusal-without-evidence")
            .text("count", count)
            .with("kind", Value::Word("kind", (*kind).to_owned())),
        ProposeError::SaysNothing => Sentence::plain("refusal-says-nothing"),
        ProposeError::CriterionNotMet { missing: all } => {
            Sentence::plain("refusal-criterion-not-met").followed_by(all.iter().map(missing))
        }
        ProposeError::ObservedWithoutEvidence => Sentence::plain("refusal-observed-without-evidence"),
        ProposeError::ReviewTooLate { months } => {
            Sentence::plain("refusal-review-too-late").text("months", months)
        }
    }
}

fn approval(error: &ApprovalError) -> Sentence {
    match error {
        ApprovalError::Statement(error) => statement(error),
        ApprovalError::OwnWork { person } => Sentence::plain("refusal-own-work").text("person", person),
        ApprovalError::ApprovedTwice { person } => {
            Sentence::plain("refusal-approved-twice").text("person", person)
        }
        ApprovalError::BeforeProposal { received_at, proposed_at } => {
            Sentence::plain("refusal-before-proposal")
                .with("received", Value::Moment(*received_at))
                .with("proposed", Value::Moment(*proposed_at))
        }
    }
}

fn statement(error: &StatementError) -> Sentence {
    match error {
        StatementError::OtherStep { .. } => Sentence::plain("refusal-other-step"),
        StatementError::OtherSubject { .. } => Sentence::plain("refusal-other-subject"),
        StatementError::UnknownPerson(person) => {
            Sentence::plain("refusal-unknown-person").text("person", person)
        }
        StatementError::UnknownKey { person, key } => {
            Sentence::plain("refusal-foreign-key").text("person", person).text("key", key)
        }
        StatementError::KeyDoesNotCount { person, key, at } => Sentence::plain("refusal-key-does-not-count")
            .text("person", person)
            .text("key", key)
            .with("at", Value::Moment(*at)),
        StatementError::FromTheFuture { at, received_at } => Sentence::plain("refusal-from-the-future")
            .with("at", Value::Moment(*at))
            .with("received", Value::Moment(*received_at)),
        StatementError::WrongSignature(person) => {
            Sentence::plain("refusal-wrong-signature").text("person", person)
        }
        StatementError::Forbidden(error) => forbidden(error),
    }
}

fn listing(error: &ListingError) -> Option<Sentence> {
    let of = |key: &'static str, id: &watchlist::EntryId| Sentence::plain(key).text("id", id);
    Some(match error {
        ListingError::Forbidden(error) => forbidden(error),
        ListingError::Statement(error) => statement(error),
        ListingError::NotNew { id } => of("refusal-not-new", id),
        ListingError::Withdrawn { id } => of("refusal-withdrawn", id),
        ListingError::NotSuspended { id } => of("refusal-not-suspended", id),
        ListingError::OneVoiceTwice { person } => {
            Sentence::plain("refusal-one-voice-twice").text("person", person)
        }
        ListingError::HandInIt { needed } => Sentence::plain("refusal-hand-in-it").text("count", needed),
        ListingError::NoProsecution => Sentence::plain("refusal-no-prosecution"),
        ListingError::OtherEntry { found, expected } => {
            Sentence::plain("refusal-other-entry").text("found", found).text("expected", expected)
        }
        ListingError::ChangedMeanwhile { id } => of("refusal-changed-meanwhile", id),
        ListingError::NotMerged { id, other } => of("refusal-not-merged", id).text("other", other),
        ListingError::SplitIncomplete { id, found, expected } => {
            of("refusal-split-incomplete", id).text("found", found).text("expected", expected)
        }
        ListingError::SplitIds { id } => of("refusal-split-ids", id),
        ListingError::MergedWithItself { id } => of("refusal-merged-with-itself", id),
        ListingError::OtherList { first, second } => {
            Sentence::plain("refusal-other-list").text("first", first).text("second", second)
        }
        ListingError::NotWhole { .. } => return None,
    })
}

fn contest(error: &ContestError) -> Option<Sentence> {
    let of = |key: &'static str, id: &curation::contest::ContestId| Sentence::plain(key).text("id", &id.0);
    Some(match error {
        ContestError::Forbidden(error) => forbidden(error),
        ContestError::Listing(error) => return listing(error),
        ContestError::NoGrounds { id } => of("refusal-contest-no-grounds", id),
        ContestError::OtherEntry { found, expected, .. } => {
            Sentence::plain("refusal-other-entry").text("found", found).text("expected", expected)
        }
        ContestError::HandInIt { person, entry } => {
            Sentence::plain("refusal-contest-hand-in-it").text("person", person).text("entry", entry)
        }
        ContestError::NoHandler { id } => of("refusal-contest-no-handler", id),
        ContestError::OtherHandler { id, handler, .. } => {
            of("refusal-contest-other-handler", id).text("handler", handler)
        }
        ContestError::AcknowledgedAlready { id, on } => {
            of("refusal-contest-acknowledged", id).with("on", Value::Day(*on))
        }
        ContestError::DecidedAlready { id, on } => {
            of("refusal-contest-decided", id).with("on", Value::Day(*on))
        }
        ContestError::NoReason { id } => of("refusal-contest-no-reason", id),
        ContestError::BeforeReceipt { id, on, received_on } => of("refusal-contest-before-receipt", id)
            .with("on", Value::Day(*on))
            .with("received", Value::Day(*received_on)),
    })
}

fn release(error: &ReleaseError) -> Option<Sentence> {
    Some(match error {
        ReleaseError::Statement(error) => statement(error),
        ReleaseError::OneVoiceTwice { person } => {
            Sentence::plain("refusal-one-voice-twice").text("person", person)
        }
        ReleaseError::NoPublisher => Sentence::plain("refusal-no-publisher"),
        ReleaseError::ContentChanged { .. } => return None,
    })
}

fn capture(error: &CaptureError) -> Sentence {
    match error {
        CaptureError::Empty => Sentence::plain("refusal-file-empty"),
        CaptureError::Unknown { first_bytes } => {
            Sentence::plain("refusal-file-unknown").text("bytes", first_bytes)
        }
        CaptureError::Damaged { media_type, at, .. } => {
            Sentence::plain("refusal-file-damaged").text("kind", media_type.name()).text("at", at)
        }
        CaptureError::TooLarge { media_type, limit_bytes } => Sentence::plain("refusal-file-too-large")
            .text("kind", media_type.name())
            .text("limit", limit_bytes),
    }
}

fn evidence(error: &EvidenceError) -> Option<Sentence> {
    Some(match error {
        EvidenceError::Forbidden(error) => forbidden(error),
        EvidenceError::Observation(ObservationError::Empty { .. }) => {
            Sentence::plain("refusal-evidence-empty")
        }
        EvidenceError::Observation(ObservationError::NoFile) => Sentence::plain("refusal-evidence-no-file"),
        EvidenceError::Observation(ObservationError::SameFileName(number)) => {
            Sentence::plain("refusal-evidence-same-name").text("number", number)
        }
        EvidenceError::Observation(ObservationError::CaptureChanged) => {
            Sentence::plain("refusal-evidence-capture-changed")
        }
        EvidenceError::Custody(_) | EvidenceError::SealBroken { .. } => return None,
    })
}

fn register(error: &RegisterError) -> Sentence {
    match error {
        RegisterError::HoldTooLong { until, most_days, .. } => {
            Sentence::plain("refusal-hold-too-long").with("until", Value::Day(*until)).text("days", most_days)
        }
        RegisterError::HoldOver { until } => {
            Sentence::plain("refusal-hold-over").with("until", Value::Day(*until))
        }
    }
}

fn subject(error: &SubjectError) -> Sentence {
    match error {
        SubjectError::Empty { .. } => Sentence::plain("refusal-subject-empty"),
        SubjectError::NoDomain => Sentence::plain("refusal-subject-no-domain"),
    }
}

fn receipt(error: &ReceiptError) -> Option<Sentence> {
    Some(match error {
        ReceiptError::NotAReceipt | ReceiptError::Signature(_) => Sentence::plain("refusal-not-a-receipt"),
        ReceiptError::UnknownKey => Sentence::plain("refusal-receipt-unknown-key"),
        ReceiptError::WrongRole(_) => return None,
    })
}

/// Why a key file does not open.
pub(crate) fn of_key_file(error: &KeyFileError) -> Option<Sentence> {
    Some(match error {
        KeyFileError::EmptyPassphrase => Sentence::plain("refusal-key-empty-passphrase"),
        KeyFileError::WrongPassphrase => Sentence::plain("refusal-key-wrong-passphrase"),
        KeyFileError::NotASecretKey => Sentence::plain("refusal-key-not-secret"),
        KeyFileError::NotAPublicKey { .. } => Sentence::plain("refusal-key-not-public"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use curation::criterion::Question;
    use curation::evidence::{EvidenceId, Grade};
    use curation::{Action, PersonId};
    use documents::Language;
    use jiff::civil::date;
    use watchlist::EntryId;

    use super::*;
    use crate::pages::Page;

    /// The sentence is there in both languages, with every value it names.
    #[track_caller]
    fn check(sentence: &Sentence, english: &str, dutch: &str) {
        let words = |language| sentence.words(&Page::anonymous(language));
        assert_eq!((words(Language::En).as_str(), words(Language::Nl).as_str()), (english, dutch));
    }

    /// The same, where only that there are words is asked.
    #[track_caller]
    fn check_is_worded(error: &Error) {
        let sentence = of(error).unwrap_or_else(|| panic!("{error} has no words"));
        let words = [Language::En, Language::Nl].map(|language| sentence.words(&Page::anonymous(language)));
        assert_ne!(words[0], words[1]);
        for words in words {
            assert!(words.ends_with(['.', ']']) || words.contains(": "), "{words}");
            assert!(!words.contains(['{', '}']) && !words.contains("refusal-"), "{words}");
        }
    }

    fn anna() -> PersonId {
        PersonId::new("anna").unwrap()
    }

    #[test]
    fn what_a_criterion_lacks_is_said_in_both_languages() {
        check(
            &missing(&Missing::Open { question: Question::DutchNexus }),
            "Still open: It uses or offers servers in the Netherlands",
            "Nog open: Het gebruikt of biedt servers in Nederland",
        );
        check(
            &missing(&Missing::UnknownEvidence {
                question: Question::Link,
                id: EvidenceId("EV-9".to_owned()),
            }),
            "Evidence EV-9 is named and is not part of the proposal, for: What was seen belongs to this party",
            "Bewijs EV-9 is genoemd en hoort niet bij het voorstel, bij: Wat gezien is hoort bij deze partij",
        );
        check(
            &missing(&Missing::SeenTooLongAgo { last_seen: date(2025, 8, 31), since: date(2025, 9, 1) }),
            "It was last seen on 31 August 2025; it must have been seen on 1 September 2025 or later.",
            "De partij is het laatst gezien op 31-08-2025; dat moet 01-09-2025 of later zijn.",
        );
        check(
            &missing(&Missing::LinkTooWeak { at_least: Grade::read("B2").unwrap(), independent: 2 }),
            "The link to this party needs B2 or better, or 2 links from different sites.",
            "De band met deze partij vraagt B2 of beter, of 2 banden van verschillende sites.",
        );
    }

    #[test]
    fn a_refused_proposal_names_everything_that_is_missing() {
        let lacking = ProposeError::CriterionNotMet {
            missing: vec![Missing::LessIntrusive, Missing::NoEvidence { question: Question::PresentsItself }],
        };
        check(
            &of(&lacking.into()).unwrap(),
            "The criterion is not met. A less intrusive identifier is possible: list the brand or the domain instead \
             of the person. No evidence is named for: It presents itself as bulletproof",
            "Aan het criterium is niet voldaan. Een minder ingrijpend kenmerk is mogelijk: zet het merk of het domein op \
             de lijst in plaats van de persoon. Er is geen bewijs genoemd voor: Het doet zich voor als bulletproof",
        );
        check(
            &of(&ProposeError::WithoutEvidence { count: 3, kind: "domain" }.into()).unwrap(),
            "Values without evidence behind them: 3, the first of them: domain. Name the evidence for each, or leave \
             the value out.",
            "Waarden zonder bewijs erachter: 3, de eerste daarvan: domein. Noem voor elk het bewijs, of laat de waarde weg.",
        );
    }

    #[test]
    fn a_refusal_for_want_of_a_role_names_the_roles() {
        let forbidden = Forbidden { person: anna(), action: Action::Withdraw, needed: String::new() };
        check(
            &of(&forbidden.into()).unwrap(),
            "This needs one of these roles: analyst, prosecution, handler of contests.",
            "Dit vraagt een van deze rollen: analist, parket, behandelaar van bezwaren.",
        );
    }

    #[test]
    fn what_people_meet_at_the_desk_has_words() {
        let entry = || EntryId("E-1".to_owned());
        let contest = || curation::contest::ContestId("CT-0001".to_owned());
        let day = date(2026, 3, 2);
        let text = || "x".to_owned();
        for error in [
            Error::UnknownPerson(text()),
            Error::NotThere { what: "entry", id: text() },
            Error::State { what: "entry", id: text(), found: "proposed".to_owned(), needed: "a draft" },
            Error::ForeignKey { person: text(), key: text() },
            Error::OtherEntry { found: text(), expected: text() },
            Error::NothingPending { id: text() },
            Error::PendingAlready { id: text(), found: "draft" },
            Error::NoSuchValue { evidence: text(), entry: text() },
            Error::OtherWithdrawal { id: text() },
            Error::ChangedSinceAssembled { what: "an entry", number: 1 },
            Error::DeliveriesOpen { number: 1, found: "prepared".to_owned() },
            Error::NobodyToDeliver { list: text() },
            Error::NoKey { partner: text() },
            Error::OtherWords { words: text() },
            Error::NoYearKey(2026),
            ProposeError::SaysNothing.into(),
            ProposeError::ObservedWithoutEvidence.into(),
            ProposeError::ReviewTooLate { months: 6 }.into(),
            ApprovalError::OwnWork { person: anna() }.into(),
            ApprovalError::ApprovedTwice { person: anna() }.into(),
            StatementError::WrongSignature(anna()).into(),
            ListingError::NotNew { id: entry() }.into(),
            ListingError::Withdrawn { id: entry() }.into(),
            ListingError::NotSuspended { id: entry() }.into(),
            ListingError::OneVoiceTwice { person: anna() }.into(),
            ListingError::HandInIt { needed: 2 }.into(),
            ListingError::NoProsecution.into(),
            ListingError::ChangedMeanwhile { id: entry() }.into(),
            ListingError::NotMerged { id: entry(), other: entry() }.into(),
            ListingError::SplitIncomplete { id: entry(), found: 1, expected: 2 }.into(),
            ListingError::SplitIds { id: entry() }.into(),
            ListingError::MergedWithItself { id: entry() }.into(),
            ListingError::OtherList { first: text(), second: text() }.into(),
            ReleaseError::NoPublisher.into(),
            ContestError::NoGrounds { id: contest() }.into(),
            ContestError::HandInIt { person: anna(), entry: entry() }.into(),
            ContestError::NoHandler { id: contest() }.into(),
            ContestError::OtherHandler { id: contest(), handler: anna(), person: anna() }.into(),
            ContestError::AcknowledgedAlready { id: contest(), on: day }.into(),
            ContestError::DecidedAlready { id: contest(), on: day }.into(),
            ContestError::NoReason { id: contest() }.into(),
            ContestError::BeforeReceipt { id: contest(), on: day, received_on: day }.into(),
            CaptureError::Empty.into(),
            CaptureError::Unknown { first_bytes: text() }.into(),
            EvidenceError::Observation(ObservationError::NoFile).into(),
            EvidenceError::Observation(ObservationError::SameFileName(2)).into(),
            RegisterError::HoldTooLong { until: day, days: 100, most_days: 90 }.into(),
            RegisterError::HoldOver { until: day }.into(),
            SubjectError::NoDomain.into(),
            ReceiptError::NotAReceipt.into(),
            ReceiptError::UnknownKey.into(),
        ] {
            check_is_worded(&error);
        }
    }
}
