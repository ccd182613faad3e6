//! The passes over the files, and what they keep.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::attribute::{Attribute, Class, Classes};
use super::contacts::{Contact, Network};
use super::holders::{self, Holder};
use super::holding::{Announcement, Holding, ReverseZone, Standing};
use super::nesting::Nesting;
use super::object::{self, Found, Object};
use super::own::{self, Own};
use super::source::{self, Source};
use super::span::{Space, Span};
use crate::{OpenError, OpenProblem, ProblemKind, Problems, RowProblem};
use watchlist::Phrase;

/// What a folder or file without any object is.
static OTHER: Phrase = Phrase::new("something else than a registry dump", "iets anders dan een registerdump");

/// What a registry knows of the hoster's own address space.
#[derive(Default)]
pub struct Registry {
    pub(super) holdings: Vec<Holding>,
    pub(super) routes: Vec<Announcement>,
    pub(super) zones: Vec<ReverseZone>,
    pub(super) contacts: FxHashMap<String, Contact>,
    pub(super) networks: FxHashMap<u32, Network>,
    /// Maintainers, organisations and contacts of the hoster itself: named, and learned from its allocations.
    pub(super) own_handles: FxHashSet<String>,
    pub(super) own_origins: FxHashSet<u32>,
    pub(super) holders: Vec<Holder>,
    /// The sub-assignments, the routes and the zones by their ranges.
    pub(super) assigned: Nesting,
    pub(super) routed: Nesting,
    pub(super) zoned: Nesting,
    /// The sub-assignments that a handle holds, maintains or is a contact of.
    pub(super) by_handle: FxHashMap<String, Vec<u32>>,
    pub(super) by_origin: FxHashMap<u32, Vec<Span>>,
    files: Vec<Read>,
    objects: u64,
}

/// A file and what was seen of it in the first pass.
struct Read {
    path: PathBuf,
    source: Source,
    classes: Classes,
    /// Lines of all files before it.
    lines_before: u64,
    problems: Problems,
}

/// Reads a file, or every file of a folder, and keeps what lies in the hoster's own space.
pub fn open(path: &Path, own: &Own) -> Result<Registry, OpenError> {
    let files = source::files(path)?.into_iter().map(|path| (path.clone(), Source::File(path)));
    gather(files.collect(), own).ok_or_else(|| OpenError::at(path, OpenProblem::NotATable(&OTHER)))
}

/// The same from memory; names are for messages. `None` where nothing is an object of a registry.
pub fn from_bytes(files: &[(&str, &[u8])], own: &Own) -> Option<Registry> {
    let files = files.iter().map(|(name, bytes)| (PathBuf::from(name), Source::Memory(Arc::from(*bytes))));
    gather(files.collect(), own)
}

impl Registry {
    /// Holders of sub-assignments: the number of customers.
    pub fn len(&self) -> usize {
        self.holders.len()
    }

    pub fn is_empty(&self) -> bool {
        self.holders.is_empty()
    }

    /// Objects of the classes that are known, in all files.
    pub fn objects(&self) -> u64 {
        self.objects
    }

    /// Ranges, routes and reverse zones in the hoster's own space.
    pub fn in_own_space(&self) -> [usize; 3] {
        [self.holdings.len(), self.routes.len(), self.zones.len()]
    }

    /// What was wrong, file by file.
    pub fn problems(&self) -> impl Iterator<Item = (&Path, &Problems)> {
        self.files.iter().map(|file| (file.path.as_path(), &file.problems))
    }

    /// The files in the order in which they were read.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|file| file.path.as_path())
    }

    pub(super) fn is_own(&self, handle: &str) -> bool {
        self.own_handles.contains(handle)
    }
}

/// Shows counts only.
impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Registry({} ranges, {} holders)", self.holdings.len(), self.holders.len())
    }
}

fn gather(files: Vec<(PathBuf, Source)>, own: &Own) -> Option<Registry> {
    let start = |(path, source)| Read {
        path,
        source,
        classes: Classes::default(),
        lines_before: 0,
        problems: Problems::default(),
    };
    let mut registry = Registry { files: files.into_iter().map(start).collect(), ..Registry::default() };
    registry.own_handles = own.handles.clone();
    registry.own_origins = own.origins.clone();
    let space = registry.find_space(own);
    if registry.objects == 0 {
        return None;
    }
    registry.find_holdings(&space, own);
    registry.find_contacts();
    registry.settle();
    Some(registry)
}

const RANGES: [Class; 4] = [Class::Inetnum, Class::Inet6num, Class::Route, Class::Route6];

impl Registry {
    /// First pass: which address space is the hoster's. It also judges every line, so that each problem is told once.
    fn find_space(&mut self, own: &Own) -> Space {
        let (mut spans, mut objects, mut lines) = (own.spans.clone(), 0, 0);
        let wanted = if own.handles.is_empty() && own.origins.is_empty() { &[][..] } else { &RANGES };
        for file in &mut self.files {
            file.lines_before = lines;
            let Read { classes, problems, .. } = file;
            let read = pass(&file.source, Classes::of(wanted), &mut |found| match found {
                Found::Class(class) => {
                    classes.add(class);
                    objects += 1;
                }
                Found::Object(object) => spans.extend(own_span(object, own)),
                // Told by the pass that reads the object.
                Found::Problem(problem) => keep_if_whole_file(problems, &problem),
            });
            lines += read;
        }
        self.objects = objects;
        Space::of(spans)
    }

    /// Second pass: everything in that space.
    fn find_holdings(&mut self, space: &Space, own: &Own) {
        let wanted = [&RANGES[..], &[Class::Domain]].concat();
        let mut found_here = Self::default();
        for file in self.files.iter_mut() {
            let (before, problems) = (file.lines_before, &mut file.problems);
            if !file.classes.meets(Classes::of(&wanted)) {
                continue;
            }
            pass(&file.source, Classes::of(&wanted), &mut |found| match found {
                Found::Class(_) => {}
                Found::Problem(problem) => add_unless_whole_file(problems, &problem),
                Found::Object(object) => {
                    if let Err(problem) = found_here.keep(object, before + object.line, space, own) {
                        problems.add(&problem);
                    }
                }
            });
        }
        self.holdings = found_here.holdings;
        self.routes = found_here.routes;
        self.zones = found_here.zones;
        self.own_handles.extend(found_here.own_handles);
    }

    fn keep(&mut self, object: &Object, row: u64, space: &Space, own: &Own) -> Result<(), RowProblem> {
        let unread = || {
            let problem = RowProblem::new(object.line, ProblemKind::BrokenObject);
            problem.with_found("its range cannot be read").in_column(object.class.name())
        };
        if object.class == Class::Domain {
            self.zones.extend(ReverseZone::of(object, row).filter(|zone| space.contains(&zone.span)));
            return Ok(());
        }
        let span: Span = object.key().parse().map_err(|()| unread())?;
        if matches!(object.class, Class::Route | Class::Route6) {
            if space.contains(&span) {
                self.routes.push(Announcement::of(object, span, row).ok_or_else(unread)?);
            }
            return Ok(());
        }
        if !space.overlaps(&span) && !object.handles(Attribute::Maintainer).any(|one| is_named(own, one)) {
            return Ok(());
        }
        let holding = Holding::of(object, span, row);
        if holding.standing == Standing::Allocation {
            self.own_handles.extend(holding.owners().chain(&holding.contacts).cloned());
        }
        let by_own = holding.maintainers.iter().any(|one| own.handles.contains(one));
        if space.contains(&span) || by_own {
            self.holdings.push(holding);
        }
        Ok(())
    }

    /// Third and fourth pass: whom these objects refer to, and the abuse contacts of those.
    fn find_contacts(&mut self) {
        let mut wanted: FxHashSet<String> = FxHashSet::default();
        for holding in &self.holdings {
            wanted.extend(holding.org.iter().chain(&holding.contacts).cloned());
        }
        wanted.extend(self.zones.iter().flat_map(|zone| zone.contacts.iter().cloned()));
        let origins: FxHashSet<u32> = self.routes.iter().map(|route| route.origin).collect();
        self.read_contacts(&wanted, &origins, true);
        let named = self.contacts.values().filter_map(|contact| contact.abuse_c.clone());
        let orgs = self.networks.values().filter_map(|network| network.org.clone());
        let more: FxHashSet<String> =
            named.chain(orgs).filter(|handle| !self.contacts.contains_key(handle)).collect();
        if !more.is_empty() {
            self.read_contacts(&more, &FxHashSet::default(), false);
        }
    }

    fn read_contacts(&mut self, wanted: &FxHashSet<String>, origins: &FxHashSet<u32>, first: bool) {
        let mut classes = Classes::of(&[Class::Organisation, Class::Person, Class::Role]);
        if first {
            classes.add(Class::AutNum);
        }
        let (contacts, networks) = (&mut self.contacts, &mut self.networks);
        for file in self.files.iter_mut().filter(|file| file.classes.meets(classes)) {
            let problems = &mut file.problems;
            pass(&file.source, classes, &mut |found| match found {
                Found::Class(_) => {}
                Found::Problem(problem) if first => add_unless_whole_file(problems, &problem),
                Found::Problem(_) => {}
                Found::Object(object) if object.class == Class::AutNum => {
                    if let Some(number) = own::origin(object.key()).filter(|number| origins.contains(number))
                    {
                        networks.entry(number).or_insert_with(|| Network::of(object));
                    }
                }
                Found::Object(object) => {
                    if let Some(handle) = Contact::handle(object).filter(|handle| wanted.contains(handle)) {
                        contacts.entry(handle).or_insert_with(|| Contact::of(object));
                    }
                }
            });
        }
    }

    /// What the questions afterwards need: contacts of the hoster itself, holders, and what lies in what.
    fn settle(&mut self) {
        let own = |handle: &String| self.own_handles.contains(handle);
        let learned: Vec<String> = self
            .contacts
            .iter()
            .filter(|(handle, _)| own(handle))
            .filter_map(|(_, one)| one.abuse_c.clone())
            .collect();
        self.own_handles.extend(learned);
        self.holdings.sort_by_key(|one| (one.span, one.row));
        self.holders = holders::find(self);
        let sub = self.holdings.iter().zip(0..).filter(|(one, _)| self.is_sub_assignment(one));
        self.assigned = Nesting::of(sub.map(|(one, place)| (one.span, place)));
        self.by_handle = self.handles_of_others();
        for route in &self.routes {
            self.by_origin.entry(route.origin).or_default().push(route.span);
        }
        self.routed = Nesting::of(self.routes.iter().zip(0..).map(|(one, place)| (one.span, place)));
        self.zoned = Nesting::of(self.zones.iter().zip(0..).map(|(one, place)| (one.span, place)));
    }

    /// The sub-assignments by every handle that stands at them and is not the hoster's own.
    fn handles_of_others(&self) -> FxHashMap<String, Vec<u32>> {
        let mut by_handle: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (holding, place) in self.holdings.iter().zip(0..).filter(|(one, _)| self.is_sub_assignment(one)) {
            let handles = holding.org.iter().chain(&holding.maintainers).chain(&holding.contacts);
            for handle in handles.filter(|handle| !self.is_own(handle)) {
                by_handle.entry(handle.clone()).or_default().push(place);
            }
        }
        by_handle
    }

    /// Whether the hoster registered the range for somebody else.
    pub(super) fn is_sub_assignment(&self, holding: &Holding) -> bool {
        holding.standing == Standing::SubAssignment
            && !holding.org.as_deref().is_some_and(|org| self.is_own(org))
    }
}

fn is_named(own: &Own, handle: &str) -> bool {
    !own.handles.is_empty() && own.handles.contains(&handle.to_ascii_uppercase())
}

/// The range of an object that shows whose it is: an allocation by its organisation or maintainer, a route by its origin.
fn own_span(object: &Object, own: &Own) -> Option<Span> {
    let span: Span = object.key().parse().ok()?;
    if matches!(object.class, Class::Route | Class::Route6) {
        let origin = object.first(Attribute::Origin).and_then(own::origin)?;
        return own.origins.contains(&origin).then_some(span);
    }
    let holding = Holding::of(object, span, 0);
    let is_own =
        holding.standing == Standing::Allocation && holding.owners().any(|one| own.handles.contains(one));
    is_own.then_some(span)
}

/// What does not depend on which classes a pass reads is told by the first one.
const fn is_of_whole_file(kind: ProblemKind) -> bool {
    matches!(kind, ProblemKind::BrokenObject | ProblemKind::ReadFailed)
}

fn keep_if_whole_file(problems: &mut Problems, problem: &RowProblem) {
    if is_of_whole_file(problem.kind) {
        problems.add(problem);
    }
}

fn add_unless_whole_file(problems: &mut Problems, problem: &RowProblem) {
    if !is_of_whole_file(problem.kind) {
        problems.add(problem);
    }
}

/// One pass over a file. Gives the number of its lines.
fn pass(source: &Source, wanted: Classes, on: &mut dyn FnMut(Found<'_>)) -> u64 {
    match source.open() {
        Ok(reader) => object::each(reader, wanted, on),
        Err(_) => {
            on(Found::Problem(RowProblem::new(1, ProblemKind::ReadFailed)));
            0
        }
    }
}
