//! Who comes with which token.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use axum::http::request::Parts;
use documents::Language;
use operations::hoster::accounts::{self, DeskRole};
use operations::hoster::tokens::{self, Scope, Token};
use operations::issuer::people;
use store::PersonId;

use super::answers::Problem;
use crate::desk::Desk;
use crate::guard::{self, Visitor};
use crate::pages::Page;

/// A program with a token that opens something, in the name of a person who still has an account.
pub(crate) struct Bearer {
    pub(crate) token: Token,
    pub(crate) role: DeskRole,
    language: Language,
}

impl FromRequestParts<Desk> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        let refused = || {
            let what = "no token that opens anything came with the call";
            Problem::new(
                StatusCode::UNAUTHORIZED,
                what,
                "send `Authorization: Bearer hvm_...`; people make tokens under their account",
            )
        };
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let text = header.and_then(|value| value.strip_prefix("Bearer ")).ok_or_else(refused)?;
        let mut look = desk.store.look().await?;
        let token = tokens::bearer(&mut look, text.trim(), (desk.now)()).await?.ok_or_else(refused)?;
        let account = accounts::active(&mut look, &token.person).await?.ok_or_else(refused)?;
        let language = match parts.headers.contains_key(ACCEPT_LANGUAGE) {
            true => guard::language(&parts.headers),
            false => Language::En,
        };
        Ok(Self { token, role: account.role, language })
    }
}

/// A program that judges and decides, in whose name. It is known before the body of a call is read.
pub(crate) struct Reviewer(pub(crate) PersonId);

/// A program that takes lists in and screens.
pub(crate) struct Screener(pub(crate) PersonId);

/// A program that works on entries, contests and partners.
pub(crate) struct Curator(pub(crate) curation::PersonId);

/// A program that looks at what the issuing unit does.
pub(crate) struct Member(pub(crate) curation::PersonId);

impl FromRequestParts<Desk> for Reviewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        let bearer = Bearer::from_request_parts(parts, desk).await?;
        bearer.house(Scope::Review).cloned().map(Self)
    }
}

impl FromRequestParts<Desk> for Screener {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        let bearer = Bearer::from_request_parts(parts, desk).await?;
        bearer.house(Scope::Screen).cloned().map(Self)
    }
}

impl FromRequestParts<Desk> for Curator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        of_unit(parts, desk, Scope::Curate).await.map(Self)
    }
}

impl FromRequestParts<Desk> for Member {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        of_unit(parts, desk, Scope::Read).await.map(Self)
    }
}

/// Somebody of the unit: an account alone gives nobody a place in it.
async fn of_unit(parts: &mut Parts, desk: &Desk, scope: Scope) -> Result<curation::PersonId, Problem> {
    let bearer = Bearer::from_request_parts(parts, desk).await?;
    let person = bearer.office(scope)?;
    people::acting(&mut desk.store.look().await?, &person).await?;
    Ok(person)
}

impl Bearer {
    /// Lets a program of a hoster's person go on.
    pub(crate) fn house(&self, scope: Scope) -> Result<&PersonId, Problem> {
        if self.role == DeskRole::Member {
            return Err(other_side());
        }
        if scope != Scope::Read && self.role != DeskRole::Reviewer {
            let what = "the person may look, not change";
            return Err(Problem::new(StatusCode::FORBIDDEN, what, "use a token of somebody who reviews"));
        }
        self.scoped(scope)
    }

    /// Lets a program of somebody of the issuing unit go on.
    fn office(&self, scope: Scope) -> Result<curation::PersonId, Problem> {
        if self.role != DeskRole::Member {
            return Err(other_side());
        }
        let person = self.scoped(scope)?;
        curation::PersonId::new(&person.0).ok_or_else(other_side)
    }

    fn scoped(&self, scope: Scope) -> Result<&PersonId, Problem> {
        if self.token.scopes.contains(&scope) {
            return Ok(&self.token.person);
        }
        let what = format!("the token is not for this: it lacks the scope `{}`", scope.word());
        Err(Problem::new(StatusCode::FORBIDDEN, what, "make a token with this scope"))
    }

    /// For what is put into words: the page of the person, in the language that was asked for.
    pub(crate) fn page(&self) -> Page {
        let visitor = Visitor {
            person: self.token.person.clone(),
            role: self.role,
            csrf: String::new(),
            language: self.language,
            stale: Vec::new(),
        };
        Page::of(&visitor)
    }
}

fn other_side() -> Problem {
    let what = "this is for the other side: a hoster's people and an issuer's do not see each other's data";
    Problem::new(StatusCode::FORBIDDEN, what, "use a token of a person of that side")
}
