//! The one place that changes the model. It never waits, never fails, and reads no clock: so a
//! recorded session plays again to the same screen, and a screen test is a line of keys.

mod chooser;
mod console;
mod copy;
mod distributions;
mod export;
mod facets;
mod filter;
mod groups;
mod history;
mod load;
mod marks;
mod mouse;
mod moves;
mod page;
mod pairs;
mod palette;
mod pause;
mod preflight;
mod privacy;
mod raw;
mod saved;
mod table;
mod tags;
mod verify;
mod wake;
mod way_in;

pub use self::saved::{Awaited, leave};
use jiff::Timestamp;

use super::effect::Effect;
use super::event::{Event, Timed};
use super::keymap::{Action, Context, Found, Key};
use super::model::{Model, View};
use super::sort::Sort;
use super::tab::{RemediationTab, Tab};
use crate::domain::fix::Form;
use crate::domain::verdict::Lens;
use crate::export::column::Column;
use crossterm::event::KeyEvent;

/// Takes in one event; says what is to be done about it.
pub fn update(model: &mut Model, timed: Timed) -> Vec<Effect> {
    model.now = model.now.max(timed.at);
    let mut effects = match pause::pass(model, timed) {
        Some(timed) => {
            let event = privacy::comes_in(model, timed.event);
            happen(model, event)
        }
        None => Vec::new(),
    };
    saved::seek(model);
    raw::look(model);
    distributions::settle(model);
    effects.extend(tags::look(model, model.now));
    effects.extend(wake::wake(model));
    privacy::goes_out(model, effects)
}

fn happen(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::Pressed(key) => press(model, &key),
        Event::Background { light } => {
            model.themes.answered(light);
            Vec::new()
        }
        Event::Pasted(text) => paste(model, &text),
        Event::Clicked { column, row } => mouse::click(model, column, row),
        Event::Dragged { row, .. } => {
            mouse::drag(model, row);
            Vec::new()
        }
        Event::Scrolled { column, row, down } => {
            mouse::scroll(model, column, row, down);
            Vec::new()
        }
        Event::Resized { columns, rows } => {
            model.size = (columns, rows);
            Vec::new()
        }
        Event::Measured(measured) => {
            model.measured = measured;
            moves::keep_in_sight(model);
            Vec::new()
        }
        Event::Ticked => {
            let due = wake::tick(model);
            let mut effects = pause::drain(model);
            effects.extend(verify::go_on(model, due));
            effects
        }
        Event::Reported(id, reports) => load::take_in(model, id, reports),
        Event::LoadEnded(id) => {
            let effects = load::ended(model, id);
            verify::settle(model);
            effects
        }
        Event::Verified { account, distribution, outcome } => {
            verify::came(model, (account, distribution), outcome)
        }
        Event::TagsRead { account, distribution, tags } => {
            tags::came(model, (account, distribution), tags)
        }
        Event::PairSought { account, distribution, paired } => {
            model.pairs.keep((account, distribution), paired);
            Vec::new()
        }
        Event::Copied(copied) => {
            model.say_copied(&copied);
            Vec::new()
        }
        Event::Preflighted { origin, preflight } => {
            preflight::done(model, origin, preflight);
            Vec::new()
        }
        Event::Failed(what) => {
            model.say(what, true);
            Vec::new()
        }
    }
}

/// Reads every enabled account; what the shell does first.
pub fn start(model: &mut Model, at: Timestamp) -> Vec<Effect> {
    model.now = at;
    saved::resume(model);
    privacy::begin(model);
    if let Some(trouble) = model.start.trouble.take() {
        let trouble = privacy::harmless(model, trouble);
        model.say(trouble, true);
    }
    let mut effects = load::all(model);
    effects.extend(model.themes.asks.then_some(Effect::AskBackground));
    effects.extend(wake::wake(model));
    effects
}

/// Pasted text goes into the line that is open, never to the keys: a pasted `q` must not quit.
fn paste(model: &mut Model, pasted: &str) -> Vec<Effect> {
    if raw::is_editing(model) {
        return raw::paste(model, pasted);
    }
    if palette::paste(model, pasted) || page::paste(model, pasted) {
        return Vec::new();
    }
    filter::paste(model, pasted)
}

/// A key, and what is to be come back to from where it led.
fn press(model: &mut Model, event: &KeyEvent) -> Vec<Effect> {
    let before = history::spot(model);
    let effects = take(model, event);
    history::note(model, before);
    effects
}

fn take(model: &mut Model, event: &KeyEvent) -> Vec<Effect> {
    if model.filter.editing {
        return filter::press(model, event);
    }
    if raw::is_editing(model) {
        return raw::press(model, event);
    }
    let taken = palette::press(model, event).or_else(|| page::press(model, event));
    if let Some(effects) = taken.or_else(|| preflight::answer(model, event)) {
        return effects;
    }
    let Some(key) = Key::of(event) else { return Vec::new() };
    match model.keymap.find(model.prefix.take(), key, model.context()) {
        Found::Action(action) => act(model, action),
        Found::Named(action, name) => act_on(model, action, name),
        Found::Prefix(key) => {
            model.prefix = Some(key);
            Vec::new()
        }
        Found::Nothing => Vec::new(),
    }
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(effects) = raw::act(model, action) {
        return effects;
    }
    match action {
        Action::Down => moves::by(model, 1),
        Action::Up => moves::by(model, -1),
        Action::PageDown => moves::by_page(model, 1, 1),
        Action::PageUp => moves::by_page(model, -1, 1),
        Action::HalfDown => moves::by_page(model, 1, 2),
        Action::HalfUp => moves::by_page(model, -1, 2),
        Action::Top => moves::to_end(model, false),
        Action::Bottom => moves::to_end(model, true),
        Action::NextProblem => moves::to_problem(model, true),
        Action::PreviousProblem => moves::to_problem(model, false),
        Action::NextMatch => moves::to_problem(model, true),
        Action::PreviousMatch => moves::to_problem(model, false),
        Action::NextFinding => moves::by(model, 1),
        Action::PreviousFinding => moves::by(model, -1),
        Action::ScrollDown => moves::scroll(model, 1),
        Action::ScrollUp => moves::scroll(model, -1),
        Action::NextTab => turn_tab(model, 1),
        Action::PreviousTab => turn_tab(model, Tab::ALL.len() - 1),
        Action::NextForm => turn_form(model, 1),
        Action::PreviousForm => turn_form(model, RemediationTab::ALL.len() - 1),
        Action::Open => open(model),
        Action::OpenOrigins => distributions::its_origins(model),
        Action::GoBack => history::go(model, false),
        Action::GoForward => history::go(model, true),
        Action::Zoom => zoom(model),
        Action::Back => {
            if !back(model) {
                filter::clear(model);
            }
        }
        Action::BackOrQuit => {
            if !back(model) {
                return vec![Effect::Quit];
            }
        }
        Action::ViewOrigins => show(model, View::Origins),
        Action::ViewDistributions => show(model, View::Distributions),
        Action::ViewAccounts => show(model, View::Accounts),
        Action::Filter => filter::begin(model),
        Action::Problems => filter::toggle_problems(model),
        Action::Lens => switch_lens(model),
        Action::ColumnLeft => table::step(model, -1),
        Action::ColumnRight => table::step(model, 1),
        Action::Sort => table::sort(model, Sort::turn),
        Action::SortFurther => table::sort(model, Sort::extend),
        Action::FilterCell => table::filter_cell(model, false),
        Action::FilterNotCell => table::filter_cell(model, true),
        Action::Wide => table::wide(model),
        Action::Facets => facets::toggle(model),
        Action::FacetFilter => facets::filter_by(model, false),
        Action::FacetFilterNot => facets::filter_by(model, true),
        Action::GroupByAccount => groups::by(model, Some(Column::Account)),
        Action::GroupByDistribution => groups::by(model, Some(Column::Distribution)),
        Action::GroupByColumn => groups::by_column(model),
        Action::Ungroup => groups::by(model, None),
        Action::Fold => groups::fold(model, true),
        Action::Unfold => groups::fold(model, false),
        Action::FoldAll => groups::fold_all(model),
        Action::Columns => chooser::toggle(model),
        Action::ColumnToggle => chooser::show(model),
        Action::ColumnWider => chooser::widen(model, 1),
        Action::ColumnNarrower => chooser::widen(model, -1),
        Action::ColumnsReset => model.columns.reset(),
        Action::Mark => marks::toggle(model),
        Action::MarkAll => marks::all(model),
        Action::MarkRange => marks::range(model),
        Action::Unmark => marks::clear(model),
        Action::CopyFix => {
            let effects = copy::fix(model);
            verify::remember(model, &effects);
            return effects;
        }
        Action::CopyTerraform => return copy::form(model, Form::Terraform),
        Action::CopyCloudformation => return copy::form(model, Form::CloudFormation),
        Action::CopySteps => return copy::form(model, Form::Console),
        Action::CopyTicket => return copy::form(model, Form::Ticket),
        Action::CopyJson => return copy::json(model),
        Action::CopyTrust => return way_in::trust(model),
        Action::CopyWayIn => return way_in::line(model),
        Action::CopyArn => return copy::arn(model),
        Action::CopyRow => return copy::row(model),
        // The Raw JSON's own: without a tree there is nothing that they could do.
        Action::UnfoldAll | Action::GoIn | Action::GoOut | Action::CopyValue | Action::CopyPath => {
        }
        Action::OpenConsole => return console::open(model),
        Action::ExportCsv => return export::csv(model),
        Action::ExportJson => return export::json(model),
        Action::ExportTable => return export::table(model),
        Action::Preflight => return preflight::begin(model),
        Action::Verify => return verify::this(model),
        Action::VerifyCopied => return verify::copied(model),
        Action::Refresh => return load::this(model),
        Action::RefreshAll => return load::again(model),
        Action::Pause => return pause::toggle(model),
        Action::Cancel => {
            let stopped = verify::stop(model);
            if !stopped || !model.loads.is_empty() {
                return load::cancel(model);
            }
        }
        Action::Theme => turn_theme(model),
        Action::Privacy => privacy::toggle(model),
        Action::Help => page::toggle_help(model),
        Action::Settings => page::toggle_settings(model),
        Action::Messages => page::toggle_messages(model),
        Action::Search => page::search(model),
        Action::Palette => palette::open(model),
        Action::Repaint => return vec![Effect::Repaint],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Quit => return vec![Effect::Quit],
        // They want a letter, and come by `act_on`.
        Action::SaveView | Action::RecallView => {}
    }
    Vec::new()
}

fn act_on(model: &mut Model, action: Action, name: char) -> Vec<Effect> {
    match action {
        Action::SaveView => return saved::save(model, name),
        Action::RecallView => saved::recall(model, name),
        _ => return act(model, action),
    }
    Vec::new()
}

fn turn_tab(model: &mut Model, by: usize) {
    model.tab = turned(&Tab::ALL, model.tab, by);
    model.scroll = 0;
    moves::choose_first(model);
}

fn turn_form(model: &mut Model, by: usize) {
    if model.tab == Tab::Remediation {
        model.form = turned(&RemediationTab::ALL, model.form, by);
    } else {
        model.tab = Tab::Remediation;
    }
    model.scroll = 0;
}

fn turned<T: Copy + PartialEq>(all: &[T], now: T, by: usize) -> T {
    let at = all.iter().position(|t| *t == now).expect("the list holds every value");
    all[(at + by) % all.len()]
}

fn open(model: &mut Model) {
    match model.view {
        View::Origins if model.header.is_some() => groups::toggle(model),
        View::Origins => {
            moves::choose_first(model);
            model.opened = model.selected.is_some();
        }
        View::Distributions => distributions::open(model),
        View::Accounts => {
            if let Some(ix) = model.selected_account {
                palette::only(model, ix);
            }
        }
    }
}

fn zoom(model: &mut Model) {
    moves::choose_first(model);
    model.opened = !model.opened && moves::is_chosen(model);
}

/// One level back; false at the top.
fn back(model: &mut Model) -> bool {
    if page::unsearch(model) || model.popup.take().is_some() {
        return true;
    }
    match model.context() {
        Context::Origins if model.marks.end_range() => {}
        Context::Facets => facets::leave(model),
        Context::Distributions if model.opened => model.opened = false,
        Context::Detail | Context::Raw => model.opened = false,
        Context::Distributions | Context::Accounts => show(model, View::Origins),
        _ => return false,
    }
    true
}

fn show(model: &mut Model, view: View) {
    if model.view != view {
        model.scroll = 0;
    }
    let from = std::mem::replace(&mut model.view, view);
    (model.popup, model.opened) = (None, false);
    if view == View::Distributions && from == View::Origins {
        distributions::follow(model);
    }
    if view == View::Accounts && model.selected_account.is_none() {
        model.selected_account = model.account_order().first().copied();
    }
}

fn turn_theme(model: &mut Model) {
    model.themes.turn();
    let name = &model.themes.name;
    model.say(format!("theme {name}; to keep it: theme = \"{name}\" in settings.toml"), false);
}

fn switch_lens(model: &mut Model) {
    let (lens, says) = match model.narrowing.lens {
        Lens::Traffic => (Lens::D9, "lens: the rule D9.AWS.CRY.17 as written"),
        Lens::D9 => (Lens::Traffic, "lens: what really travels"),
    };
    model.narrowing.lens = lens;
    moves::renarrow(model);
    model.say(says, false);
}
