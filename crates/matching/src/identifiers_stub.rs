//! Stands in until identifiers/ compiles. Whoever finishes identifiers/ replaces the line in lib.rs and deletes this file.
use watchlist::{Address, Identifier, Strength, Validity};
use crate::party::{Context, RawParty};
use crate::reason::Reason;
#[derive(Default)]
pub struct CleanIdentifiers { rejected: Vec<Rejected> }
pub struct Rejected;
impl Rejected { pub fn describe(&self, _: &[Identifier], _: &[Address]) -> String { String::new() } }
impl CleanIdentifiers {
    pub fn rejected(&self) -> &[Rejected] { &self.rejected }
    pub fn can_carry(&self) -> bool { false }
}
pub struct Evidence { pub weight: f32, pub strength: Strength }
impl Evidence { pub fn carries(&self) -> bool { true } }
pub fn clean(_: &RawParty<'_>) -> CleanIdentifiers { CleanIdentifiers::default() }
pub fn evidence(_: &CleanIdentifiers, _: Validity, _: &CleanIdentifiers, _: &Context, _: &mut Vec<Evidence>) {}
pub fn reason(_: &Evidence, _: &RawParty<'_>, _: &CleanIdentifiers, _: &RawParty<'_>, _: &CleanIdentifiers) -> Reason {
    Reason { feature: "", weight: 0.0, customer: Default::default(), entry: Default::default(), remark: None }
}
pub struct IdentifierIndex;
impl IdentifierIndex {
    pub fn build<'a>(_: impl Iterator<Item = (u32, &'a CleanIdentifiers)>) -> Self { Self }
    pub fn candidates(&self, _: &CleanIdentifiers, _: &mut Vec<u32>) {}
}
