//! Which ways there are, best first.

use std::borrow::Cow;

use crate::shell::environment::Environment;

/// A way to the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// By another program.
    Tool(Tool),
    /// By the terminal itself, with an escape sequence. It never answers.
    Osc52 {
        /// Its name in the notice.
        name: &'static str,
    },
}

/// A program that takes the text on its standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tool {
    /// Its name in the notice.
    pub(super) name: &'static str,
    /// Program and arguments; the next one is tried where one is refused.
    pub(super) commands: &'static [&'static [&'static str]],
    /// What it wants the text to be.
    pub(super) encoding: Encoding,
}

/// How a tool wants its input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// As it is.
    Utf8,
    /// `clip.exe` reads other bytes than ASCII in the machine's old code page, unless the whole is
    /// UTF-16LE. No byte order mark: that would be pasted in front of the first command.
    Windows,
}

impl Encoding {
    /// The bytes for the tool.
    pub(super) fn encode(self, text: &str) -> Cow<'_, [u8]> {
        match self {
            Encoding::Windows if !text.is_ascii() => {
                Cow::Owned(text.encode_utf16().flat_map(u16::to_le_bytes).collect())
            }
            Encoding::Utf8 | Encoding::Windows => Cow::Borrowed(text.as_bytes()),
        }
    }
}

/// `-w` hands the buffer on to the outer terminal too; tmux before 3.2 does not know it.
const TMUX: Tool = Tool {
    name: "tmux buffer",
    commands: &[&["tmux", "load-buffer", "-w", "-"], &["tmux", "load-buffer", "-"]],
    encoding: Encoding::Utf8,
};
const WL_COPY: Tool = Tool {
    name: "wl-copy",
    commands: &[&["wl-copy", "--type", "text/plain;charset=utf-8"]],
    encoding: Encoding::Utf8,
};
const XCLIP: Tool = Tool {
    name: "xclip",
    commands: &[&["xclip", "-selection", "clipboard", "-in"]],
    encoding: Encoding::Utf8,
};
const XSEL: Tool = Tool {
    name: "xsel",
    commands: &[&["xsel", "--clipboard", "--input"]],
    encoding: Encoding::Utf8,
};
const PBCOPY: Tool = Tool { name: "pbcopy", commands: &[&["pbcopy"]], encoding: Encoding::Utf8 };
const CLIP_EXE: Tool =
    Tool { name: "clip.exe", commands: &[&["clip.exe"]], encoding: Encoding::Windows };

/// The ways from here, best first. Over SSH no local tool is asked: it would fill the clipboard of
/// the wrong machine.
pub(super) fn ways(environment: &Environment) -> Vec<Way> {
    let tools = [
        (environment.tmux, TMUX),
        (environment.wsl && !environment.ssh, CLIP_EXE),
        (environment.macos && !environment.ssh, PBCOPY),
        (environment.wayland && !environment.ssh, WL_COPY),
        (environment.x11 && !environment.ssh, XCLIP),
        (environment.x11 && !environment.ssh, XSEL),
    ];
    let there = tools.into_iter().filter(|(is_there, _)| *is_there);
    let name = if environment.ssh { "OSC 52 (SSH)" } else { "OSC 52" };
    there.map(|(_, tool)| Way::Tool(tool)).chain([Way::Osc52 { name }]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(environment: &Environment) -> Vec<&'static str> {
        let name = |way| match way {
            Way::Tool(tool) => tool.name,
            Way::Osc52 { name } => name,
        };
        ways(environment).into_iter().map(name).collect()
    }

    #[test]
    fn the_nearest_way_comes_first_and_the_terminal_last() {
        let none = Environment::default();
        let tmux = Environment { tmux: true, ..none.clone() };
        let x11 = Environment { x11: true, ..none.clone() };
        assert_eq!(names(&none), ["OSC 52"]);
        assert_eq!(names(&tmux), ["tmux buffer", "OSC 52"]);
        assert_eq!(names(&x11), ["xclip", "xsel", "OSC 52"]);
        let wayland = Environment { wayland: true, ..x11 };
        assert_eq!(names(&wayland), ["wl-copy", "xclip", "xsel", "OSC 52"]);
        let wsl = Environment { wsl: true, ..wayland };
        assert_eq!(names(&wsl)[0], "clip.exe");
        assert_eq!(names(&Environment { macos: true, ..none }), ["pbcopy", "OSC 52"]);
    }

    #[test]
    fn over_ssh_no_tool_fills_the_clipboard_of_the_wrong_machine() {
        let ssh = Environment {
            ssh: true,
            x11: true,
            wayland: true,
            macos: true,
            ..Environment::default()
        };
        assert_eq!(names(&ssh), ["OSC 52 (SSH)"]);
        assert_eq!(names(&Environment { tmux: true, ..ssh }), ["tmux buffer", "OSC 52 (SSH)"]);
    }

    #[test]
    fn windows_gets_utf_16_only_where_ascii_does_not_do() {
        assert_eq!(Encoding::Windows.encode("aws").as_ref(), b"aws");
        assert_eq!(Encoding::Windows.encode("ü\n").as_ref(), [0xfc, 0, 0x0a, 0]);
        assert_eq!(Encoding::Utf8.encode("ü").as_ref(), "ü".as_bytes());
    }
}
