//! The command line: what is asked, what is done about it, and the status it ends with.

mod args;
mod check;
mod environment;
mod explorer;
mod file;
mod fix;
mod fleet;
mod info;
mod init;
mod kept;
mod keymap;
mod keys;
mod load;
mod man;
mod output;
mod person;
mod privacy;
mod progress;
mod role_policy;
mod scan;
mod session;
mod settings;
mod signals;
mod source;
mod status;
mod stop;
mod tape;
mod themes;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Arguments, Command, Tape, With};
use output::{print, tell};
use stop::Stop;

use crate::domain::text::{escape, is_plain};

/// Runs the program on the process's arguments. Nothing ends it but its return.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        // Help and the version come this way too. Whoever does not read them wants no error.
        Err(said) => {
            if said.use_stderr() {
                complain(&said);
            } else {
                let _ = said.print();
            }
            return ExitCode::from(if said.use_stderr() { status::USAGE } else { status::FINE });
        }
    };
    match run(arguments) {
        Ok(status) => ExitCode::from(status),
        Err(Stop { status, message }) => {
            if !message.is_empty() {
                tell(&message);
            }
            ExitCode::from(status)
        }
    }
}

/// Prints a mistake of the command line. It quotes the arguments, which may hold what a terminal
/// acts on; then it goes without colours, so that those are all that is escaped.
fn complain(said: &clap::Error) {
    let text = said.render().to_string();
    match text.split('\n').all(is_plain) {
        true => {
            let _ = said.print();
        }
        false => {
            let lines: Vec<_> = text.split('\n').map(escape).collect();
            tell(&lines.join("\n"));
        }
    }
}

fn run(arguments: Arguments) -> Result<u8, Stop> {
    let Arguments { common, tape, privacy, command } = arguments;
    let Some(command) = command else { return explorer::explore(&common, &tape, privacy) };
    let is_demo = matches!(command, Command::Demo(_));
    if !is_demo && tape != Tape::default() {
        return Err(Stop::usage("--record and --replay are of the explorer and of `cf-tui demo`"));
    }
    if privacy && !matches!(command, Command::Demo(_) | Command::Scan(_)) {
        return Err(Stop::usage("--privacy is of the explorer, of the demo and of the scan"));
    }
    match command {
        Command::Demo(With { own, common: after }) => {
            let privacy = privacy || own.privacy;
            explorer::demo(own.size, &common.and(after), &tape.or(own.tape), privacy)
        }
        Command::Scan(With { own, common: after }) => {
            scan::scan(&own, &common.and(after), privacy || own.privacy)
        }
        Command::Fix(With { own, common: after }) => fix::fix(&own, &common.and(after)),
        Command::Init(With { own, common: after }) => {
            init::init(own.path.or(common.and(after).config))
        }
        Command::Check(With { own, common: after }) => check::check(&own, &common.and(after)),
        Command::RolePolicy(With { own, .. }) => role_policy::role_policy(&own),
        Command::Info(With { common: after, .. }) => info::info(&common.and(after)),
        Command::Keys(_) => keys::keys(),
        Command::Man(_) => man::man(),
        Command::Completions(With { own, .. }) => completions(own.shell),
    }
}

fn completions(shell: clap_complete::Shell) -> Result<u8, Stop> {
    // Into memory first: the generator panics where a reader went away.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "cf-tui", &mut script);
    print(&String::from_utf8_lossy(&script)).map(|()| status::FINE)
}
