//! The script in a shell that its user has set up in a way of their own, and pasted by terminals
//! that change what they paste.

use serde_json::Value;

use super::{Stub, config, in_parallel, origin, script};
use crate::shells::SHELLS;

const ID: &str = "a[$(touch pwned)]";

/// What stands before the script, and in which of the shells.
pub(super) const SET_UPS: [(&str, &[usize]); 21] = [
    ("set -Cfu", &[0, 1, 2, 3, 4]),
    ("set -e", &[0, 1, 2, 3, 4]),
    ("set -a", &[0, 1, 2, 3, 4]),
    ("IFS=:/.a", &[0, 1, 2, 3, 4]),
    ("trap 'touch pwned' EXIT; trap - EXIT", &[0, 1, 2, 3, 4]),
    ("declare -i origin domain dir etag state new answer", &[0, 2, 4]),
    ("declare -u origin state dir new; declare -l etag caller", &[0, 2, 4]),
    ("typeset -i origin domain dir etag state new answer", &[3]),
    ("shopt -s nocasematch extglob xpg_echo expand_aliases", &[0, 2, 4]),
    ("set -o pipefail -o posix -o nounset", &[0, 4]),
    ("alias jq='jq -C' rm='rm -i' cat='cat -n'", &[3, 4]),
    (
        "jq() { command jq -C \"$@\"; }; cat() { touch pwned; }; rm() { touch pwned; }",
        &[0, 1, 3, 4],
    ),
    ("aws() { command aws \"$@\"; }", &[0, 1, 2, 3, 4]),
    ("setopt no_unset ksh_arrays no_interactive_comments extended_glob", &[3]),
    ("setopt glob_subst sh_word_split glob_assign null_glob csh_null_glob", &[3]),
    ("setopt rc_quotes magic_equal_subst no_clobber err_exit", &[3]),
    ("setopt ignore_braces no_equals posix_builtins posix_traps", &[3]),
    ("setopt bang_hist hist_verify correct_all warn_create_global", &[3]),
    ("emulate ksh", &[3]),
    ("emulate sh", &[3]),
    (
        "unset TMPDIR; export LC_ALL=C LANG=C CDPATH=/:/usr AWS_DEFAULT_OUTPUT=table JQ_COLORS='0;31'",
        &[0, 1, 2, 3, 4],
    ),
];

fn stub() -> Stub {
    Stub::new(&config(&[origin("other", "http-only"), origin(ID, "http-only")]))
}

fn wanted() -> Value {
    let mut wanted = config(&[origin("other", "http-only"), origin(ID, "https-only")]);
    wanted["DistributionConfig"].take()
}

#[test]
fn however_the_shell_is_set_up_it_changes_its_origin_alone() {
    if !crate::shells::ready() {
        return;
    }
    let runs: Vec<(&str, usize)> = SET_UPS
        .iter()
        .flat_map(|(set_up, shells)| shells.iter().map(|shell| (*set_up, *shell)))
        .collect();
    in_parallel(runs.len(), |n| {
        let (set_up, shell) = runs[n];
        let stub = stub();
        let ran = stub.run(SHELLS[shell], &format!("{set_up}\n{}", script(ID)));
        assert_eq!(stub.posted(), Some(wanted()), "{:?} {set_up} {ran:?}", SHELLS[shell]);
        assert_eq!(ran.files, [""; 0], "{:?} {set_up} {ran:?}", SHELLS[shell]);
        assert_eq!(ran.status, Some(0), "{:?} {set_up} {ran:?}", SHELLS[shell]);
    });
}

#[test]
fn a_read_only_variable_of_the_user_stops_it_before_anything() {
    if !crate::shells::ready() {
        return;
    }
    const NAMES: [&str; 11] = [
        "account",
        "distribution",
        "origin",
        "domain",
        "caller",
        "dir",
        "etag",
        "state",
        "answer",
        "new",
        "said",
    ];
    in_parallel(NAMES.len() * SHELLS.len(), |n| {
        let (name, shell) = (NAMES[n % NAMES.len()], SHELLS[n / NAMES.len()]);
        let stub = stub();
        let ran = stub.run(shell, &format!("readonly {name}=ready\n{}", script(ID)));
        assert!(stub.calls().is_empty(), "{shell:?} {name} {ran:?}");
        assert_ne!(ran.status, Some(0), "{shell:?} {name} {ran:?}");
    });
}

#[test]
fn line_ends_of_windows_run_all_or_nothing() {
    if !crate::shells::ready() {
        return;
    }
    let text = script(ID).replace('\n', "\r\n");
    in_parallel(SHELLS.len(), |n| {
        let stub = stub();
        let ran = stub.run(SHELLS[n], &text);
        match stub.calls().is_empty() {
            true => assert!(ran.kept.is_empty(), "{:?} {ran:?}", SHELLS[n]),
            // Line editors take a carriage return for Enter.
            false => assert_eq!(stub.posted(), Some(wanted()), "{:?} {ran:?}", SHELLS[n]),
        }
        assert_eq!(ran.files, [""; 0], "{:?} {ran:?}", SHELLS[n]);
    });
}

#[test]
fn a_paste_whose_beginning_is_lost_or_spoilt_runs_nothing() {
    if !crate::shells::ready() {
        return;
    }
    let text = script(ID);
    let starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    let mut pastes: Vec<String> = starts.iter().map(|at| text[*at..].to_owned()).collect();
    pastes.push(format!("ls {text}"));
    pastes.push(format!("y\u{8}{text}"));
    pastes.push(text.replacen("}", "}\r", 1));
    pastes.push(text[1..].to_owned());
    in_parallel(pastes.len() * SHELLS.len(), |n| {
        let (paste, shell) = (&pastes[n % pastes.len()], SHELLS[n / pastes.len()]);
        let mut stub = stub();
        stub.set("STUB_CALLER", "arn:aws:iam::444455556666:user/x");
        let ran = stub.run(shell, paste);
        assert!(!stub.calls().contains(&"update-distribution".to_owned()), "{shell:?} {ran:?}");
        assert!(ran.kept.is_empty(), "{shell:?} {paste} {ran:?}");
        assert_eq!(ran.files, [""; 0], "{shell:?} {ran:?}");
    });
}

#[test]
fn a_paste_cut_anywhere_runs_nothing() {
    if !crate::shells::ready() {
        return;
    }
    let text = script(ID);
    let ends: Vec<usize> = (1..text.len()).step_by(41).collect();
    in_parallel(ends.len(), |n| {
        let (stub, shell) = (stub(), SHELLS[n % SHELLS.len()]);
        let ran = stub.run(shell, &text[..ends[n]]);
        assert!(stub.calls().is_empty() && ran.kept.is_empty(), "{shell:?} {} {ran:?}", ends[n]);
        assert_eq!(ran.files, [""; 0], "{shell:?} {} {ran:?}", ends[n]);
    });
}

#[test]
fn a_temporary_folder_that_cannot_be_had_stops_it() {
    if !crate::shells::ready() {
        return;
    }
    for shell in SHELLS {
        let mut stub = stub();
        stub.set("TMPDIR", "/nonexistent/x");
        let ran = stub.run(shell, &script(ID));
        assert!(ran.stderr.contains("there is no temporary folder"), "{shell:?} {ran:?}");
        assert_eq!(stub.calls(), ["get-caller-identity"], "{shell:?} {ran:?}");
    }
}

#[test]
fn no_line_is_longer_than_a_terminal_takes() {
    let longest = script(&"'".repeat(249)).lines().map(str::len).max().unwrap();
    assert!(longest < 1_100, "{longest}");
    for id in ["'".repeat(300), "x".repeat(10_000)] {
        let refused = cf_tui::domain::fix::cli(&super::sample(&id).finding()).unwrap_err();
        assert!(refused.reason().contains("more than CloudFront takes"), "{}", refused.reason());
    }
}
