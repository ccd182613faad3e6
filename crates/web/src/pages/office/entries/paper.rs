//! The page that the prosecution files.

use axum::extract::{Path, State};
use axum::response::Response;
use documents::Paper;
use documents::paper::Section;
use operations::issuer::entries;

use super::opened;
use super::page::{criterion_rows, evidence, facts, people, signed, values};
use crate::desk::Desk;
use crate::pages::office::Member;
use crate::pages::{Page, day, papers};

/// The page that the prosecution files: what was decided on, by whom, and the hash that their keys signed.
pub(crate) async fn pdf(State(desk): State<Desk>, member: Member, Path(id): Path<String>) -> Response {
    let one = match opened(&desk, &member, &id).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let page = &member.page;
    let paper = paper(&one, page, day((desk.now)()));
    papers::as_pdf(&desk, page, paper, &format!("{id}.pdf")).await
}

/// The page as a paper, dated on the day of the last signature; without one, today.
pub(crate) fn paper(one: &entries::Page, page: &Page, today: jiff::civil::Date) -> Paper {
    let signatures = [&one.proportion, &one.substance, &one.proposed].into_iter();
    let dated = signatures.flatten().map(|signed| day(signed.at)).next().unwrap_or(today);
    let t = |key: &str| page.t(key);
    let column = |key: &str, width| (t(key), width);
    let values = values(one).into_iter().map(|one| vec![one.kind, one.value, one.period, one.evidence]);
    let evidence =
        evidence(one, page).into_iter().map(|one| vec![one.id, one.captured, one.origin, one.grades]);
    let criterion = criterion_rows(&one.criterion).into_iter().map(|one| {
        vec![page.word("question", one.key), page.word("answered", one.answer), one.evidence, one.remark]
    });
    let signed = signed(one, page).into_iter().map(|(step, who, when)| vec![t(step), who, when]);
    let mut signing = Section::new(t("signed")).table(
        &[column("act", 4), column("who", 2), column("when", 3)],
        signed.collect(),
        &t("nobody-signed"),
    );
    if let Some(hash) = one.hash {
        signing = signing.facts(vec![(t("signed-hash"), hash.to_string())]);
    }
    let signing = signing.facts(vec![(t("hand-in-it"), people(one))]).text(t("sign-here"));
    Paper {
        language: page.language,
        title: format!("{} {}", one.summary.id, one.summary.title),
        lead: format!("{}: {}", t("state"), page.word("entry-state", &one.summary.state)),
        handling: t("confidential"),
        reference: one.hash.map_or_else(|| one.summary.id.0.clone(), |hash| hash.to_string()),
        dated,
        sections: vec![
            Section::new(t("entry")).facts(facts(one, page)).table(
                &[column("kind", 2), column("value", 4), column("period", 2), column("nav-evidence", 2)],
                values.collect(),
                "",
            ),
            Section::new(t("nav-evidence")).table(
                &[
                    ("#".to_owned(), 2),
                    column("ev-captured", 2),
                    column("ev-site", 4),
                    column("ev-grades", 2),
                ],
                evidence.collect(),
                &t("no-evidence"),
            ),
            Section::new(t("criterion")).table(
                &[column("question", 4), column("answered", 1), column("nav-evidence", 2), column("note", 4)],
                criterion.collect(),
                "",
            ),
            signing,
        ],
    }
}
