//! What was observed in open sources. The payload is the sealed form of the observation; captured files are apart.

use watchlist::EntryId;

use crate::act::Act;
use crate::error::Error;
use crate::files::Sha256;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Payload, PersonId, Revision, Word, ids};

ids! {
    EvidenceId,
    /// The place of one file in one piece of evidence.
    EvidenceFileId,
    /// The link between one piece of evidence and one entry.
    EvidenceLinkId,
}

subject! {
    /// One observation. The collector is a restricted field; it stands here because nobody approves what they touched.
    Evidence, EvidenceId, EVIDENCE = "evidence", "evidence",
    { collector: text PersonId }
}

subject! {
    /// One captured file of one piece of evidence. The state says what kind of file it is, such as `html` or `warc`;
    /// the payload may hold its time-stamp.
    EvidenceFile, EvidenceFileId, FILES = "evidence_files", "file of evidence",
    {
        evidence: text EvidenceId,
        /// Where [`Files`](crate::Files) keeps the bytes.
        file: text String,
    }
}

subject! {
    /// Says that one piece of evidence speaks for one entry; state and payload say how well.
    EvidenceLink, EvidenceLinkId, LINKS = "evidence_links", "link of evidence",
    { evidence: text EvidenceId, entry: text EntryId }
}

/// Questions about evidence.
pub struct EvidenceStock<'a, S>(pub(crate) &'a mut S);

impl<S: Session> EvidenceStock<'_, S> {
    pub async fn with_id(&mut self, id: &EvidenceId) -> Result<Option<Evidence>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn in_state(&mut self, state: &Word) -> Result<Vec<Evidence>, Error> {
        rows::those(self.0, "state = $1", &[rows::value(state)]).await
    }

    pub async fn all(&mut self) -> Result<Vec<Evidence>, Error> {
        rows::those(self.0, "1 = 1", &[]).await
    }

    pub async fn for_entry(&mut self, entry: &EntryId) -> Result<Vec<Evidence>, Error> {
        let condition = "id IN (SELECT evidence FROM evidence_links WHERE entry = $1)";
        rows::those(self.0, condition, &[rows::value(entry)]).await
    }

    pub async fn links_of(&mut self, entry: &EntryId) -> Result<Vec<EvidenceLink>, Error> {
        rows::those(self.0, "entry = $1", &[rows::value(entry)]).await
    }

    /// The entries that this evidence speaks for.
    pub async fn entries_of(&mut self, evidence: &EvidenceId) -> Result<Vec<EvidenceLink>, Error> {
        rows::those(self.0, "evidence = $1", &[rows::value(evidence)]).await
    }

    pub async fn files_of(&mut self, evidence: &EvidenceId) -> Result<Vec<EvidenceFile>, Error> {
        rows::those(self.0, "evidence = $1", &[rows::value(evidence)]).await
    }
}

impl EvidenceStock<'_, Act> {
    pub async fn add(&mut self, evidence: &Evidence) -> Result<Revision, Error> {
        rows::add(self.0, evidence).await
    }

    pub async fn change(&mut self, evidence: &Evidence) -> Result<Revision, Error> {
        rows::change(self.0, evidence).await
    }

    /// Changes what is kept beside a file, such as its time-stamp. The file itself never changes.
    pub async fn change_file(&mut self, file: &EvidenceFile) -> Result<Revision, Error> {
        rows::change(self.0, file).await
    }

    /// Keeps a captured file of this evidence, unchanged. `number` counts the files of the evidence.
    ///
    /// # Errors
    /// [`Error::OtherFile`] if the bytes do not have this hash, [`Error::FileTooLarge`].
    pub async fn attach(
        &mut self,
        evidence: &EvidenceId,
        number: u32,
        kind: Word,
        (sha256, bytes): (Sha256, &[u8]),
        payload: Payload,
    ) -> Result<Revision, Error> {
        let file = crate::files::keep(self.0, sha256, bytes).await?;
        let id = EvidenceFileId(format!("{evidence}.{number:04}"));
        let evidence = evidence.clone();
        let row = EvidenceFile { id, evidence, file, state: kind, payload, revision: Revision::NEW };
        rows::add(self.0, &row).await
    }

    pub async fn link(
        &mut self,
        evidence: &EvidenceId,
        entry: &EntryId,
        state: Word,
        payload: Payload,
    ) -> Result<Revision, Error> {
        let id = EvidenceLinkId(format!("{evidence}.{}", entry.0));
        let (evidence, entry) = (evidence.clone(), entry.clone());
        rows::add(self.0, &EvidenceLink { id, evidence, entry, state, payload, revision: Revision::NEW })
            .await
    }

    /// Takes the evidence, its links and its files away; a file that other evidence also has stays.
    pub async fn destroy(&mut self, id: &EvidenceId, seen: Revision) -> Result<(), Error> {
        let links: Vec<EvidenceLink> = rows::those(self.0, "evidence = $1", &[rows::value(id)]).await?;
        for link in links {
            rows::remove::<EvidenceLink>(self.0, &link.id.0, link.revision).await?;
        }
        for row in self.files_of(id).await? {
            rows::remove::<EvidenceFile>(self.0, &row.id.0, row.revision).await?;
            crate::files::drop_unused(self.0, &row.file).await?;
        }
        rows::remove::<Evidence>(self.0, &id.0, seen).await
    }
}
