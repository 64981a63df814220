//! Entries of the registry as a tree.

use std::collections::BTreeMap;
use std::fmt;

use super::info::{TaskInfo, TaskState};

/// Tasks and scopes at one moment, to be printed: parents before their children, brothers and sisters in the order in
/// which they began.
///
/// Each line is a [`TaskInfo`]. An entry whose parent has ended stands at the left, with a word about that.
#[derive(Clone, Debug, Default)]
pub struct TaskTree {
    entries: Vec<TaskInfo>,
}

impl TaskTree {
    /// What is in it, the oldest first.
    #[must_use]
    pub fn entries(&self) -> &[TaskInfo] {
        &self.entries
    }

    /// How many there are, such as "3 tasks and 1 scope".
    pub(crate) fn count(&self) -> String {
        let scopes = self.entries.iter().filter(|entry| entry.state() == TaskState::Scope).count();
        let number = |count: usize, of: &str| format!("{count} {of}{}", if count == 1 { "" } else { "s" });
        format!("{} and {}", number(self.entries.len() - scopes, "task"), number(scopes, "scope"))
    }
}

/// Only some of the entries, such as those of one name.
impl FromIterator<TaskInfo> for TaskTree {
    fn from_iter<I: IntoIterator<Item = TaskInfo>>(entries: I) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.sort_by_key(TaskInfo::id);
        Self { entries }
    }
}

/// One that is to be printed, with what stands to the left of it.
struct Branch<'a> {
    entry: &'a TaskInfo,
    indent: String,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    Between,
    Last,
}

impl<'a> Branch<'a> {
    fn of(entry: &'a TaskInfo, parent: &Self, is_last: bool) -> Self {
        let indent = match parent.place {
            Place::Top => String::new(),
            Place::Between => format!("{}│  ", parent.indent),
            Place::Last => format!("{}   ", parent.indent),
        };
        Self { entry, indent, place: if is_last { Place::Last } else { Place::Between } }
    }
}

impl fmt::Display for Branch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fork = match self.place {
            Place::Top => "",
            Place::Between => "├─ ",
            Place::Last => "└─ ",
        };
        write!(f, "{}{fork}{}", self.indent, self.entry)?;
        if self.place == Place::Top && self.entry.parent().is_some() {
            f.write_str(", its parent has ended")?;
        }
        Ok(())
    }
}

/// A line for each entry, without a line break at the end.
impl fmt::Display for TaskTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut children: BTreeMap<u64, Vec<&TaskInfo>> =
            self.entries.iter().map(|entry| (entry.id(), Vec::new())).collect();
        let mut top = Vec::new();
        for entry in &self.entries {
            let siblings = entry.parent().and_then(|parent| children.get_mut(&parent));
            siblings.unwrap_or(&mut top).push(entry);
        }
        // The next one at the end. Scopes may be nested deeper than a stack is.
        let at_top = |entry| Branch { entry, indent: String::new(), place: Place::Top };
        let mut open: Vec<_> = top.into_iter().rev().map(at_top).collect();
        let mut first = true;
        while let Some(branch) = open.pop() {
            if !std::mem::take(&mut first) {
                f.write_str("\n")?;
            }
            write!(f, "{branch}")?;
            let below = children.remove(&branch.entry.id()).unwrap_or_default();
            let last = below.len().wrapping_sub(1);
            let below = below.into_iter().enumerate().rev();
            open.extend(below.map(|(at, entry)| Branch::of(entry, &branch, at == last)));
        }
        Ok(())
    }
}
