//! The issuer's pages: from evidence to a published edition. Who may do what is said by the operations, from the roles that
//! two administrators signed for; here only what somebody could do is offered.

pub(crate) mod contests;
pub(crate) mod deconfliction;
pub(crate) mod disclosures;
pub(crate) mod editions;
pub(crate) mod entries;
pub(crate) mod entry_form;
pub(crate) mod evidence;
pub(crate) mod overview;
pub(crate) mod partners;
pub(crate) mod publishing;
pub(crate) mod receipts;
pub(crate) mod sentences;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use curation::{Action, Person, PersonId};
use delivery::SigningKey;
use delivery::keys::{KeyFileError, Passphrase, SecretKey};
use operations::issuer::{Error, people};
use watchlist::Phrase;

use super::upload::Upload;
use super::{Detail, Page};
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::work::{Office, OfficeSettings, Told};

/// Reasons for a withdrawal that a person may give; merging and splitting give their own.
pub(crate) const WITHDRAWALS: [&str; 6] =
    ["wrong_party", "mistaken", "evidence_failed", "reassigned", "not_seen_again", "ceased"];

/// The largest key file.
const LARGEST_KEY: usize = 64 * 1024;

/// Somebody of the unit, with the roles that two administrators signed for.
pub(crate) struct Member {
    pub(crate) page: Page,
    pub(crate) id: PersonId,
    person: Person,
}

impl FromRequestParts<Desk> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Response> {
        match parts.extensions.get::<Visitor>().cloned() {
            Some(visitor) => Self::of(desk, &visitor).await,
            None => Err(Redirect::to("/login").into_response()),
        }
    }
}

impl Member {
    /// Who the visitor is in the unit. The answer is the page that says why they are nobody there.
    async fn of(desk: &Desk, visitor: &Visitor) -> Result<Self, Response> {
        let page = Page::of(visitor);
        let Some(id) = PersonId::new(&visitor.person.0) else {
            return Err(page.problem(StatusCode::FORBIDDEN, "office-nobody"));
        };
        let acting = async { people::acting(&mut desk.store.look().await?, &id).await };
        match acting.await {
            Ok((_, person)) => Ok(Self { page, id, person }),
            Err(error) => Err(refused(&page, &error)),
        }
    }

    /// The code of the person as it stands in the store.
    pub(crate) fn stored(&self) -> store::PersonId {
        store::PersonId(self.id.to_string())
    }

    pub(crate) fn may(&self, action: Action) -> bool {
        self.person.may(action)
    }
}

/// The program's part of the office; without it there is none here.
pub(crate) fn office(desk: &Desk) -> Result<&dyn Office, Told> {
    desk.settings.office.as_deref().ok_or_else(|| Told::Worded {
        what: Phrase::new("no list is issued from here", "vanaf hier wordt geen lijst uitgegeven"),
        hint: Phrase::new(
            "save the settings of an office as office.toml; `office example` prints one",
            "sla de instellingen van een kantoor op als office.toml; `office example` drukt er een af",
        ),
    })
}

/// The list of this office and its rules. The answer is the page that says why they are not known.
#[expect(clippy::result_large_err, reason = "it is answered at once")]
pub(crate) fn settings(desk: &Desk, page: &Page) -> Result<OfficeSettings, Response> {
    office(desk).and_then(Office::settings).map_err(|told| told_page(page, told))
}

/// What the program says.
pub(crate) fn told_page(page: &Page, told: Told) -> Response {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    page.detailed(status, "office-refused", Detail::told(&told, page.language))
}

/// Goes back to a page after something was done.
pub(crate) fn back(page: &Page, address: &str, done: Result<(), Error>) -> Response {
    match done {
        Ok(()) => Redirect::to(address).into_response(),
        Err(error) => refused(page, &error),
    }
}

/// The page for an operation of the issuer that did not go through: what kind of refusal it is, and exactly which, in the
/// reader's words as far as there are some.
pub(crate) fn refused(page: &Page, error: &Error) -> Response {
    let (status, key) = match error {
        Error::Forbidden(_) => (StatusCode::FORBIDDEN, "office-forbidden"),
        Error::UnknownPerson(_) => (StatusCode::FORBIDDEN, "office-nobody"),
        Error::NotThere { .. } => (StatusCode::NOT_FOUND, "problem-not-found"),
        Error::State { .. }
        | Error::NothingPending { .. }
        | Error::PendingAlready { .. }
        | Error::ChangedSinceAssembled { .. }
        | Error::DeliveriesOpen { .. }
        | Error::OtherWithdrawal { .. }
        | Error::Store(store::Error::Conflict { .. }) => (StatusCode::CONFLICT, "office-state"),
        Error::ForeignKey { .. } | Error::NotAnApprovalKey { .. } | Error::Statement(_) | Error::Key(_) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "office-key")
        }
        Error::Approval(_) => (StatusCode::CONFLICT, "office-hand-in-it"),
        Error::Store(store::Error::AlreadyThere { .. }) => (StatusCode::CONFLICT, "office-taken"),
        Error::Store(_) | Error::NotReadable { .. } | Error::Write(_) => {
            (StatusCode::INTERNAL_SERVER_ERROR, "problem-database")
        }
        _ => (StatusCode::UNPROCESSABLE_ENTITY, "office-refused"),
    };
    let in_english = || Detail::English(format!("{error}: {}", error.hint().unwrap_or_default()));
    let worded = sentences::of(error).map(|one| Detail::Worded(one.words(page)));
    page.detailed(status, key, worded.unwrap_or_else(in_english))
}

/// A form with the visitor's own key, opened for one signature.
pub(crate) struct OwnKey(pub(crate) SigningKey);

impl FromRequest<Desk> for OwnKey {
    type Rejection = Response;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Response> {
        let page = request.extensions().get::<Visitor>().map(Page::of);
        let upload = Upload::from_request(request, desk).await?;
        let page = page.ok_or_else(|| StatusCode::FORBIDDEN.into_response())?;
        signing_key(&upload, &page).await.map(Self)
    }
}

/// The key of a person, out of the file they chose, for one signature. It is opened in memory, beside the pages since that
/// takes long on purpose, and forgotten with the form.
pub(crate) async fn signing_key(upload: &Upload, page: &Page) -> Result<SigningKey, Response> {
    let unprocessable = |key: &str| page.problem(StatusCode::UNPROCESSABLE_ENTITY, key);
    let files = upload.read_files(LARGEST_KEY).await.map_err(|_| unprocessable("office-key"))?;
    let Some((_, file)) = files.into_iter().next() else { return Err(unprocessable("problem-no-file")) };
    // Copied once, at its own length, into what wipes itself; only that goes to the other thread.
    let passphrase = Passphrase::new(upload.field("passphrase").to_owned());
    let opened = tokio::task::spawn_blocking(move || SecretKey::unlock(&file, &passphrase?));
    match opened.await {
        Ok(Ok(SecretKey::Signing(key))) => Ok(key),
        Ok(Ok(SecretKey::Decryption(_))) => Err(unprocessable("office-key")),
        Ok(Err(error)) => Err(key_refused(page, &error)),
        Err(_) => Err(page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database")),
    }
}

fn key_refused(page: &Page, error: &KeyFileError) -> Response {
    let in_english = || Detail::English(format!("{error}: {}", error.hint()));
    let worded = sentences::of_key_file(error).map(|one| Detail::Worded(one.words(page)));
    page.detailed(StatusCode::UNPROCESSABLE_ENTITY, "office-key", worded.unwrap_or_else(in_english))
}

/// Words that were typed with commas or line feeds between them.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    text.split([',', '\n']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What was typed, or nothing where only blanks were.
pub(crate) fn given(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}
