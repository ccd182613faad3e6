//! A look at a customer file before anything is screened: what its columns mean, what its rows hold, what is wrong in it.

use anyhow::Result;
use documents::Problem;
use intake::customers::Understood;
use screening::{Coverage, Customer};
use watchlist::Phrase;
use web::{Look, Remarks, Sample};

use crate::arguments::CustomerFile;
use crate::customers;
use crate::masking::masked;
use crate::problems::Tally;

/// Customers that are shown, masked.
pub(crate) const SAMPLE: usize = 5;

/// What was understood of a file.
pub(crate) struct Looked {
    pub(crate) understood: Understood,
    pub(crate) coverage: Coverage,
    /// The first customers.
    pub(crate) sample: Vec<Customer>,
    pub(crate) problems: Tally,
    /// Rows that could not be read.
    pub(crate) lost: u64,
    /// Whether reading ended before the file did.
    pub(crate) is_beginning: bool,
}

/// Reads a file, or as many of its customers.
///
/// # Errors
/// If it cannot be read at all, or a column that was named is not there.
pub(crate) fn look(typed: &CustomerFile, most: u64) -> Result<Looked> {
    let mut file = customers::open(typed)?;
    let understood = file.understood().clone();
    let (mut coverage, mut sample, mut is_beginning) = (Coverage::default(), Vec::new(), false);
    for customer in (&mut file).flatten() {
        if coverage.customers == most {
            is_beginning = true;
            break;
        }
        coverage.add(&customer);
        if sample.len() < SAMPLE {
            sample.push(customer);
        }
    }
    let mut problems = Tally::default();
    problems.add_file(&typed.file, file.problems());
    let lost = file.problems().lost();
    Ok(Looked { understood, coverage, sample, problems, lost, is_beginning })
}

impl Looked {
    /// Format, encoding, delimiter and sheet, as far as the file has them.
    pub(crate) fn form(&self) -> Vec<Phrase> {
        let about = &self.understood.about;
        let others = [
            about.encoding.map(str::to_owned),
            about.delimiter.map(|sign| format!("{sign:?}")),
            about.sheet.clone(),
        ];
        let kind = about.kind.title().clone();
        std::iter::once(kind).chain(others.into_iter().flatten().map(Phrase::same)).collect()
    }

    /// For the desk: the first of what is wrong, in the order of the file.
    pub(crate) fn for_the_desk(self, shown: usize) -> Look {
        let form = self.form();
        let coverage = &self.coverage;
        let remarks: Vec<Problem> = self.problems.listed().iter().take(shown).cloned().collect();
        Look {
            form,
            profile: self.understood.profile.name().to_owned(),
            customers: coverage.customers,
            coverage: vec![
                ("name", coverage.name),
                ("email", coverage.email),
                ("phone", coverage.phone),
                ("domain", coverage.domain),
                ("address", coverage.address),
                ("ip", coverage.ip),
                ("register_number", coverage.register_number),
            ],
            read: self
                .understood
                .read
                .iter()
                .map(|(head, field)| (head.clone(), field.name().into()))
                .collect(),
            left_out: self.understood.left_out,
            not_known: self.understood.ignored,
            notes: self.understood.notes.iter().map(intake::customers::Note::phrase).collect(),
            is_beginning: self.is_beginning,
            sample: self.sample.iter().map(sample).collect(),
            remarks: Remarks { shown: remarks, total: self.problems.total() },
        }
    }
}

/// Enough to see that each value went to the right place, and too little to know anybody by.
fn sample(customer: &Customer) -> Sample {
    Sample { id: customer.id.clone(), row: customer.row, values: masked_values(customer) }
}

/// What each value of a customer is, and its shape.
pub(crate) fn masked_values(customer: &Customer) -> Vec<(Phrase, String)> {
    let names = customer
        .names
        .iter()
        .map(|name| (Phrase::same(format!("{:?}", name.kind).to_lowercase()), masked(&name.text)));
    let identifiers =
        customer.identifiers.iter().map(|one| (Phrase::same(one.kind.wire_name()), masked(&one.value)));
    let address = Phrase::new("address", "adres");
    let addresses = customer.addresses.iter().map(|one| (address.clone(), masked(&one.one_line())));
    names.chain(identifiers).chain(addresses).collect()
}
