//! Whether a behavior passes the viewer's Host header on, from what a listing tells: the
//! policies' ids, or the older ForwardedValues. What is in a policy of the account's own would
//! take further calls, so it is not known.
//!
//! The ids are those of the Developer Guide, "Use managed cache policies" and "Use managed origin
//! request policies"; they are the same in every account.

use aws_sdk_cloudfront::types::ForwardedValues;

use crate::domain::distribution::HostHeader::{self, Forwarded, NotForwarded, Unknown};

/// What a cache policy includes in its key, it also forwards.
const CACHE_POLICIES: [(&str, HostHeader); 7] = [
    // Amplify
    ("2e54312d-136d-493c-8eb9-b001f22f67d2", Forwarded),
    // CachingDisabled
    ("4135ea2d-6df8-44a3-9df3-4b5a84be39ad", NotForwarded),
    // CachingOptimized
    ("658327ea-f89d-4fab-a63d-7e88639e58f6", NotForwarded),
    // CachingOptimizedForUncompressedObjects
    ("b2884449-e4de-46a7-ac36-70bc7f1ddd6d", NotForwarded),
    // Elemental-MediaPackage
    ("08627262-05a9-4f76-9ded-b50ca2e3a84f", NotForwarded),
    // UseOriginCacheControlHeaders
    ("83da9c7e-98b4-4e11-a168-04f0df8e2c65", Forwarded),
    // UseOriginCacheControlHeaders-QueryStrings
    ("4cc15a8a-d715-48a4-82b8-cc0b614638fe", Forwarded),
];

/// AllViewerExceptHostHeader leaves Host out. What it does to one that the cache policy forwards
/// is not documented.
const EXCEPT_HOST: &str = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

const ORIGIN_REQUEST_POLICIES: [(&str, HostHeader); 8] = [
    // AllViewer
    ("216adef6-5c7f-47e4-b989-5492eafa07d3", Forwarded),
    // AllViewerAndCloudFrontHeaders-2022-06
    ("33f36d7e-f396-46d9-90e0-52428a34d9dc", Forwarded),
    // HostHeaderOnly
    ("bf0718e1-ba1e-49d1-88b1-f726733018ae", Forwarded),
    (EXCEPT_HOST, NotForwarded),
    // CORS-CustomOrigin
    ("59781a5b-3903-41f3-afcb-af62929ccde1", NotForwarded),
    // CORS-S3Origin
    ("88a5eaf4-2fd4-4709-b370-b4c650ea3fcf", NotForwarded),
    // Elemental-MediaTailor-PersonalizedManifests
    ("775133bc-15f2-49f9-abea-afb2e0bf67d2", NotForwarded),
    // UserAgentRefererHeaders
    ("acba4595-bd28-49b8-b9fe-13317c0390fa", NotForwarded),
];

/// Takes a behavior's policies. A behavior has a cache policy, and perhaps an origin request
/// policy, or it has ForwardedValues.
pub(super) fn header(
    legacy: Option<&ForwardedValues>,
    cache_policy: Option<&str>,
    origin_request_policy: Option<&str>,
) -> HostHeader {
    let set = |id: Option<&str>| id.filter(|id| !id.is_empty()).map(str::to_ascii_lowercase);
    let (cache, request) = (set(cache_policy), set(origin_request_policy));
    match (cache, request, legacy) {
        (Some(cache), request, _) => of_policies(&cache, request.as_deref()),
        (None, None, Some(values)) => of_values(values),
        (None, _, _) => Unknown,
    }
}

fn of_policies(cache: &str, request: Option<&str>) -> HostHeader {
    let in_key = known(&CACHE_POLICIES, cache);
    let Some(request) = request else { return in_key };
    match (in_key, known(&ORIGIN_REQUEST_POLICIES, request)) {
        (Forwarded, _) if request == EXCEPT_HOST => Unknown,
        (Forwarded, _) | (_, Forwarded) => Forwarded,
        (NotForwarded, NotForwarded) => NotForwarded,
        _ => Unknown,
    }
}

fn known(policies: &[(&str, HostHeader)], id: &str) -> HostHeader {
    policies.iter().find(|(policy, _)| *policy == id).map_or(Unknown, |(_, host)| *host)
}

fn of_values(values: &ForwardedValues) -> HostHeader {
    let Some(headers) = &values.headers else { return NotForwarded };
    let names = headers.items();
    if names.iter().any(|name| name == "*" || name.eq_ignore_ascii_case("host")) {
        return Forwarded;
    }
    // A list that did not come whole may hold it.
    match usize::try_from(headers.quantity) == Ok(names.len()) {
        true => NotForwarded,
        false => Unknown,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudfront::types::Headers;

    use super::*;

    const OPTIMIZED: &str = "658327ea-f89d-4fab-a63d-7e88639e58f6";
    const BY_ORIGIN: &str = "83da9c7e-98b4-4e11-a168-04f0df8e2c65";
    const ALL_VIEWER: &str = "216ADEF6-5c7f-47e4-b989-5492eafa07d3";
    const OWN: &str = "11111111-2222-3333-4444-555555555555";

    fn values(quantity: i32, names: &[&str]) -> ForwardedValues {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let headers = Headers::builder().quantity(quantity).set_items(Some(names)).build().unwrap();
        ForwardedValues::builder().query_string(false).headers(headers).build().unwrap()
    }

    #[test]
    fn both_policies_count_and_one_of_the_accounts_own_is_not_known() {
        for (cache, request, host) in [
            (OPTIMIZED, None, NotForwarded),
            (OPTIMIZED, Some(""), NotForwarded),
            (OPTIMIZED, Some(ALL_VIEWER), Forwarded),
            (OPTIMIZED, Some(EXCEPT_HOST), NotForwarded),
            (OPTIMIZED, Some(OWN), Unknown),
            (BY_ORIGIN, None, Forwarded),
            (BY_ORIGIN, Some(OWN), Forwarded),
            (BY_ORIGIN, Some(EXCEPT_HOST), Unknown),
            (OWN, None, Unknown),
            (OWN, Some(EXCEPT_HOST), Unknown),
            (OWN, Some(ALL_VIEWER), Forwarded),
        ] {
            assert_eq!(header(None, Some(cache), request), host, "{cache} {request:?}");
        }
    }

    #[test]
    fn the_older_values_name_the_headers() {
        let told = |values| header(Some(&values), None, None);
        assert_eq!(told(values(1, &["*"])), Forwarded);
        assert_eq!(told(values(2, &["Origin", "hOsT"])), Forwarded);
        assert_eq!(told(values(1, &["Origin"])), NotForwarded);
        assert_eq!(told(values(0, &[])), NotForwarded);
        assert_eq!(told(values(2, &["Origin"])), Unknown);
        let none = ForwardedValues::builder().query_string(true).build().unwrap();
        assert_eq!(told(none), NotForwarded);
        assert_eq!(header(None, None, None), Unknown);
    }
}
