//! Circles among the modules of a crate: what uses what, told by `use` lines and by paths that begin with `crate::` or `super::`.
//! A module that uses the one it lies in is no circle: it shares that one's types.

use super::{code, files};
use std::collections::{BTreeMap, BTreeSet};

/// The path of a module: `["check", "frame"]`; empty for the root of the crate.
type Module = Vec<String>;

/// The modules of a crate, each with those that it uses.
struct Crate {
    code: BTreeMap<Module, String>,
    /// What a module hands on from another: name and where it is from.
    handed_on: BTreeMap<Module, BTreeMap<String, Module>>,
}

/// The circles among the modules of a crate, each as its modules in order.
pub(crate) fn circles(folder: &str) -> Vec<Vec<String>> {
    let this = Crate::read(folder);
    let uses: BTreeMap<&Module, BTreeSet<Module>> =
        this.code.iter().map(|(module, code)| (module, this.uses(module, code))).collect();
    let reach = |from: &Module| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(module) = open.pop() {
            open.extend(uses[module].iter().filter(|next| seen.insert(Module::clone(next))));
        }
        seen
    };
    let reached: BTreeMap<&Module, BTreeSet<Module>> = uses.keys().map(|module| (*module, reach(module))).collect();
    let mut out = BTreeSet::new();
    for (module, all) in &reached {
        let circle: Vec<String> =
            all.iter().filter(|other| reached[other].contains(*module)).map(|other| other.join("::")).collect();
        if circle.len() > 1 {
            out.insert(circle);
        }
    }
    out.into_iter().collect()
}

impl Crate {
    fn read(folder: &str) -> Crate {
        let mut modules = BTreeMap::new();
        for (name, text) in files(folder) {
            let mut path: Module = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            path.pop_if(|last| matches!(last.as_str(), "mod" | "lib" | "main"));
            if path.last().is_none_or(|last| last != "tests") {
                modules.insert(path, code(&text));
            }
        }
        let mut this = Crate { code: modules, handed_on: BTreeMap::new() };
        let mut handed_on: BTreeMap<Module, BTreeMap<String, Module>> = BTreeMap::new();
        for (module, code) in &this.code {
            for path in use_lines(code).into_iter().filter(|(public, _)| *public).flat_map(|(_, tree)| expand(tree)) {
                if let (Some(target), Some(name)) = (this.target(module, &path), path.last()) {
                    handed_on.entry(module.clone()).or_default().insert(name.clone(), target);
                }
            }
        }
        this.handed_on = handed_on;
        this
    }

    /// The modules that a module uses, but for itself and those that it lies in.
    fn uses(&self, module: &Module, code: &str) -> BTreeSet<Module> {
        let mut paths: Vec<Vec<String>> =
            use_lines(code).into_iter().filter(|(public, _)| !public).flat_map(|(_, tree)| expand(tree)).collect();
        let part = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':'));
        let inline = code.split(part).filter(|path| path.contains("::"));
        paths.extend(inline.map(|path| path.split("::").map(str::to_owned).collect()));
        let targets = paths.iter().filter_map(|path| self.target(module, path));
        targets.filter(|target| !module.starts_with(target)).collect()
    }

    /// The module that a path names or takes something from.
    fn target(&self, module: &Module, path: &[String]) -> Option<Module> {
        let mut rest = path;
        let mut at: Module = match path.first()?.as_str() {
            "crate" => Module::new(),
            "self" | "super" => module.clone(),
            first => Some(module).filter(|_| self.is_below(module, first))?.clone(),
        };
        while let [first, more @ ..] = rest
            && matches!(first.as_str(), "crate" | "self" | "super")
        {
            if first == "super" {
                at.pop()?;
            }
            rest = more;
        }
        while let [first, more @ ..] = rest
            && self.is_below(&at, first)
        {
            at.push(first.clone());
            rest = more;
        }
        // What it hands on is another module's.
        while let Some(from) =
            rest.first().and_then(|name| self.handed_on.get(&at)?.get(name)).filter(|from| **from != at)
        {
            at.clone_from(from);
        }
        Some(at)
    }

    fn is_below(&self, module: &[String], name: &str) -> bool {
        self.code.contains_key(&[module, &[name.to_owned()]].concat())
    }
}

/// The trees of the `use` lines of some code, and whether they are public.
fn use_lines(code: &str) -> Vec<(bool, &str)> {
    let mut out = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let before = code[..at].rsplit('\n').next().unwrap_or_default().trim();
        if before.is_empty() || before.starts_with("pub") {
            out.push((before.starts_with("pub"), code[at + 4..].split(';').next().unwrap_or_default()));
        }
    }
    out
}

/// The paths of a tree: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn expand(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim();
    let Some((head, inner)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return vec![path.split("::").map(|part| part.trim().to_owned()).collect()];
    };
    let head: Vec<String> =
        head.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    let inner = inner.rsplit_once('}').map_or(inner, |(inner, _)| inner);
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[from..]);
    let filled = parts.into_iter().filter(|part| !part.trim().is_empty());
    filled.flat_map(expand).map(|path| [head.clone(), path].concat()).collect()
}

#[test]
fn use_trees_are_read() {
    let paths = |tree| expand(tree).iter().map(|path| path.join("::")).collect::<Vec<_>>();
    assert_eq!(
        paths("super::a::{self, B, c::{D, E as F}}"),
        ["super::a::self", "super::a::B", "super::a::c::D", "super::a::c::E"]
    );
    assert_eq!(paths("crate::span::Span"), ["crate::span::Span"]);
}
