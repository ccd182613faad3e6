//! A file that a program sends: on the disk while it is worked on, however large it is, and never in memory as a whole.

use std::io;
use std::path::PathBuf;

use axum::body::Body;
use axum::http::StatusCode;
use http_body_util::BodyExt;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;

use super::answers::Problem;
use crate::desk::Desk;
use crate::pages::upload::{LARGEST_FILE, plain_name};

/// A file under its own name, in a folder of its own. Dropping it removes both.
pub(crate) struct SentFile {
    pub(crate) path: PathBuf,
    _folder: TempDir,
}

/// Writes what is sent to the disk.
pub(crate) async fn keep(desk: &Desk, name: &str, mut body: Body) -> Result<SentFile, Problem> {
    let name = plain_name(name);
    let nothing = || {
        let what = "there is no file, or it has no name";
        let hint = "send the bytes as the body, and `name` in the query";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what, hint)
    };
    if name.is_empty() {
        return Err(nothing());
    }
    let folder = tempfile::Builder::new().prefix("upload-").tempdir_in(&desk.settings.uploads);
    let folder = folder.map_err(|error| unwritten(&error))?;
    let path = folder.path().join(&name);
    let mut file = tokio::fs::File::create_new(&path).await.map_err(|error| unwritten(&error))?;
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| {
            let what = "the body broke off";
            Problem::new(StatusCode::BAD_REQUEST, what, "send it again; nothing was kept")
        })?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length > LARGEST_FILE {
            let what = format!("the file has more than {LARGEST_FILE} bytes");
            return Err(Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                what,
                "use the command, which has no limit",
            ));
        }
        file.write_all(&data).await.map_err(|error| unwritten(&error))?;
    }
    file.flush().await.map_err(|error| unwritten(&error))?;
    if length == 0 { Err(nothing()) } else { Ok(SentFile { path, _folder: folder }) }
}

/// The file could not be written, or not be read back.
pub(crate) fn unwritten(_: &io::Error) -> Problem {
    let what = "the file could not be written while it is worked on";
    let hint = "look at the room on the disk, and send it again";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, what, hint)
}
