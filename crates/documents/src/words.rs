//! The reader's words for the values of the core types.

use std::borrow::Cow;

use matching::{Class, Feature, Reason, Remark};
use watchlist::Nature;

use crate::report::{Origin, Report};
use crate::visible::{short, visible};
use crate::{Language, Texts, numbers};

pub(crate) fn class(class: Class, texts: &Texts) -> Cow<'_, str> {
    texts.get(match class {
        Class::Strong => "class-strong",
        Class::Probable => "class-probable",
        Class::Weak => "class-weak",
        Class::None => "class-none",
    })
}

/// What a class means for the reader.
pub(crate) fn class_meaning(class: Class, texts: &Texts) -> Cow<'_, str> {
    texts.get(match class {
        Class::Strong => "class-strong-meaning",
        Class::Probable => "class-probable-meaning",
        Class::Weak | Class::None => "class-weak-meaning",
    })
}

pub(crate) fn nature(nature: Nature, texts: &Texts) -> Cow<'_, str> {
    texts.get(match nature {
        Nature::Advisory => "nature-advisory",
        Nature::Binding => "nature-binding",
        Nature::Internal => "nature-internal",
        Nature::Foreign => "nature-foreign",
        Nature::Reputation => "nature-reputation",
    })
}

/// What a hit on a list of this nature asks for.
pub(crate) fn nature_meaning(nature: Nature, texts: &Texts) -> Cow<'_, str> {
    texts.get(match nature {
        Nature::Advisory => "nature-advisory-meaning",
        Nature::Binding => "nature-binding-meaning",
        Nature::Internal => "nature-internal-meaning",
        Nature::Foreign => "nature-foreign-meaning",
        Nature::Reputation => "nature-reputation-meaning",
    })
}

pub(crate) fn origin(origin: Origin, texts: &Texts) -> Cow<'_, str> {
    texts.get(match origin {
        Origin::Verified => "origin-verified",
        Origin::Unverified => "origin-unverified",
    })
}

/// What the exit code of the run says.
pub(crate) fn exit_code(code: u8, texts: &Texts) -> Cow<'_, str> {
    texts.get(match code {
        0 => "exit-0",
        1 => "exit-1",
        _ => "exit-2",
    })
}

/// The explanation of a feature. One that the table does not have is shown by its name.
pub(crate) fn feature<'a>(name: &'a str, table: &[Feature], language: Language) -> Cow<'a, str> {
    match table.iter().find(|feature| feature.name == name) {
        Some(feature) => Cow::Borrowed(match language {
            Language::En => feature.en,
            Language::Nl => feature.nl,
        }),
        None => Cow::Owned(name.replace('_', " ")),
    }
}

pub(crate) fn remark(remark: Remark, texts: &Texts, language: Language) -> String {
    match remark {
        Remark::Ended(day) => texts.with("remark-ended", &[("date", numbers::date(day, language).into())]),
        Remark::NotYet(day) => texts.with("remark-not-yet", &[("date", numbers::date(day, language).into())]),
        Remark::Unchecked => texts.get("remark-unchecked").into_owned(),
    }
}

/// What linked customers share with the hit one. A word that is not known here is shown as it is.
pub(crate) fn shared<'a>(word: &'a str, texts: &'a Texts) -> Cow<'a, str> {
    let key = match word {
        "phone" => "shared-phone",
        "email" => "shared-email",
        "address" => "shared-address",
        "wallet" => "shared-wallet",
        "domain" => "shared-domain",
        "ip" | "ip_range" => "shared-ip",
        "register_number" => "shared-register-number",
        "vat_number" => "shared-vat-number",
        "name" => "shared-name",
        other => return Cow::Owned(other.replace('_', " ")),
    };
    texts.get(key)
}

/// What a customer lacks who cannot be excluded.
pub(crate) fn missing<'a>(word: &'a str, texts: &'a Texts) -> Cow<'a, str> {
    let key = match word {
        "no_name" => "missing-no-name",
        "name_only" => "missing-name-only",
        "nothing" => "missing-nothing",
        other => return Cow::Owned(other.replace('_', " ")),
    };
    texts.get(key)
}

/// How both values of a reason stand to each other, as one sign.
pub(crate) fn relation(reason: &Reason) -> &'static str {
    match reason {
        _ if reason.weight < 0.0 => "≠",
        _ if reason.customer.clean == reason.entry.clean => "=",
        _ => "≈",
    }
}

/// The coverage figures in the order in which they are shown: what, and how many customers have it.
pub(crate) fn coverage<'a>(report: &Report<'_>, texts: &'a Texts) -> Vec<(Cow<'a, str>, u64)> {
    let coverage = report.coverage;
    vec![
        (texts.get("coverage-name"), coverage.name),
        (texts.get("coverage-email"), coverage.email),
        (texts.get("coverage-phone"), coverage.phone),
        (texts.get("coverage-domain"), coverage.domain),
        (texts.get("coverage-address"), coverage.address),
        (texts.get("coverage-ip"), coverage.ip),
        (texts.get("coverage-register-number"), coverage.register_number),
    ]
}

/// What the reader can do now, most urgent first.
pub(crate) fn next_steps(report: &Report<'_>, texts: &Texts) -> Vec<String> {
    let counts = report.manifest.counts;
    let binding =
        report.hits.iter().any(|hit| report.list_of(hit).is_some_and(|list| list.nature == Nature::Binding));
    let mut steps = Vec::new();
    let mut step = |wanted: bool, text: Cow<'_, str>| {
        if wanted {
            steps.push(text.into_owned());
        }
    };
    step(binding, texts.get("next-binding"));
    step(counts.total() > 0, texts.get("next-review"));
    step(counts.total() > 0, texts.get("next-decide"));
    step(report.cannot_tell.total > 0, texts.number("next-cannot-tell", report.cannot_tell.total).into());
    step(report.problems.total > 0, texts.number("next-problems", report.problems.total).into());
    let expired = report.manifest.lists.iter().filter(|list| list.expired_on(report.day())).count();
    step(expired > 0, texts.number("next-expired", expired as u64).into());
    step(counts.total() == 0, texts.get("next-repeat"));
    step(true, texts.get("next-keep"));
    steps
}

/// The settings and stamps of the run as name and value, for every format that shows them as two columns.
pub(crate) fn manifest<'a>(report: &Report<'_>, texts: &'a Texts) -> Vec<(Cow<'a, str>, String)> {
    let (manifest, language) = (report.manifest, report.language);
    let count = |number| numbers::count(number, language);
    let file = &manifest.customers_file;
    let mut rows = vec![
        (texts.get("manifest-program"), format!("Havenmeester {}", visible(&manifest.program_version))),
        (
            texts.get("manifest-started"),
            visible(&numbers::moment(&manifest.started_at, language)).into_owned(),
        ),
        (
            texts.get("manifest-finished"),
            visible(&numbers::moment(&manifest.finished_at, language)).into_owned(),
        ),
        (
            texts.get("manifest-duration"),
            texts.with("seconds", &[("seconds", numbers::decimal(manifest.seconds, 1, language).into())]),
        ),
        (texts.get("manifest-customers-file"), visible(&file.name).into_owned()),
        (texts.get("manifest-customers-size"), numbers::bytes(file.bytes, language)),
        (texts.get("manifest-customers-rows"), count(file.rows)),
        (texts.get("manifest-customers-left-out"), count(file.left_out)),
        (texts.get("manifest-customers-screened"), count(manifest.customers_screened)),
        (texts.get("manifest-customers-sha256"), visible(&file.sha256).into_owned()),
    ];
    for list in &manifest.lists {
        rows.push((texts.get("manifest-list"), visible(&list.title).into_owned()));
        rows.push((texts.get("manifest-list-file"), visible(&list.file_name).into_owned()));
        rows.push((texts.get("manifest-list-sha256"), visible(&list.sha256).into_owned()));
    }
    for (name, value) in &manifest.settings {
        let label = texts.with("manifest-setting", &[("name", short(name, 60).into_owned().into())]);
        rows.push((label.into(), visible(value).into_owned()));
    }
    rows.extend([
        (texts.get("manifest-settings-sha256"), visible(&manifest.settings_sha256).into_owned()),
        (texts.get("manifest-minimum-class"), class(manifest.minimum_class, texts).into_owned()),
        (texts.get("manifest-strong"), count(manifest.counts.strong)),
        (texts.get("manifest-probable"), count(manifest.counts.probable)),
        (texts.get("manifest-weak"), count(manifest.counts.weak)),
        (texts.get("manifest-cannot-tell"), count(report.cannot_tell.total)),
        (texts.get("manifest-problems"), count(report.problems.total)),
        (texts.get("manifest-result-sha256"), visible(&manifest.result_sha256).into_owned()),
        (
            texts.get("manifest-exit"),
            format!("{} ({})", manifest.exit_code, exit_code(manifest.exit_code, texts)),
        ),
    ]);
    rows
}

/// The one sentence that says what came out.
pub(crate) fn outcome(report: &Report<'_>, texts: &Texts) -> String {
    texts.with(
        "outcome",
        &[
            ("hits", report.manifest.counts.total().into()),
            ("customers", report.manifest.customers_screened.into()),
        ],
    )
}
