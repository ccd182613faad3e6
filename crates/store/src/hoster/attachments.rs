//! Files that belong to what is known of a customer: an answer, a copy of a register. Kept until the customer's hits go.

use crate::act::Act;
use crate::error::Error;
use crate::files::{self, Sha256};
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Payload, Revision, Word, ids};

ids! { AttachmentId }

subject! {
    /// The state is `kept`; the payload holds name, size, hash, and who attached it when.
    Attachment, AttachmentId, ATTACHMENTS = "attachments", "attachment",
    {
        /// The customer's own id.
        customer: secret String,
        /// Where [`Files`](crate::Files) keeps the bytes.
        file: text String,
    }
}

/// Questions about attachments.
pub struct Attachments<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Attachments<'_, S> {
    pub async fn with_id(&mut self, id: &AttachmentId) -> Result<Option<Attachment>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn of(&mut self, customer: &str) -> Result<Vec<Attachment>, Error> {
        rows::with_secret(self.0, "customer", customer).await
    }

    pub async fn all(&mut self) -> Result<Vec<Attachment>, Error> {
        rows::those(self.0, "1 = 1", &[]).await
    }
}

impl Attachments<'_, Act> {
    /// Keeps a file, unchanged, with a customer.
    ///
    /// # Errors
    /// [`Error::FileTooLarge`]; if the id is taken.
    pub async fn add(
        &mut self,
        id: &AttachmentId,
        customer: &str,
        bytes: &[u8],
        payload: Payload,
    ) -> Result<Revision, Error> {
        let file = files::keep(self.0, Sha256::of(bytes), bytes).await?;
        let row = Attachment {
            id: id.clone(),
            customer: customer.to_owned(),
            file,
            state: Word::new("kept")?,
            payload,
            revision: Revision::NEW,
        };
        rows::add(self.0, &row).await
    }

    /// Takes an attachment away, and its file where nothing else has it.
    pub async fn remove(&mut self, attachment: &Attachment) -> Result<(), Error> {
        rows::remove::<Attachment>(self.0, &attachment.id.0, attachment.revision).await?;
        files::drop_unused(self.0, &attachment.file).await
    }
}
