//! `cf-tui man`: the manual page, in roff. Commands and flags come from the command line's own
//! description, keys from the keymap: nothing is written twice.

use std::io;

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::{Arguments, COMMON};
use super::output::print;
use super::status;
use super::stop::Stop;
use crate::app::keymap::Keymap;
use crate::app::palette::COMMANDS;

/// How the page begins. Text to the left, as in the terminal: stretched lines are hard to read.
const HEAD: &str = concat!(
    ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n",
    ".TH CF-TUI 1 \"\" \"cf-tui ",
    env!("CARGO_PKG_VERSION"),
    "\" \"User Commands\"\n.ad l\n.nh\n"
);

/// What every section is written with again, and the page needs once.
const PREAMBLE: &[&str] = &[".ie ", ".el "];

const STATUS: &str = "\
The explorer and the commands that only print end with 0. Commands that read AWS have a table of \
their own above.";

const STATUSES: &[(&str, &str)] = &[
    ("0", "it is done; for scan: every origin was seen and none fails"),
    ("1", "scan: at least one origin fails; fix: there is nothing to print"),
    ("2", "the command line, the fleet file or a file to be written is wrong"),
    ("3", "an account could not be read, or, for scan, a verdict is unknown"),
    ("4", "scan: both 1 and 3"),
    ("130", "interrupted"),
];

const FILES: &[(&str, &str)] = &[
    ("$XDG_CONFIG_HOME/cf-tui/config.toml", "the fleet file; ~/.config where that is not set"),
    ("$XDG_CONFIG_HOME/cf-tui/keys.toml", "your own keys"),
    ("$XDG_CONFIG_HOME/cf-tui/settings.toml", "your own settings, such as the theme"),
    ("$XDG_CONFIG_HOME/cf-tui/themes/NAME.toml", "themes of your own"),
    ("$XDG_STATE_HOME/cf-tui/views.toml", "the views that were saved"),
    ("$XDG_STATE_HOME/cf-tui/session.toml", "the last session, for --resume"),
    ("$XDG_STATE_HOME/cf-tui/fix.sh", "the fix that was copied last; ~/.local/state likewise"),
    ("$XDG_STATE_HOME/cf-tui/privacy-key", "what the privacy mask makes pseudonyms with"),
    ("~/.aws/config, ~/.aws/credentials", "profiles, as in the AWS CLI"),
];

const ENVIRONMENT: &[(&str, &str)] = &[
    ("CF_TUI_CONFIG", "names the fleet file"),
    ("CF_TUI_*", "any name of yours, for external_id = { env = \"CF_TUI_...\" }"),
    ("AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_CONFIG_FILE, ...", "as in the AWS CLI"),
    (
        "AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL_CLOUDFRONT",
        "other endpoints than those of the partition",
    ),
    ("HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY", "proxies, in small letters too"),
    ("AWS_CA_BUNDLE", "PEM certificates that are trusted besides the system's"),
    ("NO_COLOR", "no colours, as --theme mono"),
    ("COLORTERM", "truecolor or 24bit: themes may use any colour"),
    ("COLORFGBG", "whether the terminal is light, where it does not tell itself"),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME", "where the fleet file and fix.sh are"),
];

/// Prints the manual page.
pub(super) fn man() -> Result<u8, Stop> {
    let page = page(&Keymap::embedded())
        .map_err(|error| Stop::usage(format!("the manual page cannot be made: {error}")))?;
    print(&page).map(|()| status::FINE)
}

fn page(keymap: &Keymap) -> io::Result<String> {
    let whole = Arguments::command().subcommand_value_name("command");
    let commands: Vec<clap::Command> = whole.get_subcommands().cloned().collect();
    let examples = whole.get_after_help().map(ToString::to_string).unwrap_or_default();
    let root = Man::new(whole);
    let mut roff = Vec::new();
    root.render_name_section(&mut roff)?;
    root.render_synopsis_section(&mut roff)?;
    root.render_description_section(&mut roff)?;
    root.render_options_section(&mut roff)?;
    let mut page = HEAD.to_owned() + &lines(&roff, PREAMBLE);
    page += ".SH COMMANDS\nThe common options hold for every command, before and after it.\n";
    for command in commands {
        page += &subcommand(command)?;
    }
    page += &keys(keymap);
    page += &table("EXIT STATUS", Some(STATUS), STATUSES);
    page += &table("FILES", Some("cf-tui info names the folders, wherever they are."), FILES);
    page += &table("ENVIRONMENT", None, ENVIRONMENT);
    page += ".SH EXAMPLES\n";
    page += &verbatim(examples.trim_start_matches("Examples:\n"));
    Ok(ascii(&page))
}

/// The lines that do not begin with any of these.
fn lines(roff: &[u8], without: &[&str]) -> String {
    let text = String::from_utf8_lossy(roff);
    let kept = text.lines().filter(|line| !without.iter().any(|begin| line.starts_with(begin)));
    kept.map(|line| format!("{line}\n")).collect()
}

/// Everything else by its number: not every formatter reads UTF-8.
fn ascii(text: &str) -> String {
    let named = |c: char| match c {
        '…' => "...".to_owned(),
        c if c.is_ascii() => c.to_string(),
        c => format!("\\[u{:04X}]", u32::from(c)),
    };
    text.chars().map(named).collect()
}

/// A command with its own flags: those of all stand above.
fn subcommand(command: clap::Command) -> io::Result<String> {
    let name = format!("cf-tui {}", command.get_name());
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let command = command.bin_name(&name).disable_help_flag(true).mut_args(|argument| {
        let is_common = argument.get_help_heading() == Some(COMMON);
        argument.hide(is_common)
    });
    let man = Man::new(command);
    let (mut synopsis, mut body) = (Vec::new(), Vec::new());
    man.render_synopsis_section(&mut synopsis)?;
    man.render_description_section(&mut body)?;
    man.render_options_section(&mut body)?;
    let mut text = format!(".SS {}\n", escaped(&name));
    // The sections of a command are parts of one: their headings go.
    let without = [PREAMBLE, &[".SH "]].concat();
    text += &lines(&synopsis, &without);
    text += ".PP\n";
    text += &lines(&body, &without);
    if !after.is_empty() {
        text += ".PP\n";
        text += &verbatim(&after);
    }
    Ok(text)
}

fn keys(keymap: &Keymap) -> String {
    let mut text = ".SH KEYS\nThe keys of the explorer, and where they hold.\n".to_owned();
    for group in keymap.bindings().chunk_by(|a, b| a.group == b.group) {
        text += &format!(".SS {}\n", escaped(&group[0].group));
        for binding in group {
            let says = format!("{} ({})", binding.help, binding.places());
            text += &tagged(&binding.keys.join(", "), &says);
        }
    }
    text += ".SS Commands, after :\n";
    for command in COMMANDS {
        let help = format!("{} ({})", command.help, command.places());
        text += &tagged(&format!(":{}", command.usage()), &help);
    }
    text
}

fn table(heading: &str, before: Option<&str>, rows: &[(&str, &str)]) -> String {
    let mut text = format!(".SH {heading}\n");
    text.extend(before.map(|before| format!("{}\n", escaped(before))));
    text.extend(rows.iter().map(|(tag, says)| tagged(tag, says)));
    text
}

fn tagged(tag: &str, says: &str) -> String {
    format!(".TP\n\\fB{}\\fR\n{}\n", escaped(tag), escaped(says))
}

/// Lines that stay as they are.
fn verbatim(text: &str) -> String {
    let lines: String = text.lines().map(|line| format!("{}\n", escaped(line))).collect();
    format!(".nf\n{lines}.fi\n")
}

/// Text that roff takes for nothing else: no request at the beginning, no escape inside, and
/// minus signs that can be copied.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    // A quote, a caret and the like are typeset as others unless they are named.
    let text = text.replace('\'', "\\(aq").replace('^', "\\(ha").replace('~', "\\(ti");
    let text = text.replace('`', "\\(ga");
    if text.starts_with('.') { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_roff_acts_on_is_text() {
        assert_eq!(escaped(".TH"), "\\&.TH");
        assert_eq!(escaped("'a\\b"), "\\(aqa\\eb");
        assert_eq!(escaped("--flag ~"), "\\-\\-flag \\(ti");
    }
}
