//! A mark for each partner in the wording of notes, and who a leaked copy came from.
//!
//! A note is made of sentences with places where two words say the same. Which of them stands there is chosen
//! by HMAC-SHA256 from a secret, the edition, the entry and the partner. Names, identifiers, dates and every
//! other field stay as they are: [`Marker::mark`] writes notes and nothing else, and the content root, which
//! leaves notes out, is equal for all partners. Partners are told of it in the covering letter.

mod choices;
mod leak;
mod reading;
mod trace;
mod wording;

pub use choices::{MarkSecret, Marker};
pub use leak::Leak;
pub use reading::read;
pub use trace::{Trace, Tracer, Verdict, WRONG_ACCUSATION};
pub use wording::{Language, Segment, Wording, WordingError};
