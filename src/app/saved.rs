//! What a person looks at, as it is kept: views under a letter, and the session at its end.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::columns::Columns;
use super::model::View;
use super::sort::Sort;
use super::tab::{RemediationTab, Tab};
use crate::domain::ids::{DistributionId, OriginId};
use crate::domain::verdict::Lens;
use crate::export::column::Column;

/// The file in the state directory that keeps the saved views.
pub const VIEWS_FILE: &str = "views.toml";

/// The file in the state directory that keeps the last session.
pub const SESSION_FILE: &str = "session.toml";

/// A way to look at the fleet. A field that a file does not have is as it is at the start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedView {
    /// Which table.
    pub view: View,
    /// The text of the filter.
    pub filter: String,
    /// Only what does not pass.
    pub problems: bool,
    /// Which verdict is meant.
    pub lens: Lens,
    /// The finding has the whole screen.
    pub opened: bool,
    /// The tab of the detail.
    pub tab: Tab,
    /// The form of the remediation.
    pub form: RemediationTab,
    /// How much of the room the pane has, in thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<u16>,
    /// The column that rows are grouped by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Column>,
    /// What rows are sorted by.
    pub sort: Sort,
    /// The columns of the table.
    pub columns: Columns,
}

impl SavedView {
    /// In a few words, harmless text.
    pub fn words(&self) -> String {
        let mut words = match self.view {
            View::Origins => "Origins".to_owned(),
            View::Distributions => "Distributions".to_owned(),
            View::Accounts => "Accounts".to_owned(),
        };
        if !self.filter.is_empty() {
            words += &format!(" /{}", crate::domain::text::escape(&self.filter));
        }
        if self.problems {
            words += " problems";
        }
        if self.lens == Lens::D9 {
            words += " D9";
        }
        words
    }
}

/// The saved views by their letter or digit.
pub type SavedViews = BTreeMap<char, SavedView>;

/// Where a session ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LastSession {
    /// The account that the cursor was on in their table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// How the fleet was looked at.
    pub view: SavedView,
    /// The origin that the cursor was on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<LastOrigin>,
}

/// An origin, by what stays the same from one session to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastOrigin {
    /// Its account's twelve digits.
    pub account: String,
    /// Its distribution.
    pub distribution: DistributionId,
    /// Its id there.
    pub origin: OriginId,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct ViewsFile {
    views: BTreeMap<String, SavedView>,
}

/// True for what a view may be saved under.
pub fn is_name(name: char) -> bool {
    name.is_alphanumeric()
}

/// The file of saved views.
pub fn views_text(views: &SavedViews) -> String {
    let views = views.iter().map(|(name, view)| (name.to_string(), view.clone())).collect();
    toml::to_string(&ViewsFile { views }).expect("views are tables of plain values")
}

/// Reads the file of saved views.
///
/// # Errors
/// What is wrong with it, in one line.
pub fn read_views(text: &str) -> Result<SavedViews, String> {
    let file: ViewsFile = toml::from_str(text).map_err(|error| said(&error))?;
    let named = file.views.into_iter().map(|(name, view)| {
        let mut letters = name.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if is_name(letter) => Ok((letter, view)),
            _ => Err(format!("{name:?} is no letter and no digit")),
        }
    });
    named.collect()
}

/// The file of the last session.
pub fn session_text(session: &LastSession) -> String {
    toml::to_string(session).expect("a session is a table of plain values")
}

/// Reads the file of the last session.
///
/// # Errors
/// What is wrong with it, in one line.
pub fn read_session(text: &str) -> Result<LastSession, String> {
    toml::from_str(text).map_err(|error| said(&error))
}

fn said(error: &toml::de::Error) -> String {
    error.message().lines().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sort::SortKey;

    #[test]
    fn views_come_back_as_they_were() {
        let mut columns = Columns::default();
        columns.wide = true;
        columns.toggle(2, 120);
        let view = SavedView {
            view: View::Accounts,
            filter: "a \"quoted\" = [text] é\\".to_owned(),
            problems: true,
            lens: Lens::D9,
            opened: true,
            tab: Tab::Raw,
            form: RemediationTab::Ticket,
            share: Some(400),
            group: Some(Column::Account),
            sort: Sort::by(vec![SortKey { column: Column::Tls, reversed: true }]),
            columns,
        };
        let views = SavedViews::from([('a', view), ('7', SavedView::default())]);
        assert_eq!(read_views(&views_text(&views)), Ok(views));
    }

    #[test]
    fn what_a_file_lacks_is_as_at_the_start_and_what_is_unknown_is_passed_over() {
        let views = read_views("[views.p]\nproblems = true\nlater = 1\n").unwrap();
        assert_eq!(views[&'p'], SavedView { problems: true, ..SavedView::default() });
        assert_eq!(read_session(""), Ok(LastSession::default()));
    }

    #[test]
    fn a_file_that_is_none_says_so_in_one_line() {
        for wrong in ["[views", "[views.a]\nview = \"moon\"", "[views.ab]", "\0", "views = 3"] {
            let said = read_views(wrong).unwrap_err();
            assert!(!said.is_empty() && !said.contains('\n'), "{said}");
        }
        assert!(read_session("view = 3").is_err());
    }
}
