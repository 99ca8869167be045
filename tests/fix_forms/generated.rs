//! Hostile values, the same in every run.

// Each test binary uses its own part of this.
#![allow(dead_code, unreachable_pub)]
#![allow(clippy::unwrap_used)]

use crate::findings::{Sample, behavior, custom, group, s3, vpc};

/// What the values are put together from.
pub const PARTS: [&str; 56] = [
    "\"",
    "\\",
    "${",
    "%{",
    "$${",
    "%%{",
    "}",
    "'",
    "`",
    "```",
    "````",
    "#",
    "//",
    "/*",
    "*/",
    ": ",
    "- ",
    "{{",
    "<<EOF",
    "<b>",
    "-->",
    "é",
    "日本",
    "🎉",
    "\u{ffff}",
    "\u{fdd0}",
    " ",
    "&a",
    "*a",
    "!x",
    "|",
    ">",
    "@",
    "~",
    "null",
    "true",
    "${file(\"/etc/passwd\")}",
    "%{ if true }x",
    "\\u0024{",
    "\\n",
    "-x",
    "=",
    "?",
    "[",
    "]",
    ",",
    "{",
    "$",
    "%",
    "<script>",
    "&lt;",
    "[x](https://evil.example)",
    "www.evil.example",
    "12. ",
    "$(id)",
    "!Sub ",
];

/// What a comment may hold too, where it is escaped.
const CONTROLS: [&str; 7] =
    ["\n", "\r\nresource \"x\" \"y\" {", "\u{1b}[31m", "\u{202e}", "\u{2028}", "\u{85}", "\t"];

/// The same texts in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn text(&mut self, parts: &[&str]) -> String {
        (0..=self.below(5)).map(|_| parts[self.below(parts.len())]).collect()
    }
}

/// A finding of hostile values, and the pairs that its template must give back in this order.
pub struct Hostile {
    pub sample: Sample,
    pub values: Vec<(&'static str, String)>,
}

/// So many, of every kind in turn, their values made of these parts.
pub fn generated(count: usize, parts: &[&str]) -> Vec<Hostile> {
    let mut dice = Dice(17);
    (0..count).map(|n| one(&mut dice, n, parts)).collect()
}

fn one(dice: &mut Dice, n: usize, parts: &[&str]) -> Hostile {
    let (id, path) = (dice.text(parts), dice.text(parts));
    let domain = dice.text(parts) + "x";
    let mut origin = match n % 5 {
        0 => custom(&id, &domain, "match-viewer", &["TLSv1", "TLSv1.2"]),
        1 => s3(&id),
        2 => vpc(&id, "match-viewer", &["TLSv1.2"]),
        3 => custom(&id, &domain, "http-only", &[]),
        _ => custom(&id, &domain, "https-only", &["TLSv1.1"]),
    };
    let (group_id, origin_path) = (dice.text(parts), dice.text(parts));
    origin.path.clone_from(&origin_path);
    origin.domain = match n % 5 {
        3 => format!("{domain}.s3-website-eu-west-1.amazonaws.com"),
        _ => domain.clone(),
    };
    if let Some(vpc) = origin.vpc.as_mut().filter(|_| n.is_multiple_of(2)) {
        vpc.owner = Some(dice.text(parts));
        vpc.vpc_origin_id = dice.text(parts);
    }
    let names = [parts, &CONTROLS].concat();
    let (name, comment) = (dice.text(&names), dice.text(&names));
    let mut sample = Sample::of(origin).with(|d| {
        d.behaviors.push(behavior(Some(&path), &group_id, "allow-all"));
        d.groups = vec![group(&group_id, &[&id, "other"])];
        d.comment = comment.clone();
        d.domain = comment;
    });
    sample.account.name = name;
    let rest = format!("{}.s3.eu-west-1.amazonaws.com", domain.to_ascii_lowercase());
    let values = match n % 5 {
        1 => vec![("target", id), ("path", path), ("target", group_id)],
        3 => vec![
            ("domain", rest.clone()),
            ("id", rest.clone()),
            ("path", origin_path),
            ("target", rest),
        ],
        _ => vec![("domain", domain), ("id", id)],
    };
    Hostile { sample, values }
}
