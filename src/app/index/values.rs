//! What stands in each column of each row, as a number: a text that many rows share is kept once,
//! and a sort, a group or a count of many rows compares numbers. The texts are kept in order as
//! rows arrive, because to sort them all when somebody first asks takes longer than a frame.
//! A filter asks each text once, and each row for its number: so it has its own texts here too.

use std::collections::HashMap;

use memchr::memmem::Finder;

use crate::app::filter::Part;
use crate::app::store::RowId;
use crate::domain::assessment::Assessment;
use crate::domain::finding::Finding;
use crate::domain::verdict::{Lens, Verdict};
use crate::export::column::Column;

/// A text of a column; stays the same as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(u32);

impl ValueId {
    /// Its number, by which side tables are indexed.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    fn of(index: usize) -> Self {
        Self(u32::try_from(index).expect("a column has fewer than four billion texts"))
    }
}

/// Every column of every row.
#[derive(Clone, Debug)]
pub(in crate::app) struct Values {
    columns: [Texts; Column::ALL.len()],
    parts: [Texts; Part::ALL.len()],
    /// The lens that the verdicts' column is seen through.
    lens: Lens,
    /// By lens, then by row number: the verdict.
    verdicts: [Vec<ValueId>; 2],
}

impl Default for Values {
    /// The verdicts are known, in the order of severity: their places are their numbers.
    fn default() -> Self {
        let mut columns: [Texts; Column::ALL.len()] = Default::default();
        let verdicts = &mut columns[Column::Verdict as usize];
        verdicts.order = Verdict::BY_SEVERITY.map(|v| verdicts.add(v.name())).to_vec();
        Self {
            columns,
            parts: Default::default(),
            lens: Lens::default(),
            verdicts: Default::default(),
        }
    }
}

impl Values {
    /// Says what a row's verdict is, through each lens.
    fn judge(&mut self, row: RowId, assessment: &Assessment) {
        for lens in [Lens::Traffic, Lens::D9] {
            let id = verdict_id(assessment.verdict(lens));
            set(&mut self.verdicts[lens as usize], row, id);
            if lens == self.lens {
                self.columns[Column::Verdict as usize].set(row, id);
            }
        }
    }

    /// Has the verdicts seen through a lens; true if it is another one.
    pub(super) fn look_through(&mut self, lens: Lens) -> bool {
        if self.lens == lens {
            return false;
        }
        self.lens = lens;
        self.columns[Column::Verdict as usize].of_row.clone_from(&self.verdicts[lens as usize]);
        true
    }

    /// Says what stands in a row now.
    pub(super) fn put(&mut self, row: RowId, finding: &Finding<'_>) {
        for column in Column::ALL.into_iter().filter(|column| *column != Column::Verdict) {
            self.columns[column as usize].put(row, &column.key(finding));
        }
        for part in Part::ALL {
            let texts = &mut self.parts[part as usize];
            match part {
                Part::Account | Part::Distribution | Part::Origin => {
                    texts.put_next(row, &part.text(finding));
                }
                Part::Aliases | Part::Paths | Part::States => texts.put(row, &part.text(finding)),
            }
        }
        self.judge(row, finding.assessment);
    }

    /// The verdict that a row was said to have.
    pub(super) fn verdict(&self, row: RowId) -> Verdict {
        Verdict::BY_SEVERITY[self.of(Column::Verdict).id(row).index()]
    }

    /// Puts the texts that are new in their places.
    pub(super) fn settle(&mut self) {
        for column in Column::ALL {
            self.columns[column as usize].settle(column);
        }
    }

    /// Counts the places of a column's texts, if texts came since.
    pub(super) fn rank(&mut self, column: Column) {
        self.columns[column as usize].count_places();
    }

    /// The texts of a column.
    pub(in crate::app) fn of(&self, column: Column) -> &Texts {
        &self.columns[column as usize]
    }

    /// The texts that a filter looks at.
    pub(in crate::app) fn part(&self, part: Part) -> &Texts {
        &self.parts[part as usize]
    }
}

fn verdict_id(verdict: Verdict) -> ValueId {
    ValueId(match verdict {
        Verdict::Fail => 0,
        Verdict::Unknown => 1,
        Verdict::Warn => 2,
        Verdict::Pass => 3,
        Verdict::NotApplicable => 4,
    })
}

fn set(of_row: &mut Vec<ValueId>, row: RowId, id: ValueId) {
    if of_row.len() <= row.index() {
        of_row.resize(row.index() + 1, id);
    }
    of_row[row.index()] = id;
}

/// Which letters are in a text, a bit for several each: enough to tell that one is not.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::app) struct Letters(u64);

impl Letters {
    pub(in crate::app) fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |letters, byte| letters | 1 << (byte & 63)))
    }
}

/// One column.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct Texts {
    /// By row number.
    of_row: Vec<ValueId>,
    /// All texts, each with a line feed behind it: to look at all of them is to read on.
    arena: String,
    /// By text: where it ends, line feed and all.
    ends: Vec<usize>,
    /// By text: which letters are in it.
    letters: Vec<Letters>,
    ids: HashMap<Box<str>, ValueId>,
    /// In the column's order, but for those that are new.
    order: Vec<ValueId>,
    /// By text: its place in the order.
    ranks: Vec<u32>,
}

impl Texts {
    /// How many different ones there are.
    pub(in crate::app) fn count(&self) -> usize {
        self.ends.len()
    }

    /// All of them.
    pub(super) fn ids(&self) -> impl Iterator<Item = ValueId> {
        (0..self.count()).map(ValueId::of)
    }

    /// What stands in a row.
    pub(in crate::app) fn id(&self, row: RowId) -> ValueId {
        self.of_row[row.index()]
    }

    /// The text itself.
    pub(in crate::app) fn text(&self, id: ValueId) -> &str {
        let from = id.index().checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.arena[from..self.ends[id.index()] - 1]
    }

    /// False where some of these letters are not in a text, told without a look at it.
    pub(in crate::app) fn may_have(&self, id: ValueId, letters: Letters) -> bool {
        self.letters[id.index()].0 & letters.0 == letters.0
    }

    /// By text: whether it has what is looked for, which holds no line feed. One search over all.
    pub(in crate::app) fn having(&self, sought: &Finder<'_>) -> Vec<bool> {
        let mut having = vec![false; self.count()];
        let (mut from, mut id) = (0, 0);
        let arena = self.arena.as_bytes();
        while from < arena.len()
            && let Some(at) = sought.find(&arena[from..])
        {
            while self.ends[id] <= from + at {
                id += 1;
            }
            having[id] = true;
            from = self.ends[id];
        }
        having
    }

    /// The number of a text; `None` if it stands nowhere.
    pub(super) fn find(&self, text: &str) -> Option<ValueId> {
        self.ids.get(text).copied()
    }

    /// The place of a text among all, after [`Values::rank`].
    pub(super) fn rank(&self, id: ValueId) -> usize {
        self.ranks[id.index()] as usize
    }

    fn put(&mut self, row: RowId, text: &str) {
        let known = self.of_row.get(row.index());
        if known.is_some_and(|id| self.text(*id) == text) {
            return;
        }
        let id = match self.ids.get(text) {
            Some(id) => *id,
            None => self.add(text),
        };
        self.set(row, id);
    }

    /// As [`Self::put`], for texts that rows share with the one that came before, or with none.
    fn put_next(&mut self, row: RowId, text: &str) {
        let known = self.of_row.get(row.index());
        if known.is_some_and(|id| self.text(*id) == text) {
            return;
        }
        let last = self.count().checked_sub(1).map(ValueId::of);
        let id = match last.filter(|last| self.text(*last) == text) {
            Some(last) => last,
            None => self.push(text),
        };
        self.set(row, id);
    }

    fn set(&mut self, row: RowId, id: ValueId) {
        set(&mut self.of_row, row, id);
    }

    fn add(&mut self, text: &str) -> ValueId {
        let id = self.push(text);
        self.ids.insert(text.into(), id);
        id
    }

    fn push(&mut self, text: &str) -> ValueId {
        let id = ValueId::of(self.count());
        self.arena.push_str(text);
        self.arena.push('\n');
        self.ends.push(self.arena.len());
        self.letters.push(Letters::of(text));
        id
    }

    fn settle(&mut self, column: Column) {
        let mut new: Vec<ValueId> = (self.order.len()..self.count()).map(ValueId::of).collect();
        let mut order = std::mem::take(&mut self.order);
        let text = |id: ValueId| self.text(id);
        new.sort_unstable_by(|a, b| column.compare_keys(text(*a), text(*b)));
        super::merge(&mut order, &new, |a, b| column.compare_keys(text(a), text(b)).is_lt());
        self.order = order;
    }

    fn count_places(&mut self) {
        if self.ranks.len() == self.order.len() {
            return;
        }
        self.ranks.resize(self.order.len(), 0);
        for (rank, id) in (0..).zip(&self.order) {
            self.ranks[id.index()] = rank;
        }
    }
}
