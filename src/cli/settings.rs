//! The settings in force, for the screen that lists them. Secrets are only said to be set.

use std::path::Path;

use super::args::Common;
use super::environment::variable;
use super::output::shown;
use super::person::{self, Person};
use super::{keymap, themes};
use crate::app::settings::Setting;
use crate::config::fleet::{Fleet, LoadLimits, PreflightRules};
use crate::config::paths::{NamedBy, fleet_file, state_dir};
use crate::domain::account::Access;
use crate::shell::Environment;
use crate::ui::settings::YOURS;

const FLEET: &str = "Fleet";
const LOAD: &str = "Load";
const CONNECTIONS: &str = "Connections";
const FILES: &str = "Files";
const BUILT_IN: &str = "built in";

/// What else the rows are made of.
pub(super) struct Known<'a> {
    pub(super) common: &'a Common,
    pub(super) fleet: &'a Fleet,
    pub(super) environment: &'a Environment,
    pub(super) person: &'a Person,
    pub(super) is_demo: bool,
}

impl Known<'_> {
    /// Where a setting of the fleet comes from.
    fn from(&self, same: bool, table: &str) -> String {
        match (same, self.is_demo) {
            (true, _) => BUILT_IN.to_owned(),
            (false, true) => "the demo".to_owned(),
            (false, false) => format!("{table}, fleet file"),
        }
    }
}

/// Every setting but the theme, which a key changes.
pub(super) fn rows(known: &Known<'_>) -> Vec<Setting> {
    let mut rows = yours(known);
    rows.extend(fleet(known));
    rows.extend(load(known));
    rows.extend(connections(known));
    rows.extend(files(known));
    rows
}

fn yours(known: &Known<'_>) -> Vec<Setting> {
    let colours = match known.environment.true_colour {
        true => ("true colours", "$COLORTERM"),
        false => ("256", "built in; COLORTERM=truecolor tells more"),
    };
    vec![
        Setting::new(YOURS, "ascii", yes(known.person.ascii), &known.person.ascii_by),
        Setting::new(YOURS, "colours", colours.0, colours.1),
    ]
}

fn fleet(known: &Known<'_>) -> Vec<Setting> {
    if known.is_demo {
        return vec![Setting::new(FLEET, "fleet", "invented", "the demo")];
    }
    let file = fleet_file(known.common.config.as_deref(), &variable);
    let by = match file.named_by {
        NamedBy::Flag => "--config",
        NamedBy::Variable => "$CF_TUI_CONFIG",
        NamedBy::Directory => "the config directory",
    };
    let path = file.path.as_deref().map(shown).unwrap_or_default();
    let enabled = known.fleet.accounts.iter().filter(|account| account.enabled).count();
    let chosen = match (known.common.accounts.is_empty(), known.common.groups.is_empty()) {
        (true, true) => "the fleet file",
        (false, true) => "--account",
        (true, false) => "--group",
        (false, false) => "--account and --group",
    };
    let accounts = format!("{enabled} of {} enabled", known.fleet.accounts.len());
    vec![
        Setting::new(FLEET, "fleet file", path, by),
        Setting::new(FLEET, "accounts", accounts, chosen),
        external_ids(known.fleet),
    ]
}

/// How many accounts have one; never which.
fn external_ids(fleet: &Fleet) -> Setting {
    let set = fleet.accounts.iter().filter(|account| match &account.access {
        Access::Assume(role) => role.external_id.is_some(),
        Access::Profile(_) => false,
    });
    match set.count() {
        0 => Setting::new(FLEET, "external_id", "not set", "the fleet file"),
        count => {
            let value = format!("set for {count} of {}", fleet.accounts.len());
            Setting::new(FLEET, "external_id", value, "the fleet file")
        }
    }
}

fn load(known: &Known<'_>) -> Vec<Setting> {
    let (is, built_in) = (known.fleet.load, LoadLimits::default());
    let row =
        |name, value: String, same| Setting::new(LOAD, name, value, known.from(same, "[load]"));
    vec![
        row(
            "max_concurrency",
            format!("{} accounts at once", is.max_concurrency),
            is.max_concurrency == built_in.max_concurrency,
        ),
        row(
            "max_attempts",
            format!("{} tries per call", is.max_attempts),
            is.max_attempts == built_in.max_attempts,
        ),
        row(
            "call_timeout",
            format!("{:?} per call", is.call_timeout),
            is.call_timeout == built_in.call_timeout,
        ),
    ]
}

fn connections(known: &Known<'_>) -> Vec<Setting> {
    let (is, built_in) = (known.fleet.preflight, PreflightRules::default());
    let row = |name, value: String, same| {
        Setting::new(CONNECTIONS, name, value, known.from(same, "[preflight]"))
    };
    let allowed = if is.allow_private { "private addresses too" } else { "public addresses alone" };
    let mut rows = vec![
        row("preflight", on(is.enabled).to_owned(), is.enabled == built_in.enabled),
        row("allow_private", allowed.to_owned(), is.allow_private == built_in.allow_private),
        row("timeout", format!("{:?}", is.timeout), is.timeout == built_in.timeout),
    ];
    if known.is_demo {
        return rows;
    }
    rows.push(match known.common.no_session_policy {
        true => Setting::new(CONNECTIONS, "session policy", "not sent", "--no-session-policy"),
        false => Setting::new(CONNECTIONS, "session policy", "reading calls alone", BUILT_IN),
    });
    // Addresses of proxies may hold a password.
    let named = ["AWS_PROFILE", "AWS_CA_BUNDLE"].map(|name| (name, false));
    let proxies = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"].map(|name| (name, true));
    for (name, hidden) in named.into_iter().chain(proxies) {
        // Of proxies the small letters win, as in curl.
        let small = name.to_ascii_lowercase();
        let written =
            [small.as_str(), name].into_iter().skip(usize::from(!hidden)).find_map(|by| {
                let value = variable(by).filter(|value| !value.trim().is_empty());
                value.map(|value| (by.to_owned(), value))
            });
        if let Some((by, value)) = written {
            let value = if hidden { "set".to_owned() } else { value };
            rows.push(Setting::new(CONNECTIONS, &small, value, format!("${by}")));
        }
    }
    rows
}

fn files(known: &Known<'_>) -> Vec<Setting> {
    let row = |name, path: Option<&Path>, there: &str| {
        let there = match path {
            Some(path) if path.exists() => there,
            _ => "not there",
        };
        let path = path.map_or("none: there is no home directory".to_owned(), shown);
        Setting::new(FILES, name, path, there)
    };
    let mut rows = vec![
        row("keys", keymap::file().as_deref(), "read, over the built-in keys"),
        row("settings", person::file().as_deref(), "read"),
        row("themes", themes::folder().as_deref(), "read"),
    ];
    for name in &known.person.wrong {
        let source = format!("left out: it has mistakes, which --theme {name} tells");
        rows.push(Setting::new(FILES, "theme", name, source));
    }
    rows.push(match known.is_demo {
        true => Setting::new(FILES, "state", "none", "the demo writes no file"),
        false => row("state", state_dir().as_deref(), "copied fixes are kept there"),
    });
    rows
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn on(is: bool) -> &'static str {
    if is { "on" } else { "off" }
}
