//! What must hold of any distribution whatever.

use cf_tui::domain::assessment::{assess, plaintext_paths};
use cf_tui::domain::distribution::{Behavior, ViewerPolicy};
use cf_tui::domain::exposure::Exposure;
use cf_tui::domain::reason::reason;
use cf_tui::domain::rule::of_distribution;
use cf_tui::domain::text::is_plain;
use cf_tui::domain::verdict::{Lens, Verdict};
use proptest::prelude::*;

use crate::arbitrary::{behavior, distribution};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_origin_gets_one_verdict_and_a_reason(made in distribution(Just("E1".to_owned()))) {
        let _ = of_distribution(&made);
        for origin in &made.origins {
            let answers = assess(&made, origin);
            let traffic = answers.verdict(Lens::Traffic);
            let of_traffic = [Verdict::Fail, Verdict::Unknown, Verdict::Warn, Verdict::Pass];
            prop_assert_eq!(of_traffic.iter().filter(|v| **v == traffic).count(), 1);
            let d9 = answers.verdict(Lens::D9);
            prop_assert_ne!(d9, Verdict::Warn);
            prop_assert_eq!(d9 == Verdict::Unknown, !made.defects.is_empty());
            let said = reason(&made, origin, &answers);
            prop_assert!(!said.trim().is_empty() && !said.starts_with(';'), "{:?}", said);
            prop_assert!(is_plain(&said), "{:?}", said);
            prop_assert!(!(answers.gap() && answers.overcautious()));
            let paths = plaintext_paths(&made, origin, answers.exposure);
            prop_assert_eq!(!paths.is_empty(), answers.is_plaintext());
        }
    }

    /// A pass is never given to what could not be read.
    #[test]
    fn a_pass_has_its_proof(made in distribution(Just("E1".to_owned()))) {
        for origin in &made.origins {
            let answers = assess(&made, origin);
            if !answers.is_encrypted() {
                continue;
            }
            prop_assert!(made.defects.is_empty());
            let configs = [origin.custom.is_some(), origin.s3.is_some(), origin.vpc.is_some()];
            prop_assert_eq!(configs.iter().filter(|set| **set).count(), 1);
            let mut routes = made.routes(origin);
            if answers.exposure == Exposure::EncryptedByViewer {
                prop_assert!(routes.next().is_some());
                prop_assert!(made.routes(origin).all(|route| route.viewer.is_https()));
            }
        }
    }

    #[test]
    fn a_defect_never_makes_a_verdict_better(
        made in distribution(Just("E1".to_owned())), defect in ".{0,9}"
    ) {
        let mut cut = made.clone();
        cut.defects.push(defect);
        for (origin, same) in made.origins.iter().zip(&cut.origins) {
            let (before, after) = (assess(&made, origin), assess(&cut, same));
            for lens in [Lens::Traffic, Lens::D9] {
                // What was bad is now not known: it never reads as good.
                prop_assert_eq!(after.verdict(lens), Verdict::Unknown);
            }
            prop_assert!(!after.is_encrypted());
            prop_assert_eq!(before.rule, after.rule);
        }
    }

    #[test]
    fn letting_plain_http_in_never_makes_a_verdict_better(
        made in distribution(Just("E1".to_owned())), extra in behavior()
    ) {
        // Switched off, plain HTTP is latent, and what is unknown stays so.
        prop_assume!(made.enabled || !made.is_deployed());
        for origin in &made.origins {
            let before = assess(&made, origin);
            let mut opened = made.clone();
            opened.behaviors.push(Behavior {
                path: Some("/opened/*".to_owned()),
                target: origin.id.clone(),
                viewer: ViewerPolicy::AllowAll,
                ..extra.clone()
            });
            let after = assess(&opened, origin);
            // A website endpoint that always answered 502 now answers plain HTTP: worse too.
            prop_assert!(
                after.verdict(Lens::Traffic) >= before.verdict(Lens::Traffic),
                "{:?} became {:?}", before, after
            );
        }
    }

    /// The answers are about an origin, not about the order in which behaviors are looked at.
    #[test]
    fn the_order_of_ordered_behaviors_is_no_matter(made in distribution(Just("E1".to_owned()))) {
        let mut turned = made.clone();
        turned.behaviors.reverse();
        for origin in &made.origins {
            prop_assert_eq!(assess(&made, origin).exposure, assess(&turned, origin).exposure);
            prop_assert_eq!(
                assess(&made, origin).edge_rewrite,
                assess(&turned, origin).edge_rewrite
            );
        }
    }

    /// Edge code is a caveat: it changes the mark and nothing else.
    #[test]
    fn edge_code_changes_no_verdict(made in distribution(Just("E1".to_owned()))) {
        let mut bare = made.clone();
        bare.behaviors.iter_mut().for_each(|behavior| behavior.edge_code = false);
        for origin in &made.origins {
            let (with, without) = (assess(&made, origin), assess(&bare, origin));
            prop_assert!(!without.edge_rewrite);
            for lens in [Lens::Traffic, Lens::D9] {
                prop_assert_eq!(with.verdict(lens), without.verdict(lens));
            }
        }
    }
}
