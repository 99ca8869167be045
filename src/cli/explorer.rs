//! The explorer on a fleet: the model, its source and the shell put together.

use std::sync::Arc;

use super::args::{Common, DemoSize, ThemeName};
use super::kept::kept;
use super::output::{shown, tell};
use super::source::{Reading, no_credentials};
use super::status;
use super::stop::Stop;
use crate::app::model::Start;
use crate::config::fleet::{Fleet, PreflightRules};
use crate::config::paths::state_dir;
use crate::domain::preflight::{Outcome, Preflight};
use crate::inventory::load::{Source, load};
use crate::inventory::preflight::{Names, Options, Roots, preflight};
use crate::shell::reads::read;
use crate::shell::{self, Environment, Explorer, Loader, Prober, Reader, Session, ShellError};
use crate::ui::theme::Theme;

/// Milliseconds of a usual call, so that the demo arrives like a real fleet.
const DEMO_LATENCY_MS: u64 = 150;

/// Opens the explorer on the fleet file's accounts.
pub(super) fn explore(common: &Common) -> Result<u8, Stop> {
    let environment = Environment::read();
    // A missing or wrong fleet file is the more useful thing to say, so it comes first.
    let reading = Reading::of_file(common)?;
    shell::check(&environment).map_err(refused)?;
    open(reading, common, environment, false)
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
    // Signals are not taken yet: Ctrl-c ends a wait for a person's second factor.
    let source = runtime.block_on(reading.connect(common)).map_err(|faults| Stop {
        status: status::NOT_SEEN,
        message: faults.iter().map(no_credentials).collect::<Vec<_>>().join("\n"),
    })?;
    if let Source::Aws(aws) = &source {
        aws.troubles().iter().for_each(|fault| tell(&no_credentials(fault)));
    }
    let source = Arc::new(source);
    let state_directory = if is_demo { None } else { state_dir() };
    let kept = kept(state_directory.as_deref(), common.resume);
    let with = Start {
        accounts: fleet.accounts.clone(),
        fleet: fleet.path.as_deref().map(shown).unwrap_or_default(),
        demo: is_demo,
        ascii: common.ascii,
        preflight: fleet.preflight,
        mouse: common.mouse,
        views: kept.views,
        resume: kept.session,
        trouble: kept.trouble,
    };
    let theme = theme(common.theme, &environment);
    let (program, opening) = Explorer::new(with, theme, clock.now());
    let session = Session {
        program,
        opening,
        loader: loader(Arc::clone(&source), &fleet),
        prober: prober(fleet.preflight),
        reader: reader(source, &fleet),
        clock,
        mouse: common.mouse,
        environment,
        state_directory,
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

fn reader(source: Arc<Source>, fleet: &Fleet) -> Reader {
    let accounts: Arc<[_]> = fleet.accounts.clone().into();
    Box::new(move |asked| {
        let (source, accounts) = (Arc::clone(&source), Arc::clone(&accounts));
        Box::pin(async move { read(&source, &accounts, asked).await })
    })
}

fn loader(source: Arc<Source>, fleet: &Fleet) -> Loader {
    let accounts: Arc<[_]> = fleet.accounts.clone().into();
    let limits = fleet.load;
    Box::new(move |id, which, out| {
        Box::pin(load(Arc::clone(&source), Arc::clone(&accounts), which, limits, id, out))
    })
}

/// The model does not ask where it is off; this is the second lock on the same door.
fn prober(rules: PreflightRules) -> Prober {
    Box::new(move |target, now| {
        let PreflightRules { enabled, allow_private, timeout } = rules;
        let options =
            Options { allow_private, timeout, roots: Roots::System, names: Names::System };
        Box::pin(async move {
            match enabled {
                true => preflight(target, options, now).await,
                false => {
                    let outcome = Outcome::NotTried("pre-flights are off".to_owned());
                    Preflight { target, address: None, outcome }
                }
            }
        })
    })
}
