//! The table of accounts: how each was read.

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::account_state::account_state;
use super::glyphs::Glyphs;
use super::table::{cut_end, cut_middle, head_and_body, pad};
use super::theme::Theme;
use crate::app::model::Model;
use crate::app::store::AccountEntry;
use crate::domain::account::Access;
use crate::domain::tally::AccountState;
use crate::domain::text::escape;
use crate::inventory::report::Stage;

/// A column: its heading, its width (0 takes what is left), what it shows and how.
type Column = (&'static str, usize, fn(&AccountEntry, &Model) -> String);

fn columns(width: usize, names: usize) -> Vec<Column> {
    let most = if width < 100 { 14 } else { 24 };
    let mut columns: Vec<Column> = vec![
        ("ACCOUNT", names.clamp(7, most), |e, _| e.account.name.clone()),
        ("ID", 12, |e, _| e.account.id.to_string()),
        ("DISTS", 5, |e, _| seen(e, e.distributions)),
        ("ORIGINS", 7, |e, _| seen(e, e.origins)),
        ("FAIL", 4, |e, model| seen(e, e.fails(model.narrowing.lens))),
        ("NOTE", 0, |e, model| note(e, model.now)),
    ];
    if width >= 100 {
        columns.insert(2, ("ROLE", 18, |e, _| role(&e.account.access)));
        columns.insert(6, ("TIME", 6, |e, model| time(e, model.now)));
        columns.insert(7, ("TRIES", 5, |e, _| tries(e)));
    }
    if width < 60 {
        columns.retain(|(title, ..)| !matches!(*title, "ID" | "DISTS" | "FAIL"));
    }
    columns
}

/// The state's glyph and word, and a blank.
const STATE: usize = 10;
const MARGIN: usize = 2;

/// What stands in the border of the table: how many accounts there are, and how they stand.
pub fn title(model: &Model, glyphs: Glyphs) -> String {
    let accounts = model.store.accounts();
    let count = |wanted: fn(&AccountEntry) -> bool| accounts.iter().filter(|e| wanted(e)).count();
    let states = [
        (glyphs.wrong(), count(|e| e.stage.is_none() && e.state() == Some(AccountState::Failed))),
        ('!', count(|e| e.stage.is_none() && e.state() == Some(AccountState::Partial))),
        (glyphs.waiting(), count(|e| e.stage.is_some())),
        (glyphs.well(), count(|e| e.stage.is_none() && e.state() == Some(AccountState::Complete))),
        ('-', count(|e| e.state() == Some(AccountState::Skipped))),
    ];
    let mut title = format!(" Accounts {}: ", accounts.len());
    for (glyph, count) in states.into_iter().filter(|(_, count)| *count > 0) {
        title += &format!("{glyph}{count} ");
    }
    title
}

/// Draws the table; returns how many rows it had room for.
pub fn draw(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    area: Rect,
    frame: &mut Frame<'_>,
) -> usize {
    let width = usize::from(area.width);
    let mut columns = columns(width, model.longest_name());
    let fixed: usize = columns.iter().map(|(_, width, _)| width + 1).sum();
    for (_, room, _) in columns.iter_mut().filter(|(_, room, _)| *room == 0) {
        *room = width.saturating_sub(fixed + STATE + MARGIN);
    }
    let [head, body] = head_and_body(area);
    let mut heading = " ".repeat(MARGIN) + &pad("STATE", STATE);
    for (title, width, _) in &columns {
        heading += &(pad(title, *width) + " ");
    }
    frame.render_widget(Line::styled(heading, theme.muted), head);
    let order = model.account_order();
    let room = usize::from(body.height);
    for (line, ix) in (body.y..).zip(order.into_iter().skip(model.account_top).take(room)) {
        let area = Rect { y: line, height: 1, ..body };
        let entry = &model.store.accounts()[ix];
        let selected = model.selected_account == Some(ix);
        frame.render_widget(row(model, entry, &columns, theme, glyphs, selected), area);
        if selected {
            frame.buffer_mut().set_style(area, theme.selected);
        }
    }
    room
}

fn row(
    model: &Model,
    entry: &AccountEntry,
    columns: &[Column],
    theme: &Theme,
    glyphs: Glyphs,
    selected: bool,
) -> Line<'static> {
    let (glyph, word, style) = account_state(entry, theme, glyphs);
    let mark = if selected { glyphs.cursor() } else { " " };
    let state = pad(&format!("{glyph} {word}"), STATE);
    let mut line =
        Line::from(vec![Span::styled(mark, theme.key), Span::raw(" "), Span::styled(state, style)]);
    for (title, width, text) in columns {
        let text = text(entry, model);
        let text = match *title {
            "NOTE" => cut_end(&escape(&text), *width, glyphs),
            _ => cut_middle(&escape(&text), *width, glyphs),
        };
        let style: Style = match *title {
            "ACCOUNT" => theme.text,
            "FAIL" if entry.fails(model.narrowing.lens) > 0 => theme.fails,
            _ => theme.muted,
        };
        line.push_span(Span::styled(pad(&text, *width), style));
        line.push_span(" ");
    }
    line
}

/// An account that was not read has no number, not even zero.
fn seen(entry: &AccountEntry, count: usize) -> String {
    match (entry.state(), count) {
        (None | Some(AccountState::Failed), 0) => "-".to_owned(),
        (Some(AccountState::Skipped), _) => "-".to_owned(),
        _ => count.to_string(),
    }
}

fn note(entry: &AccountEntry, now: Timestamp) -> String {
    match (&entry.stage, entry.fault()) {
        (Some(Stage::Queued), _) => "waiting for its turn".to_owned(),
        (Some(Stage::Assuming), _) => "finding its credentials".to_owned(),
        (Some(Stage::Listing { page }), _) => format!("page {page}"),
        (Some(Stage::LookingUp), _) => "looking up what verdicts need".to_owned(),
        (Some(Stage::Throttled { attempt, of, .. }), _) => {
            let seconds = entry.retry_in(now).map_or(0.0, |wait| wait.as_secs_f64());
            format!("try {} of {of} in {seconds:.1} s: told to slow down", attempt + 1)
        }
        (None, Some(fault)) => fault.message.clone(),
        (None, None) if !entry.account.enabled => "disabled in the fleet file".to_owned(),
        (None, None) if entry.distributions == 0 => "no distributions".to_owned(),
        (None, None) => String::new(),
    }
}

fn role(access: &Access) -> String {
    match access {
        Access::Profile(profile) => format!("profile {profile}"),
        Access::Assume(assume) => {
            let arn = assume.last_role();
            arn.split_once(":role/").map_or(arn, |(_, role)| role).to_owned()
        }
    }
}

/// How long its last reading took, or has taken so far.
fn time(entry: &AccountEntry, now: Timestamp) -> String {
    let until = match &entry.stage {
        Some(Stage::Queued) => None,
        Some(_) => Some(now),
        None => entry.ended,
    };
    match (entry.began, until) {
        (Some(began), Some(until)) => {
            format!("{:.1}s", until.duration_since(began).as_secs_f64().max(0.0))
        }
        _ => "-".to_owned(),
    }
}

fn tries(entry: &AccountEntry) -> String {
    match (&entry.stage, &entry.ending) {
        (Some(Stage::Throttled { attempt, of, .. }), _) => format!("{attempt}/{of}"),
        (None, Some(ending)) => ending.tries.to_string(),
        _ => "-".to_owned(),
    }
}
