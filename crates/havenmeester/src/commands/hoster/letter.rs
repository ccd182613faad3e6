//! `letter`: what a customer is told, as PDF.

use anyhow::Result;
use operations::hoster::notices;

use crate::arguments::{self, LetterCommand};
use crate::customer_letters::{self, Days};
use crate::desk::{Desk, Places};
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::output;
use crate::settings::Common;

pub(crate) fn run(typed: &LetterCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let today = common.today;
    let (desk, notice, days, out) = match typed {
        LetterCommand::Example => {
            output::to_standard_output(|out| Ok(out.write_all(customer_letters::EXAMPLE.as_bytes())?))?;
            return Ok(Outcome::Nothing);
        }
        LetterCommand::Ask(ask) => {
            let desk = Desk::open(at)?;
            let notice =
                desk.run(async { notices::of_request(&mut desk.store.look().await?, &ask.customer).await });
            (desk, notice, Days::to_answer(today, ask.until)?, &ask.out)
        }
        LetterCommand::Reasons(reasons) => {
            let desk = Desk::open(at)?;
            let notice = desk
                .run(async { notices::of_decision(&mut desk.store.look().await?, &reasons.decision).await });
            let from = reasons.from.unwrap_or(today);
            (desk, notice, Days { dated: today, from, until: reasons.data_until }, &reasons.out)
        }
    };
    let notice = notice.map_err(|error| {
        Failure::new(error.to_string(), error.hint().unwrap_or("look at the message above"))
    })?;
    let pdf = customer_letters::pdf(&Places::new(at)?.home, &notice, days, common.language)?;
    desk.run(notices::printed(&desk.store, &desk.person, &notice, desk.now()))?;
    output::to_file(out, |file| Ok(file.write_all(&pdf)?))?;
    common.output.note(format_args!("written: {}; read it before you send it", out.display()));
    Ok(Outcome::Nothing)
}
