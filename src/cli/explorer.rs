//! The explorer on a fleet: the model, its source and the shell put together.

use std::future::pending;
use std::path::Path;
use std::sync::Arc;

use super::args::{Common, DemoSize, Tape};
use super::kept::kept;
use super::output::{shown, tell};
use super::person::{self, Person};
use super::privacy::Wish;
use super::settings::Known;
use super::source::{Reading, no_credentials};
use super::stop::Stop;
use super::tape::{self, Playing};
use super::{keymap, settings, status};
use crate::app::keymap::Keymap;
use crate::app::model::Start;
use crate::app::player::Player;
use crate::app::recording::{self, Header};
use crate::app::themes::Themes;
use crate::config::fleet::{Fleet, PreflightRules};
use crate::config::paths::state_dir;
use crate::domain::mask::Mask;
use crate::domain::preflight::{Outcome, Preflight};
use crate::domain::text::escape;
use crate::inventory::aws::BaseFault;
use crate::inventory::load::{Source, load};
use crate::inventory::preflight::{Names, Options, Roots, preflight};
use crate::shell::reads::read;
use crate::shell::record::Writing;
use crate::shell::{
    self, Clock, Environment, Explorer, Loader, Prober, Program, Reader, Recorded, Replay, Session,
    ShellError,
};

/// Milliseconds of a usual call, so that the demo arrives like a real fleet.
const DEMO_LATENCY_MS: u64 = 150;

/// What the person's own files say. Mistakes in them are told before the screen opens.
struct Own {
    keymap: Keymap,
    person: Person,
}

impl Own {
    fn read(common: &Common, environment: &Environment) -> Result<Self, Stop> {
        Ok(Self { keymap: keymap::in_force()?, person: person::in_force(common, environment)? })
    }
}

/// Opens the explorer on the fleet file's accounts, or plays a recording.
pub(super) fn explore(common: &Common, tape: &Tape, privacy: bool) -> Result<u8, Stop> {
    let environment = Environment::read();
    tape::refuse_existing(tape)?;
    let playing = Playing::of(tape)?;
    if let Some(Playing { tape: recording::Tape::Recording(header, steps), speed }) = playing {
        return replay(*header, Player::new(steps, speed), common, environment);
    }
    if playing.is_some() {
        return Err(Stop::usage("a script is played on the demo: cf-tui demo --replay FILE"));
    }
    // A missing or wrong fleet file is the more useful thing to say, so it comes first.
    let reading = Reading::of_file(common)?;
    let own = Own::read(common, &environment)?;
    shell::check(&environment).map_err(refused)?;
    let way = Way { is_demo: false, record: tape.record.as_deref(), script: None, privacy };
    open(reading, common, environment, own, way)
}

/// Opens the explorer on the demo, or plays a recording, or a script on the demo.
pub(super) fn demo(
    size: DemoSize,
    common: &Common,
    tape: &Tape,
    privacy: bool,
) -> Result<u8, Stop> {
    let environment = Environment::read();
    tape::refuse_existing(tape)?;
    let script = match Playing::of(tape)? {
        Some(Playing { tape: recording::Tape::Recording(header, steps), speed }) => {
            if size != DemoSize::default() {
                return Err(Stop::usage("a recording has its own size: leave the demo's out"));
            }
            return replay(*header, Player::new(steps, speed), common, environment);
        }
        Some(Playing { tape: recording::Tape::Script(steps), speed }) => {
            Some(Player::new(steps, speed))
        }
        None => None,
    };
    let own = Own::read(common, &environment)?;
    shell::check(&environment).map_err(refused)?;
    let reading = Reading::of_demo(size, DEMO_LATENCY_MS, common)?;
    let way = Way { is_demo: true, record: tape.record.as_deref(), script, privacy };
    open(reading, common, environment, own, way)
}

/// What makes one explorer differ from another.
struct Way<'a> {
    is_demo: bool,
    record: Option<&'a Path>,
    script: Option<Player>,
    privacy: bool,
}

fn open(
    reading: Reading,
    common: &Common,
    environment: Environment,
    own: Own,
    way: Way<'_>,
) -> Result<u8, Stop> {
    let runtime = shell::runtime().map_err(refused)?;
    let clock = reading.clock();
    let fleet = reading.fleet.clone();
    // Signals are not taken yet: Ctrl-c ends a wait for a person's second factor.
    let (on, is_demo) = (way.privacy, way.is_demo);
    let privacy = Wish { on, is_demo, is_recorded: way.record.is_some() }.privacy();
    let mask = on.then(|| Mask::new(privacy.key, &fleet.accounts));
    let said = |fault: &BaseFault| {
        let said = no_credentials(fault);
        mask.as_ref().map_or_else(|| said.clone(), |mask| mask.text(&said))
    };
    let source = runtime.block_on(reading.connect(common)).map_err(|faults| Stop {
        status: status::NOT_SEEN,
        message: faults.iter().map(said).collect::<Vec<_>>().join("\n"),
    })?;
    if let Source::Aws(aws) = &source {
        aws.troubles().iter().for_each(|fault| tell(&said(fault)));
    }
    let source = Arc::new(source);
    let settings = settings::rows(&Known {
        common,
        fleet: &fleet,
        environment: &environment,
        person: &own.person,
        is_demo: way.is_demo,
    });
    let state_directory = if way.is_demo { None } else { state_dir() };
    let kept = kept(state_directory.as_deref(), common.resume);
    let with = Start {
        accounts: fleet.accounts.clone(),
        fleet: fleet.path.as_deref().map(shown).unwrap_or_default(),
        demo: way.is_demo,
        replay: way.script.is_some(),
        ascii: own.person.ascii,
        preflight: fleet.preflight,
        keymap: own.keymap,
        themes: own.person.themes,
        settings,
        mouse: common.mouse,
        views: kept.views,
        resume: kept.session,
        trouble: kept.trouble,
        privacy,
        masked: false,
    };
    let now = clock.now();
    let recorder = way.record.map(|path| tape::begin(path, &with, now)).transpose()?;
    let (program, opening) = Explorer::new(with, own.person.gallery, now);
    let (program, opening, writing): (Box<dyn Program>, _, _) = match (way.script, recorder) {
        (Some(player), _) => {
            let (program, opening) = Replay::of_script(program, opening, player);
            (Box::new(program), opening, None)
        }
        (None, Some((recorder, writing))) => {
            (Box::new(Recorded::new(program, recorder)), opening, Some(writing))
        }
        (None, None) => (Box::new(program), opening, None),
    };
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
    if let Some(trouble) = writing.and_then(Writing::finish) {
        tell(&format!("the recording is not whole: {}", escape(&trouble)));
    }
    Ok(left.exit_status())
}

/// Plays a recorded session. Nobody is called: what would do that waits for ever.
fn replay(
    header: Header,
    player: Player,
    common: &Common,
    environment: Environment,
) -> Result<u8, Stop> {
    if common.config.is_some() || !common.accounts.is_empty() || !common.groups.is_empty() {
        return Err(Stop::usage(
            "a recording has its own accounts: leave --config, --account and --group out",
        ));
    }
    shell::check(&environment).map_err(refused)?;
    let runtime = shell::runtime().map_err(refused)?;
    let person = person::in_force(common, &environment)?;
    let is_said = common.theme.is_some() || environment.no_color;
    let mut with = Start { replay: true, privacy: header.privacy(), ..header.start.clone() };
    with.ascii |= person.ascii;
    if is_said || !person.gallery.names().contains(&with.themes.name) {
        with.themes = Themes { asks: false, ..person.themes };
    }
    let (program, _) = Explorer::new(with, person.gallery, header.at);
    let session = Session {
        program: Replay::of_recording(program, &header, player),
        opening: Vec::new(),
        loader: Box::new(|_, _, _| Box::pin(pending())),
        prober: Box::new(|_, _| Box::pin(pending())),
        reader: Box::new(|_| Box::pin(pending())),
        clock: Clock::System,
        environment,
        state_directory: None,
        mouse: false,
    };
    let left = shell::explore(runtime, session).map_err(refused)?;
    Ok(left.exit_status())
}

fn refused(error: ShellError) -> Stop {
    Stop { status: error.exit_status(), message: error.to_string() }
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
