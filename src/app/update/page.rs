//! Texts over the screen, the help, the settings and the messages: opened, searched, closed.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::moves;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::popup::{Page, Popup};

/// `?`
pub(super) fn toggle_help(model: &mut Model) {
    model.popup = match model.popup {
        Some(Popup::Help(_)) => None,
        _ => Some(Popup::Help(Page::default())),
    };
}

/// `,`
pub(super) fn toggle_settings(model: &mut Model) {
    model.popup = match model.popup {
        Some(Popup::Settings(_)) => None,
        _ => Some(Popup::Settings(Page::default())),
    };
}

/// `M`
pub(super) fn toggle_messages(model: &mut Model) {
    model.popup = match model.popup {
        Some(Popup::Messages(_)) => None,
        _ => Some(Popup::Messages(Page::default())),
    };
}

/// `/`: keys go into the search.
pub(super) fn search(model: &mut Model) {
    if let Some(page) = page(model) {
        page.searching = true;
    }
}

/// Shows the whole text again; false if it is shown whole.
pub(super) fn unsearch(model: &mut Model) -> bool {
    let Some(page) = page(model).filter(|page| !page.search.text().is_empty()) else {
        return false;
    };
    *page = Page::default();
    true
}

/// Keys while a search is typed; `None` while none is.
pub(super) fn press(model: &mut Model, key: &KeyEvent) -> Option<Vec<Effect>> {
    let page = page(model).filter(|page| page.searching)?;
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c') if control => return Some(vec![Effect::Quit]),
        KeyCode::Enter => page.searching = false,
        KeyCode::Esc => *page = Page::default(),
        KeyCode::Down => moves::scroll(model, 1),
        KeyCode::Up => moves::scroll(model, -1),
        KeyCode::PageDown => moves::by_page(model, 1, 1),
        KeyCode::PageUp => moves::by_page(model, -1, 1),
        _ => {
            if page.search.press(key) {
                page.scroll = 0;
            }
        }
    }
    Some(Vec::new())
}

/// Puts pasted text into the search that is typed; false while none is.
pub(super) fn paste(model: &mut Model, pasted: &str) -> bool {
    let Some(page) = page(model).filter(|page| page.searching) else { return false };
    page.search.insert(pasted);
    page.scroll = 0;
    true
}

fn page(model: &mut Model) -> Option<&mut Page> {
    model.popup.as_mut().and_then(Popup::page_mut)
}
