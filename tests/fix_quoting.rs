//! Any text of other people, quoted and put into a fix.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod findings;
mod shells;
mod tools;

use cf_tui::domain::fix::{self, Neighbours};
use cf_tui::domain::quote::single;
use cf_tui::domain::text::is_plain;
use findings::{Sample, behavior, custom, s3, vpc};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn a_quoted_text_is_itself_again_in_every_shell(
        texts in prop::collection::vec("[ -~]{0,12}|\\PC{0,12}|['\\\\!$`\"*#]{1,8}", 100)
    ) {
        if !shells::ready() {
            return Ok(());
        }
        let texts: Vec<String> = texts.into_iter().filter(|t| is_plain(t)).collect();
        let lines: Vec<String> = texts.iter().map(|t| format!("printf '<%s>\\n' {}", single(t))).collect();
        let wanted: String = texts.iter().map(|t| format!("<{t}>\n")).collect();
        for shell in shells::SHELLS {
            let ran = shells::run(shell, &lines.join("\n"), &[]);
            prop_assert_eq!(&ran.stdout, &wanted, "{:?} {}", shell, ran.stderr);
        }
    }

    #[test]
    fn any_text_gives_a_fix_or_says_why_not(
        id in "\\PC{0,20}|.{0,20}", domain in ".{0,20}", path in ".{0,9}", profile in ".{0,9}"
    ) {
        for origin in [
            custom(&id, &domain, "http-only", &["TLSv1"]),
            custom(&id, &domain, "https-only", &["TLSv1"]),
            s3(&id),
            vpc(&id, "match-viewer", &[]),
        ] {
            let mut sample = Sample::of(origin).with(|d| {
                d.behaviors.push(behavior(Some(&path), &id, "allow-all"));
            });
            sample.account.fix_profile = Some(profile.clone());
            let finding = sample.finding();
            match fix::cli(&finding) {
                Ok(cli) => prop_assert!(cli.text.chars().all(|c| c == '\n' || is_plain(&c.to_string()))),
                Err(no_fix) => prop_assert!(is_plain(no_fix.reason())),
            }
            let batch = fix::batch(&[finding]);
            prop_assert_eq!(batch.scripted + batch.left_out.len(), 1);
            prop_assert!(batch.text.lines().all(|line| is_plain(line) && line.len() < 2_200));
            for line in fix::console(&finding).unwrap().iter().chain(&fix::notes(&finding, &Neighbours::default())) {
                prop_assert!(is_plain(line));
            }
        }
    }
}
