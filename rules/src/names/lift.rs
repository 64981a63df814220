//! Paths as the module around the code would write them, without what only a block knows.

use syn::Path;

use super::Names;
use super::resolve::LONGEST_CHAIN;
use crate::syntax::plain_name;

impl Names<'_> {
    /// The names of a path as the module that the code stands in would write it; a `::` in front is an empty name. `None`
    /// if it leads to a variable or to what a block declares, or if a block may import what cannot be told from here.
    pub(crate) fn in_module(&self, path: &Path) -> Option<Vec<String>> {
        let mut names: Vec<String> = path.segments.iter().map(|segment| plain_name(&segment.ident)).collect();
        if path.leading_colon.is_some() {
            names.insert(0, String::new());
            return Some(names);
        }
        if names.len() == 1 && self.scope.get(&names[0]).is_some() {
            return None;
        }
        for block in self.modules.iter().rev().take_while(|layer| layer.is_block) {
            let block = &block.module;
            let mut chain = LONGEST_CHAIN;
            while let Some(import) = block.imports.get(names.first()?) {
                let is_of_outside = import.first() == names.first();
                if chain == 0 || block.uncertain.contains(&names[0]) {
                    return None;
                }
                names.splice(..1, import.iter().cloned());
                if is_of_outside {
                    break;
                }
                chain -= 1;
            }
            if matches!(names.first()?.as_str(), "crate" | "self" | "super") {
                return Some(names);
            }
            if block.items.contains(&names[0]) || !block.globs.is_empty() {
                return None;
            }
        }
        Some(names)
    }
}
