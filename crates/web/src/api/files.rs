//! A file that a program sends as the body of a call.

use std::io;

use axum::body::Body;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_body_util::BodyExt;

use super::answers::Problem;
use crate::desk::Desk;
use crate::handed_in::{Arriving, HandedIn, LARGEST_FILE};

/// Writes what is sent to the disk.
pub(crate) async fn keep(desk: &Desk, name: &str, mut body: Body) -> Result<HandedIn, Problem> {
    let nothing = || {
        let what = "there is no file, or it has no name";
        let hint = "send the bytes as the body, and `name` in the query";
        Problem::unusable(what, hint)
    };
    let arriving = Arriving::begin(desk, name).await.map_err(|error| unwritten(&error))?;
    let mut arriving = arriving.ok_or_else(nothing)?;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| {
            let what = "the body broke off";
            Problem::new(StatusCode::BAD_REQUEST, what, "send it again; nothing was kept")
        })?;
        if let Ok(data) = frame.into_data() {
            arriving.add(&data).await.map_err(|error| unwritten(&error))?;
        }
    }
    let file = arriving.end().await.map_err(|error| unwritten(&error))?;
    if file.is_empty() { Err(nothing()) } else { Ok(file) }
}

/// The bytes of a file that stands in a body of JSON.
pub(crate) fn from_base64(text: &str) -> Result<Vec<u8>, Problem> {
    let wrong = |_| {
        Problem::unusable("a file is no base64", "send the bytes of each file in base64, with its padding")
    };
    STANDARD.decode(text).map_err(wrong)
}

/// The file is too large, or could not be written, or not be read back.
pub(crate) fn unwritten(error: &io::Error) -> Problem {
    if error.kind() == io::ErrorKind::FileTooLarge {
        let what = format!("the file has more than {LARGEST_FILE} bytes");
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, what, "use the command, which has no limit");
    }
    let what = "the file could not be written while it is worked on";
    let hint = "look at the room on the disk, and send it again";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, what, hint)
}
