//! Organisations, persons, roles and networks that objects of the hoster's space refer to.

use jiff::civil::Date;

use super::attribute::{Attribute, Class};
use super::dummy::{self, Mailbox};
use super::holding::{created, handles};
use super::object::Object;

/// What matching needs of an organisation, a person or a role. Notes and remarks have no place here.
pub(super) struct Contact {
    pub(super) class: Class,
    pub(super) name: Option<String>,
    pub(super) country: Option<String>,
    /// Address lines, joined with commas.
    pub(super) address: Option<String>,
    pub(super) phones: Vec<String>,
    pub(super) mailboxes: Vec<String>,
    pub(super) abuse_mailboxes: Vec<String>,
    /// Of mailboxes whose name was taken out.
    pub(super) mail_domains: Vec<String>,
    pub(super) register_number: Option<String>,
    /// The role that takes reports of abuse.
    pub(super) abuse_c: Option<String>,
    pub(super) maintainers: Vec<String>,
    pub(super) created: Option<Date>,
}

impl Contact {
    pub(super) fn of(object: &Object) -> Self {
        let name = if object.class == Class::Organisation { Attribute::OrgName } else { Attribute::Key };
        let text = |attribute| object.first(attribute).and_then(dummy::text).map(|text| text.into_owned());
        let lines: Vec<_> = object.all(Attribute::Address).filter_map(dummy::text).collect();
        let (mut mailboxes, mut abuse_mailboxes, mut mail_domains) = (Vec::new(), Vec::new(), Vec::new());
        for (attribute, whole) in
            [(Attribute::Email, &mut mailboxes), (Attribute::AbuseMailbox, &mut abuse_mailboxes)]
        {
            for value in object.all(attribute) {
                match dummy::mailbox(value) {
                    Some(Mailbox::Whole(mailbox)) => whole.push(mailbox.to_owned()),
                    Some(Mailbox::DomainOf(domain)) => mail_domains.push(domain.to_owned()),
                    None => {}
                }
            }
        }
        Self {
            class: object.class,
            name: text(name),
            country: object.first(Attribute::Country).map(str::to_owned),
            address: (!lines.is_empty()).then(|| lines.join(", ")),
            phones: object.all(Attribute::Phone).filter_map(dummy::phone).map(str::to_owned).collect(),
            mailboxes,
            abuse_mailboxes,
            mail_domains,
            register_number: text(Attribute::RegisterNumber),
            abuse_c: object.first(Attribute::AbuseC).and_then(dummy::handle),
            maintainers: handles(object, Attribute::Maintainer),
            created: created(object),
        }
    }

    /// The handle by which others refer to the object.
    pub(super) fn handle(object: &Object) -> Option<String> {
        match object.class {
            Class::Organisation => dummy::handle(object.key()),
            _ => object.first(Attribute::NicHdl).and_then(dummy::handle),
        }
    }
}

/// An `aut-num`.
pub(super) struct Network {
    pub(super) as_name: Option<String>,
    pub(super) org: Option<String>,
    pub(super) maintainers: Vec<String>,
    pub(super) created: Option<Date>,
}

impl Network {
    pub(super) fn of(object: &Object) -> Self {
        Self {
            as_name: object.first(Attribute::AsName).and_then(dummy::text).map(|text| text.into_owned()),
            org: object.first(Attribute::Org).and_then(dummy::handle),
            maintainers: handles(object, Attribute::Maintainer),
            created: created(object),
        }
    }
}
