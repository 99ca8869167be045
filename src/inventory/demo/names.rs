//! Words that invented accounts, distributions and origins are named with. Domains are under
//! names that RFC 2606 reserves, or are Amazon's with `example` in them.

/// Teams and the account names that they like.
pub(super) const TEAMS: &[(&str, &str)] = &[
    ("search", "team-search"),
    ("loyalty", "crm"),
    ("billing", "payments"),
    ("docs", "platform"),
    ("partner", "b2b"),
    ("fleet-iot", "iot"),
    ("stores", "retail"),
    ("careers", "hr-it"),
    ("booking", "team-web"),
    ("gaming", "studio"),
    ("insights", "data"),
    ("warehouse", "logistics"),
    ("identity", "security"),
    ("mobile", "apps"),
    ("support", "care"),
    ("press", "marketing"),
];

/// What a site is for.
pub(super) const SITES: &[&str] = &[
    "www",
    "api",
    "assets",
    "img",
    "login",
    "admin",
    "static",
    "downloads",
    "help",
    "feed",
    "checkout",
    "portal",
    "status",
    "blog",
    "events",
    "video",
    "maps",
    "fonts",
    "app",
    "reports",
];

/// Regions, the frequent ones more than once.
pub(super) const REGIONS: &[&str] = &[
    "eu-west-1",
    "eu-west-1",
    "eu-central-1",
    "us-east-1",
    "us-east-1",
    "us-west-2",
    "ap-southeast-2",
];

/// Path patterns of ordered behaviors.
pub(super) const PATHS: &[&str] =
    &["/api/*", "/img/*", "/static/*", "*.jpg", "/media/*", "/v1/*", "/assets/*", "/legacy/*"];
