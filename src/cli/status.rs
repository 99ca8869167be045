//! Exit statuses: a contract with scripts.

use crate::domain::tally::{Coverage, Tally};
use crate::domain::verdict::Verdict;

/// The text is given, or nothing is found.
pub(super) const FINE: u8 = 0;
/// `fix`: no such finding, nothing to fix, or no text may be built.
pub(super) const NO_FIX: u8 = 1;
/// The command line, the fleet file, or a file that cannot be written.
pub(super) const USAGE: u8 = 2;
/// `fix` and `check`: an account could not be read.
pub(super) const NOT_SEEN: u8 = 3;
/// Stopped by a signal, as shells count SIGINT.
pub(super) const INTERRUPTED: u8 = 130;

/// The exit status of `scan`: 0 nothing found, 1 findings, 3 not wholly seen, 4 both. What could
/// not be judged was not seen either.
pub(super) fn of_scan(coverage: &Coverage, counted: &Tally) -> u8 {
    let found = counted.of(Verdict::Fail) > 0;
    let seen = coverage.is_whole() && counted.of(Verdict::Unknown) == 0;
    match (found, seen) {
        (false, true) => FINE,
        (true, true) => 1,
        (false, false) => NOT_SEEN,
        (true, false) => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assessment::Assessment;
    use crate::domain::endpoint::OriginKind;
    use crate::domain::exposure::Exposure;
    use crate::domain::rule::Rule;
    use crate::domain::tally::AccountState;
    use crate::domain::verdict::Lens;

    fn status(states: &[AccountState], found: &[(Rule, Exposure)], lens: Lens) -> u8 {
        let mut coverage = Coverage::default();
        states.iter().for_each(|state| coverage.add(*state));
        let mut tally = Tally::default();
        for (rule, exposure) in found {
            let assessment = Assessment {
                kind: OriginKind::Custom,
                rule: *rule,
                clause: None,
                exposure: *exposure,
                weak_tls: Vec::new(),
                edge_rewrite: false,
                whole: true,
            };
            tally.add(&assessment, lens);
        }
        of_scan(&coverage, &tally)
    }

    #[test]
    fn the_table_of_statuses() {
        use AccountState::{Complete, Failed, Partial, Skipped};
        let pass = (Rule::Pass, Exposure::Encrypted);
        let fail = (Rule::Fail, Exposure::Plaintext);
        let gap = (Rule::Pass, Exposure::Plaintext);
        let unknown = (Rule::Fail, Exposure::Unknown);
        let warn = (Rule::Pass, Exposure::Latent);
        type Case<'a> = (&'a [AccountState], &'a [(Rule, Exposure)], Lens, u8);
        let cases: [Case<'_>; 13] = [
            (&[Complete], &[], Lens::Traffic, 0),
            (&[Complete], &[pass, warn], Lens::Traffic, 0),
            (&[Complete, Skipped], &[pass], Lens::Traffic, 0),
            (&[Complete], &[pass, fail], Lens::Traffic, 1),
            (&[Complete], &[gap], Lens::Traffic, 1),
            (&[Complete], &[gap], Lens::D9, 0),
            (&[Complete, Failed], &[pass], Lens::Traffic, 3),
            (&[Complete, Partial], &[pass], Lens::Traffic, 3),
            (&[Complete], &[pass, unknown], Lens::Traffic, 3),
            (&[Complete], &[unknown], Lens::D9, 1),
            (&[Failed], &[fail], Lens::Traffic, 4),
            (&[Complete], &[fail, unknown], Lens::Traffic, 4),
            (&[Failed], &[], Lens::Traffic, 3),
        ];
        for (states, found, lens, wanted) in cases {
            assert_eq!(status(states, found, lens), wanted, "{states:?} {found:?} {lens:?}");
        }
    }
}
