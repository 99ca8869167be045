//! The explorer on a fleet: the model, its view and the shell put together.

use std::cell::Cell;
use std::sync::Arc;

use jiff::Timestamp;
use ratatui::Frame;

use super::args::{Common, DemoSize, ThemeName};
use super::output::{shown, tell};
use super::source::{Reading, no_credentials};
use super::status;
use super::stop::Stop;
use crate::app::effect::Effect;
use crate::app::event::{Event, Timed};
use crate::app::model::{Measured, Model, Start};
use crate::app::update::{start, update};
use crate::config::fleet::Fleet;
use crate::config::paths::state_dir;
use crate::inventory::load::{Source, load};
use crate::shell::{self, Environment, Loader, Program, Session, ShellError};
use crate::ui::theme::Theme;
use crate::ui::view::view;

/// Milliseconds of a usual call, so that the demo arrives like a real fleet.
const DEMO_LATENCY_MS: u64 = 150;

/// Opens the explorer on the fleet file's accounts.
pub(super) fn explore(common: &Common) -> Result<u8, Stop> {
    let environment = Environment::read();
    shell::check(&environment).map_err(refused)?;
    open(Reading::of_file(common)?, common, environment, false)
}

/// Opens the explorer on the demo.
pub(super) fn demo(size: DemoSize, common: &Common) -> Result<u8, Stop> {
    let environment = Environment::read();
    shell::check(&environment).map_err(refused)?;
    open(Reading::of_demo(size, DEMO_LATENCY_MS, common)?, common, environment, true)
}

fn open(
    reading: Reading,
    common: &Common,
    environment: Environment,
    is_demo: bool,
) -> Result<u8, Stop> {
    let runtime = shell::runtime().map_err(refused)?;
    let clock = reading.clock();
    let fleet = reading.fleet.clone();
    let mut model = Model::new(Start {
        accounts: fleet.accounts.clone(),
        fleet: fleet.path.as_deref().map(shown).unwrap_or_default(),
        demo: is_demo,
        ascii: common.ascii,
    });
    // Signals are not taken yet: Ctrl-c ends a wait for a person's second factor.
    let source = runtime.block_on(reading.connect(common)).map_err(|faults| Stop {
        status: status::NOT_SEEN,
        message: faults.iter().map(no_credentials).collect::<Vec<_>>().join("\n"),
    })?;
    if let Source::Aws(aws) = &source {
        aws.troubles().iter().for_each(|fault| tell(&no_credentials(fault)));
    }
    let opening = start(&mut model, clock.now());
    let theme = theme(common.theme, &environment);
    let session = Session {
        program: Explorer { model, theme, measured: Cell::default() },
        opening,
        loader: loader(source, &fleet),
        clock,
        environment,
        state_directory: if is_demo { None } else { state_dir() },
    };
    let left = shell::explore(runtime, session).map_err(refused)?;
    Ok(left.exit_status())
}

fn refused(error: ShellError) -> Stop {
    Stop { status: error.exit_status(), message: error.to_string() }
}

fn theme(wanted: Option<ThemeName>, environment: &Environment) -> Theme {
    match wanted {
        Some(ThemeName::Dark) => Theme::dark(),
        Some(ThemeName::Light) => Theme::light(),
        Some(ThemeName::Mono) => Theme::mono(),
        None if environment.no_color => Theme::mono(),
        None => Theme::dark(),
    }
}

fn loader(source: Source, fleet: &Fleet) -> Loader {
    let source = Arc::new(source);
    let accounts: Arc<[_]> = fleet.accounts.clone().into();
    let limits = fleet.load;
    Box::new(move |id, which, out| {
        Box::pin(load(Arc::clone(&source), Arc::clone(&accounts), which, limits, id, out))
    })
}

/// The explorer as the shell runs it.
struct Explorer {
    model: Model,
    theme: Theme,
    /// What the last frame had room for; the model learns it with the next event.
    measured: Cell<Measured>,
}

impl Explorer {
    fn tell_measured(&mut self, at: Timestamp) -> Vec<Effect> {
        let measured = self.measured.get();
        if measured == self.model.measured {
            return Vec::new();
        }
        update(&mut self.model, Timed { at, event: Event::Measured(measured) })
    }
}

impl Program for Explorer {
    fn update(&mut self, event: Timed) -> Vec<Effect> {
        let mut effects = self.tell_measured(event.at);
        effects.extend(update(&mut self.model, event));
        effects
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        self.measured.set(view(&self.model, &self.theme, frame));
    }
}
