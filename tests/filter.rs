//! The filter's language: what each construct finds in the demo, how each mistake is told, what
//! Tab completes, and how the line looks while it is typed.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "filter/any.rs"]
mod any;
#[path = "filter/complete.rs"]
mod complete;
mod explorer;
#[path = "filter/found.rs"]
mod found;
#[path = "filter/mistakes.rs"]
mod mistakes;
#[path = "filter/prompt.rs"]
mod prompt;

use std::sync::LazyLock;

use cf_tui::app::filter::{Filter, Row, text_of};
use cf_tui::app::index::Index;
use cf_tui::app::store::{RowId, Store};
use cf_tui::domain::verdict::Lens;
use cf_tui::inventory::demo::NOW;
use explorer::Explorer;

/// The demo fleet, wholly loaded.
static STORE: LazyLock<Store> = LazyLock::new(|| Explorer::demo(80, 24).model.store);
static INDEX: LazyLock<Index> = LazyLock::new(|| Explorer::demo(80, 24).model.index);

fn matches(filter: &Filter, row: RowId, lens: Lens, marked: bool) -> bool {
    let finding = STORE.finding(row).unwrap();
    let account = STORE.accounts()[STORE.account_of(row)].state();
    let text = text_of(&finding);
    filter.matches(&Row { finding, text: &text, lens, now: NOW, marked, account })
}

/// The rows that a filter lets through.
fn passing(filter: &str) -> Vec<RowId> {
    let read = Filter::parse(filter).unwrap_or_else(|error| panic!("{filter}: {error}"));
    STORE.live_rows().filter(|row| matches(&read, *row, Lens::Traffic, false)).collect()
}
