//! All that the explorer knows. Only `update` changes it; `ui` draws it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthStr;

use super::columns::Columns;
use super::copied::{CopiedFix, CopiedFixes, Place, Reading};
use super::distributions::Distributions;
use super::event::Copied;
use super::facets::Facets;
use super::filter::FilterError;
use super::filter::complete::Completion;
use super::history::History;
use super::index::{Index, Narrowing, TableLine, ValueId};
use super::keymap::{Context, Key, Keymap};
use super::line::{History as Earlier, Line};
use super::marks::Marks;
use super::messages::{Message, Messages};
use super::pairs::KnownPairs;
use super::pause::Waiting;
use super::places::Places;
use super::popup::Popup;
use super::preflight::Preflights;
use super::privacy::Aside;
use super::raw::Raw;
use super::saved::SavedViews;
pub use super::start::Start;
use super::store::{Held, RowId, Store};
use super::tab::{RemediationTab, Tab};
use super::tags::KnownTags;
use super::themes::Themes;
use super::update::Awaited;
use crate::domain::finding::Finding;
use crate::domain::tally::AccountState;
use crate::domain::text::escape;
use crate::inventory::report::{AccountIx, LoadId};

/// Which table is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Every origin.
    #[default]
    Origins,
    /// Every distribution.
    Distributions,
    /// Every account.
    Accounts,
}

/// A message that goes by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says, harmless text.
    pub text: String,
    /// True for bad news.
    pub alert: bool,
    /// When it goes.
    pub until: Timestamp,
}

/// The filter as it is being typed.
#[derive(Clone, Debug, Default)]
pub struct FilterLine {
    /// What stands in it.
    pub line: Line,
    /// Keys go into it.
    pub editing: bool,
    /// Why it cannot be read; the last one that could stays in force.
    pub error: Option<FilterError>,
    /// The completion that Tab began.
    pub completion: Option<Completion>,
    /// The filters of this session.
    pub history: Earlier,
}

/// How many lines the last drawn frame had room for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Rows of the table.
    pub list_rows: usize,
    /// Cells across the table of origins.
    #[serde(default)]
    pub list_width: usize,
    /// Columns of it that are scrolled away to the left.
    #[serde(default)]
    pub columns_left: usize,
    /// Lines of the pane that scrolls.
    pub pane_rows: usize,
    /// Lines that the pane would need to show everything.
    pub pane_lines: usize,
    /// What was drawn where, for the mouse.
    #[serde(default)]
    pub places: Places,
}

/// A load that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loading {
    /// Its id.
    pub id: LoadId,
    /// When it began.
    pub since: Timestamp,
}

/// All that the explorer knows.
#[derive(Clone, Debug)]
pub struct Model {
    /// The loaded fleet.
    pub store: Store,
    /// The order of the table.
    pub index: Index,
    /// What narrows it down, and the lens.
    pub narrowing: Narrowing,
    /// The filter as it is being typed.
    pub filter: FilterLine,
    /// Which table is shown.
    pub view: View,
    /// The origin that the cursor is on; none until a key chose one or a load ended.
    pub selected: Option<RowId>,
    /// The header of a group that the cursor is on; then it is on no origin.
    pub header: Option<ValueId>,
    /// Which columns the table has, and the one that the cursor is on.
    pub columns: Columns,
    /// The facets beside the table.
    pub facets: Facets,
    /// The marked origins.
    pub marks: Marks,
    /// The first row that is drawn.
    pub top: usize,
    /// The table of distributions, and its cursor.
    pub distributions: Distributions,
    /// The account that the cursor is on.
    pub selected_account: Option<AccountIx>,
    /// The first account that is drawn.
    pub account_top: usize,
    /// The finding has the whole screen.
    pub opened: bool,
    /// The tab of the detail.
    pub tab: Tab,
    /// The form of the remediation.
    pub form: RemediationTab,
    /// Lines scrolled away in the detail, or in the account's diagnosis.
    pub scroll: usize,
    /// The Raw JSON tab, once a finding was looked at in it.
    pub raw: Option<Raw>,
    /// What lies over the screen.
    pub popup: Option<Popup>,
    /// Where the person was before, and went back from.
    pub history: History,
    /// The key that began a sequence.
    pub prefix: Option<Key>,
    /// The message that goes by itself.
    pub notice: Option<Notice>,
    /// All that was said.
    pub messages: Messages,
    /// The lines that ran in the palette, the latest last.
    pub commands: Vec<String>,
    /// The TLS pre-flights of this session.
    pub preflights: Preflights,
    /// The key bindings.
    pub keymap: Keymap,
    /// The theme in use, and the others.
    pub themes: Themes,
    /// The terminal's columns and rows.
    pub size: (u16, u16),
    /// What the last frame had room for.
    pub measured: Measured,
    /// The loads under way; several when an account is read again meanwhile.
    pub loads: Vec<Loading>,
    /// The fixes that were copied, until they are seen to work.
    pub copied: CopiedFixes,
    /// The distributions that are being read again by themselves.
    pub readings: Vec<Reading>,
    /// The tags that somebody looked at.
    pub tags: KnownTags,
    /// The pairs of staging distribution and primary that were looked for.
    pub pairs: KnownPairs,
    /// What came since arrivals are held back; `None` while they are shown.
    pub paused: Option<Waiting>,
    /// How much of the room the pane below the table has, in thousandths, where somebody said so.
    pub share: Option<u16>,
    /// The mouse holds the line between table and pane.
    pub dragging: bool,
    /// The saved views.
    pub views: SavedViews,
    /// The origin of the last session, until its row comes.
    pub awaited: Option<Awaited>,
    /// The time of the last event.
    pub now: Timestamp,
    /// What the explorer was started with, less the accounts, which the store holds,
    /// keys and themes.
    pub start: Start,
    pub(super) last_load: LoadId,
    /// By account: the load whose reports count.
    pub(super) load_of: Vec<LoadId>,
    pub(super) wake: Option<Timestamp>,
    /// What holds real names, while the mask is on.
    pub(super) aside: Option<Box<Aside>>,
}

impl Model {
    /// Nothing read, nothing chosen.
    pub fn new(mut start: Start) -> Self {
        let accounts = std::mem::take(&mut start.accounts);
        let keymap = std::mem::take(&mut start.keymap);
        let themes = std::mem::take(&mut start.themes);
        let accounts_len = accounts.len();
        let views = std::mem::take(&mut start.views);
        Self {
            store: Store::new(accounts),
            index: Index::default(),
            narrowing: Narrowing::default(),
            filter: FilterLine::default(),
            view: View::default(),
            selected: None,
            header: None,
            columns: Columns::default(),
            facets: Facets::default(),
            marks: Marks::default(),
            top: 0,
            distributions: Distributions::default(),
            selected_account: None,
            account_top: 0,
            opened: false,
            tab: Tab::default(),
            form: RemediationTab::default(),
            scroll: 0,
            raw: None,
            popup: None,
            history: History::default(),
            prefix: None,
            notice: None,
            messages: Messages::default(),
            commands: Vec::new(),
            preflights: Preflights::default(),
            keymap,
            themes,
            size: (80, 24),
            measured: Measured::default(),
            loads: Vec::new(),
            copied: CopiedFixes::default(),
            readings: Vec::new(),
            tags: KnownTags::default(),
            pairs: KnownPairs::default(),
            paused: None,
            share: None,
            dragging: false,
            views,
            awaited: None,
            load_of: vec![LoadId(0); accounts_len],
            now: Timestamp::UNIX_EPOCH,
            start,
            last_load: LoadId(0),
            wake: None,
            aside: None,
        }
    }

    /// Where the person is, as far as keys are concerned.
    pub fn context(&self) -> Context {
        self.context_under(self.popup.as_ref())
    }

    /// Where the person is if this lies over the screen; without anything, the place below.
    pub fn context_under(&self, popup: Option<&Popup>) -> Context {
        match (popup, self.view, self.opened) {
            (Some(Popup::Help(_) | Popup::Settings(_)), ..) => Context::Help,
            (Some(Popup::Messages(_)), ..) => Context::Messages,
            (Some(Popup::Palette(_)), ..) => Context::Palette,
            (Some(Popup::Columns { .. }), ..) => Context::Columns,
            (None, View::Accounts, _) => Context::Accounts,
            (None, View::Distributions, _) => Context::Distributions,
            (None, View::Origins, true) if self.tab == Tab::Raw => Context::Raw,
            (None, View::Origins, true) => Context::Detail,
            (None, View::Origins, false) if self.facets.focused => Context::Facets,
            (None, View::Origins, false) => Context::Origins,
        }
    }

    /// The finding that the cursor is on.
    pub fn finding(&self) -> Option<Finding<'_>> {
        self.store.finding(self.selected?)
    }

    /// The distribution that the cursor is on, itself or by one of its origins.
    pub fn distribution(&self) -> Option<Held<'_>> {
        let ix = match self.view {
            View::Distributions => self.distributions.selected?,
            View::Origins | View::Accounts => self.store.distribution_of(self.selected?),
        };
        self.store.held(ix)
    }

    /// The origin that the cursor is on; of a distribution, the first of its worst.
    pub fn row(&self) -> Option<RowId> {
        if self.view != View::Distributions {
            return self.selected;
        }
        let verdict = |row: &RowId| {
            let finding = self.store.finding(*row);
            finding.map(|f| f.assessment.verdict(self.narrowing.lens))
        };
        let rows = self.distribution()?.rows;
        // Of equal ones the last is the greatest, so they are looked at from behind.
        rows.iter().rev().copied().max_by_key(verdict)
    }

    /// Where the distribution is that the cursor is on.
    pub fn place(&self) -> Option<Place> {
        self.distribution().map(|held| (held.at, held.distribution.id.clone()))
    }

    /// The fix that was copied for the finding that the cursor is on.
    pub fn copied_fix(&self) -> Option<&CopiedFix> {
        if self.view == View::Distributions {
            return None;
        }
        self.copied.of(&self.place()?, &self.finding()?.origin.id)
    }

    /// Which of the rows that pass the cursor is on.
    pub fn position(&self) -> Option<usize> {
        self.index.position(self.selected?)
    }

    /// The line of the table that the cursor is on, where it is shown.
    pub fn line(&self) -> Option<usize> {
        let row = self.selected.map(TableLine::Row);
        self.index.line_of(self.header.map(TableLine::Group).or(row)?)
    }

    /// The accounts in the order of their table: what needs a look first.
    pub fn account_order(&self) -> Vec<AccountIx> {
        let accounts = self.store.accounts();
        let mut order: Vec<AccountIx> = (0..accounts.len()).collect();
        order.sort_by_key(|ix| match (accounts[*ix].state(), &accounts[*ix].stage) {
            (Some(AccountState::Skipped), _) => 5,
            (_, Some(_)) | (None, None) => 3,
            (Some(AccountState::Failed), _) => 0,
            (Some(AccountState::Partial), _) => 1,
            (Some(AccountState::Complete), _) => 4,
        });
        order
    }

    /// The width of the longest account name, so that its column takes no more than it needs.
    pub fn longest_name(&self) -> usize {
        let names = self.store.accounts().iter().map(|e| escape(&e.account.name).width());
        names.max().unwrap_or(0)
    }

    /// How long the longest load under way has run.
    pub fn load_time(&self) -> Option<SignedDuration> {
        self.loads.first().map(|loading| self.now.duration_since(loading.since))
    }

    pub(super) fn say(&mut self, text: impl Into<String>, alert: bool) {
        let seconds = if alert { 12 } else { 6 };
        let until = self.now + SignedDuration::from_secs(seconds);
        let text = text.into();
        self.messages.keep(Message { at: self.now, text: text.clone(), alert });
        self.notice = Some(Notice { text, alert, until });
    }

    pub(super) fn say_copied(&mut self, copied: &Copied) {
        let file = copied.file.as_ref().map(|f| f.display().to_string());
        let size = format!("{} line{}, {} bytes", copied.lines, plural(copied.lines), copied.bytes);
        let mut text = match (&copied.way, &file) {
            (Some(way), Some(file)) => {
                format!("copied {}: {size} via {way}; also in {file}", copied.what)
            }
            (Some(way), None) => format!("copied {}: {size} via {way}", copied.what),
            (None, Some(file)) => format!("not copied, but {} is in {file}", copied.what),
            (None, None) => format!("{} was not copied", copied.what),
        };
        if let Some(trouble) = &copied.trouble {
            text = format!("{text} ({trouble})");
        }
        text += self.says_masked(&copied.what);
        let text = escape(&text).into_owned();
        self.say(text, copied.way.is_none());
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
