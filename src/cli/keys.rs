//! `cf-tui keys`: the key table as plain text.

use super::output::print;
use super::status;
use super::stop::Stop;
use crate::app::keymap::{Binding, Keymap};
use crate::app::palette::{COMMANDS, Command};

/// Prints the keys and the commands of the explorer.
pub(super) fn keys() -> Result<u8, Stop> {
    print(&table(&Keymap::embedded())).map(|()| status::FINE)
}

/// Columns: keys, the action's name, where it holds, what it does; then the commands likewise.
fn table(keymap: &Keymap) -> String {
    let heads = ["keys", "action", "where", "what it does"].map(str::to_owned);
    let actions: Vec<[String; 4]> =
        [heads].into_iter().chain(keymap.bindings().iter().map(of_binding)).collect();
    let lines = columns(&actions);
    let mut text = format!("{}\n", lines[0]);
    let mut group = "";
    for (binding, line) in keymap.bindings().iter().zip(&lines[1..]) {
        if binding.group != group {
            group = &binding.group;
            text += &format!("\n{group}\n");
        }
        text += &format!("{line}\n");
    }
    let commands: Vec<[String; 3]> = COMMANDS.iter().map(of_command).collect();
    format!("{text}\nCommands\n{}\n", columns(&commands).join("\n"))
}

/// Each row as a line; the last column is as long as it is.
fn columns<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let widths: [usize; N] = std::array::from_fn(|at| {
        let widest = rows.iter().map(|row| row[at].len()).max().unwrap_or(0);
        if at + 1 < N { widest } else { 0 }
    });
    let cell = |(text, width): (&String, usize)| format!("{text:width$}");
    rows.iter().map(|row| row.iter().zip(widths).map(cell).collect::<Vec<_>>().join("  ")).collect()
}

fn of_binding(binding: &Binding) -> [String; 4] {
    let Binding { keys, action, help, .. } = binding;
    [keys.join(", "), action.name(), binding.places(), help.clone()]
}

fn of_command(command: &Command) -> [String; 3] {
    [format!(":{}", command.usage()), command.places(), command.help.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keymap_of_another_is_printed_as_it_is() {
        let bind = "[[bind]]\nkeys = [\"w\", \"F w\"]\naction = \"zoom\"\nin = [\"detail\"]\n\
                    help = \"larger\"\ngroup = \"Mine\"\n";
        let text = table(&Keymap::parse(bind).unwrap());
        assert!(text.contains("\nMine\nw, F w  zoom    detail  larger\n"), "{text}");
    }
}
