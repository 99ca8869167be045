//! The command palette: keys while it is open, and what its offers do.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{act, filter, moves, show, switch_lens};
use crate::app::effect::Effect;
use crate::app::keymap::Context;
use crate::app::model::{Model, View};
use crate::app::palette::{self, Deed, Offer, Palette};
use crate::app::popup::Popup;
use crate::inventory::report::AccountIx;

/// Lines that are remembered.
const REMEMBERED: usize = 50;

/// Offers that `PgUp` and `PgDn` go over.
const PAGE: isize = 10;

/// `:`: opens it over whatever is there.
pub(super) fn open(model: &mut Model) {
    let under = model.popup.take().map(Box::new);
    look(model, Palette { under, ..Palette::default() });
}

/// Keys while it is open; `None` where it is not.
pub(super) fn press(model: &mut Model, key: &KeyEvent) -> Option<Vec<Effect>> {
    let mut palette = take(model)?;
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c') if control => {
            model.popup = Some(Popup::Palette(palette));
            return Some(vec![Effect::Quit]);
        }
        KeyCode::Enter => return Some(enter(model, palette)),
        KeyCode::Esc => {
            close(model, palette);
            return Some(Vec::new());
        }
        KeyCode::Backspace if palette.line.text().is_empty() => {
            close(model, palette);
            return Some(Vec::new());
        }
        KeyCode::Up if recalls(model, &palette) => return Some(recall(model, palette, 1)),
        KeyCode::Down if palette.recalled.is_some() => return Some(recall(model, palette, -1)),
        KeyCode::Up | KeyCode::BackTab => choose(&mut palette, -1),
        KeyCode::Down => choose(&mut palette, 1),
        KeyCode::Char('p') if control => choose(&mut palette, -1),
        KeyCode::Char('n') if control => choose(&mut palette, 1),
        KeyCode::PageUp => jump(&mut palette, -PAGE),
        KeyCode::PageDown => jump(&mut palette, PAGE),
        KeyCode::Tab => return Some(complete(model, palette)),
        _ => {
            if palette.line.press(key) {
                palette.recalled = None;
                look(model, palette);
                return Some(Vec::new());
            }
        }
    }
    model.popup = Some(Popup::Palette(palette));
    Some(Vec::new())
}

/// Puts pasted text into its line; false where it is not open.
pub(super) fn paste(model: &mut Model, pasted: &str) -> bool {
    let Some(mut palette) = take(model) else { return false };
    palette.line.insert(pasted);
    look(model, palette);
    true
}

fn take(model: &mut Model) -> Option<Palette> {
    match model.popup.take() {
        Some(Popup::Palette(palette)) => Some(palette),
        other => {
            model.popup = other;
            None
        }
    }
}

/// Where the palette was opened.
fn context(model: &Model, palette: &Palette) -> Context {
    model.context_under(palette.under.as_deref())
}

fn close(model: &mut Model, palette: Palette) {
    model.popup = palette.under.map(|popup| *popup);
}

/// Finds anew what the line may mean.
fn look(model: &mut Model, mut palette: Palette) {
    let (here, line) = (context(model, &palette), palette.line.text());
    palette.offers = palette::offers(model, here, line);
    palette.trouble = match palette.offers.is_empty() {
        true => palette::trouble(model, here, line),
        false => String::new(),
    };
    (palette.chosen, palette.refused) = (0, false);
    model.popup = Some(Popup::Palette(palette));
}

/// By one, round the ends.
fn choose(palette: &mut Palette, by: isize) {
    let count = palette.offers.len().max(1);
    let by = by.rem_euclid(isize::try_from(count).unwrap_or(1));
    palette.chosen = (palette.chosen + by.unsigned_abs()) % count;
}

fn jump(palette: &mut Palette, by: isize) {
    let last = palette.offers.len().saturating_sub(1);
    palette.chosen = palette.chosen.saturating_add_signed(by).min(last);
}

/// `Tab`: writes out the argument that is chosen; where nothing is left to write, the next offer.
fn complete(model: &mut Model, mut palette: Palette) -> Vec<Effect> {
    let Some(offer) = palette.offers.get(palette.chosen) else {
        model.popup = Some(Popup::Palette(palette));
        return Vec::new();
    };
    let is_command = offer.deed == Deed::Ask || palette.line.text().contains(' ');
    let text = written(offer);
    if is_command && palette.line.text() != text {
        palette.line.set(&text);
        look(model, palette);
    } else {
        choose(&mut palette, 1);
        model.popup = Some(Popup::Palette(palette));
    }
    Vec::new()
}

/// The line that an offer stands for; one that wants an argument ends with a blank.
fn written(offer: &Offer) -> String {
    let blank = if offer.deed == Deed::Ask { " " } else { "" };
    format!("{}{blank}", offer.text)
}

fn recalls(model: &Model, palette: &Palette) -> bool {
    let at_rest = palette.line.text().is_empty() && palette.chosen == 0;
    !model.commands.is_empty() && (at_rest || palette.recalled.is_some())
}

/// An older (1) or newer (-1) line of the history; beyond the newest, the empty line.
fn recall(model: &mut Model, mut palette: Palette, by: isize) -> Vec<Effect> {
    let count = model.commands.len();
    let at = match palette.recalled {
        None => Some(0),
        Some(0) if by < 0 => None,
        Some(at) => Some(at.saturating_add_signed(by).min(count - 1)),
    };
    let line = at.map_or(String::new(), |at| model.commands[count - 1 - at].clone());
    palette.recalled = at;
    palette.line.set(&line);
    look(model, palette);
    Vec::new()
}

fn enter(model: &mut Model, mut palette: Palette) -> Vec<Effect> {
    let Some(offer) = palette.offers.get(palette.chosen).cloned() else {
        palette.refused = true;
        model.popup = Some(Popup::Palette(palette));
        return Vec::new();
    };
    if offer.deed == Deed::Ask {
        palette.line.set(&written(&offer));
        look(model, palette);
        return Vec::new();
    }
    close(model, palette);
    remember(model, offer.text);
    run(model, offer.deed)
}

fn remember(model: &mut Model, line: String) {
    model.commands.retain(|other| *other != line);
    model.commands.push(line);
    if model.commands.len() > REMEMBERED {
        model.commands.remove(0);
    }
}

fn run(model: &mut Model, deed: Deed) -> Vec<Effect> {
    match deed {
        Deed::Act(action) => return act(model, action),
        Deed::Filter(text) => {
            show(model, View::Origins);
            filter::set(model, &text);
        }
        Deed::Only(ix) => only(model, ix),
        Deed::Go(ix) => go(model, ix),
        Deed::Tab(tab) => {
            (model.tab, model.scroll) = (tab, 0);
            moves::choose_first(model);
        }
        Deed::Lens(lens) => {
            if model.narrowing.lens != lens {
                switch_lens(model);
            }
        }
        Deed::Ask => {}
    }
    Vec::new()
}

/// The origins of one account, by its id: names may be parts of others.
pub(super) fn only(model: &mut Model, ix: AccountIx) {
    let id = model.store.accounts()[ix].account.id.to_string();
    show(model, View::Origins);
    filter::set(model, &id);
}

/// The cursor on the account; among origins, on the first of its origins that is shown.
fn go(model: &mut Model, ix: AccountIx) {
    model.popup = None;
    if model.view == View::Accounts {
        (model.selected_account, model.scroll) = (Some(ix), 0);
        moves::keep_in_sight(model);
        return;
    }
    let rows = model.index.visible();
    match rows.iter().position(|row| model.store.account_of(*row) == ix) {
        Some(at) => moves::to(model, at),
        None => model.say("none of its origins is shown here; 3 tells how it was read", true),
    }
}
