//! How each mistake is told: where, why, and what would be right.

use cf_tui::app::filter::Filter;

/// The filter with carets under the place, and what is said.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("a \"b", "  ^", "this quote is not closed"),
    ("a b\"", "   ^", "this quote is not closed"),
    ("\"a\"\"", "^", "this quote is not closed"),
    ("a \"\" b", "  ^^", "nothing is between these quotes"),
    ("(a b", "^", "this `(` is not closed; in quotes it stands for itself"),
    ("a) b", " ^", "this `)` closes nothing; in quotes it stands for itself"),
    ("a ()", "  ^^", "nothing is between these parentheses"),
    ("prod|", "    ^", "nothing follows this `|`; in quotes it stands for itself"),
    ("prod | ", "     ^", "nothing follows this `|`; in quotes it stands for itself"),
    ("a||b", " ^", "nothing follows this `|`; in quotes it stands for itself"),
    ("|dr", "^", "nothing stands before this `|`"),
    ("a !", "  ^", "nothing follows this `!`; in quotes it stands for itself"),
    ("(!)", " ^", "nothing follows this `!`; in quotes it stands for itself"),
    ("a ~", "  ^", "nothing follows this `~`; it finds letters in this order: ~lgcyalb"),
    (
        "é acount:x",
        "  ^^^^^^",
        "there is no column `acount`; did you mean `account`? quotes search for the text itself",
    ),
    (
        "ver:x",
        "^^^",
        "there is no column `ver`; did you mean `verdict`? quotes search for the text itself",
    ),
    (
        "arn:aws",
        "^^^",
        "there is no column `arn`; quotes search for the text itself; columns are verdict d9 edge account \
         account_id distribution alias origin origin_id type protocol viewer tls path owner status modified \
         comment age tag var is has",
    ),
    (
        "a !id=x",
        "   ^^",
        "there is no column `id`; did you mean `account_id` or `origin_id`? quotes search for the text itself",
    ),
    (
        "origin:",
        "^^^^^^^",
        "nothing follows `origin` here; such as origin:part for a pattern or origin=whole for the whole cell",
    ),
    (
        "a account= b",
        "  ^^^^^^^^",
        "nothing follows `account` here; such as account:part for a pattern or account=whole for the whole cell",
    ),
    (
        "verdict>=",
        "^^^^^^^^^",
        "nothing follows `verdict` here; such as verdict>=warn or verdict=fail",
    ),
    (
        "verdict>=foo",
        "         ^^^",
        "`foo` is no verdict; worst first: fail unknown warn pass not_applicable",
    ),
    ("tls<2", "    ^", "`2` is no version of TLS; oldest first: SSLv3 1.0 1.1 1.2"),
    ("tls<-", "    ^", "`-` is no version of TLS; oldest first: SSLv3 1.0 1.1 1.2"),
    ("age>30", "    ^^", "`30` is no age; such as age>30d, with h, d or w"),
    (
        "age>99999999999d",
        "    ^^^^^^^^^^^^",
        "`99999999999d` is no age; such as age>30d, with h, d or w",
    ),
    ("age:30d", "   ^", "an age is compared; such as age>30d, with h, d or w"),
    (
        "modified>yesterday",
        "         ^^^^^^^^^",
        "`yesterday` is no day; a day is 2026-11-23, a month 2026-11, a year 2026",
    ),
    (
        "account>a",
        "       ^",
        "`account` has no order; only verdict, tls, age and modified have one",
    ),
    ("tag>a", "   ^", "`tag` has no order; such as tag:env or tag:env=prod"),
    (
        "origin:(a",
        "       ^^",
        "bad pattern: unclosed group; origin= compares the whole cell instead",
    ),
    (
        "x origin:\"a{9999}{9999}\"",
        "         ^^^^^^^^^^^^^^^",
        "bad pattern: it would take too much memory; origin= compares the whole cell instead",
    ),
    ("is:gpa", "   ^^^", "there is no state `gpa`; did you mean `gap`?"),
    ("is:prob", "   ^^^^", "there is no state `prob`; did you mean `problem`?"),
    (
        "is:waived",
        "   ^^^^^^",
        "there is no state `waived`; there are problem fail unknown warn pass not_applicable gap overcautious \
         plaintext encrypted latent broken weak_tls edge disabled deploying staging multi_tenant marked",
    ),
    ("has:luck", "    ^^^^", "there is no state `luck`; there are error"),
    (
        "is:a\u{1b}b",
        "   ^^^",
        "there is no state `a\\x1bb`; there are problem fail unknown warn pass not_applicable gap overcautious plaintext encrypted latent broken weak_tls edge disabled deploying staging multi_tenant marked",
    ),
];

#[test]
fn every_mistake_is_told_with_its_place() {
    for (filter, place, says) in MISTAKES {
        let error = Filter::parse(filter).expect_err(filter);
        let carets = " ".repeat(error.column) + &"^".repeat(error.length);
        assert_eq!((carets.as_str(), error.to_string().as_str()), (*place, *says), "{filter}");
    }
}

#[test]
fn what_only_looks_like_a_mistake_is_none() {
    for filter in [
        "\"arn:aws\"",
        "2001:db8::1",
        "::1",
        "/api/*",
        "a!b",
        "a~b",
        "111122223333",
        "foo(bar)",
        "\"a\"\"b\"",
        "origin:\\(",
        "origin:[^a]",
        "d111abcdef8.cloudfront.net",
        "env=prod".trim_start_matches("env"),
    ] {
        assert!(Filter::parse(filter).is_ok(), "{filter}: {:?}", Filter::parse(filter));
    }
}

#[test]
fn parentheses_without_end_are_refused_and_not_followed() {
    for sign in ["(", "!", "!(", "a|", "(a|", "a:("] {
        let deep = sign.repeat(100_000);
        assert!(Filter::parse(&deep).is_err(), "{sign}");
        let closed = format!("{deep}a{}", ")".repeat(100_000));
        let _ = Filter::parse(&closed);
    }
}
