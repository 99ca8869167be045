//! A person's machine: moto instead of AWS, a fleet file, and nothing else in the environment.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use aws_sdk_cloudfront::types::DistributionConfig;
use aws_sdk_sts::config::ProvideCredentials as _;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::fleet::{self, Member, Row, SECRET, SHOP, Sketch};
use crate::server::Server;
use crate::tools;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_cf-tui");

pub(crate) struct Stage {
    pub(crate) server: Server,
    runtime: Runtime,
    place: TempDir,
    accounts: Vec<Member>,
    /// Label of a distribution to its id.
    ids: BTreeMap<String, String>,
}

impl Stage {
    /// Accounts in moto and a fleet file of them. `None`, said on stderr, where a tool is missing.
    pub(crate) fn of(accounts: &[Member]) -> Option<Self> {
        Self::with(accounts, |_| ())
    }

    /// The same, and what is created or changed stays in deployment.
    pub(crate) fn deploying(accounts: &[Member]) -> Option<Self> {
        Self::with(accounts, Server::deploy_slowly)
    }

    fn with(accounts: &[Member], prepare: impl Fn(&Server)) -> Option<Self> {
        if !tools::found(&["bash", "aws", "jq"]) {
            return None;
        }
        let server = Server::start()?;
        prepare(&server);
        let runtime = Runtime::new().unwrap();
        let place = tempfile::tempdir().unwrap();
        for folder in ["home", "config/cf-tui", "state", "tmp", "work"] {
            fs::create_dir_all(place.path().join(folder)).unwrap();
        }
        let accounts = accounts.to_vec();
        let mut stage = Self { server, runtime, place, accounts, ids: BTreeMap::new() };
        let file = stage.path("config/cf-tui/config.toml");
        fs::write(file, fleet_file(&stage.accounts)).unwrap();
        stage.fill();
        stage.lists_origins().then_some(stage)
    }

    fn fill(&mut self) {
        for (account, sketches) in self.sketches() {
            let client = self.runtime.block_on(self.server.cloudfront(account));
            for sketch in sketches {
                let request = client.create_distribution();
                let request = request.distribution_config(fleet::config(&sketch));
                let answer = self.runtime.block_on(request.send());
                let answer =
                    answer.unwrap_or_else(|error| panic!("{error:?}\n{}", self.server.said()));
                self.ids.insert(sketch.label, answer.distribution.unwrap().id);
            }
        }
    }

    /// What each account holds.
    fn sketches(&self) -> Vec<(&'static str, Vec<Sketch>)> {
        let of = |&(id, _): &Member| {
            (id, fleet::sketches().into_iter().filter(|sketch| sketch.account == id).collect())
        };
        self.accounts.iter().map(of).collect()
    }

    /// False, said on stderr, where moto loses what these tests are about.
    fn lists_origins(&self) -> bool {
        let client = self.runtime.block_on(self.server.cloudfront(SHOP.0));
        let answer = self.runtime.block_on(client.list_distributions().send());
        let lists = answer.is_ok_and(|listed| {
            let list = listed.distribution_list.unwrap();
            list.items().iter().all(|d| d.origins.as_ref().is_some_and(|o| !o.items.is_empty()))
        });
        lists
            || tools::lacking(
                "moto_server lists distributions without their origins: moto 5.2.5 or later is needed",
            )
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    pub(crate) fn id(&self, label: &str) -> &str {
        &self.ids[label]
    }

    /// What the program and the shells see of the environment, besides credentials.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let path = |name: &str| self.path(name).into_os_string().into_string().unwrap();
        vec![
            ("PATH", std::env::var("PATH").unwrap()),
            ("HOME", path("home")),
            ("XDG_CONFIG_HOME", path("config")),
            ("XDG_STATE_HOME", path("state")),
            ("TMPDIR", path("tmp")),
            ("LC_ALL", "C.UTF-8".to_owned()),
            ("AWS_ENDPOINT_URL", self.server.url()),
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
        ]
    }

    /// The program's environment: dummy keys are the base credentials.
    pub(crate) fn program_environment(&self) -> Vec<(&'static str, String)> {
        let mut environment = self.environment();
        environment.push(("AWS_ACCESS_KEY_ID", "testing".to_owned()));
        environment.push(("AWS_SECRET_ACCESS_KEY", "testing".to_owned()));
        environment
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let output = Command::new(PROGRAM)
            .args(arguments)
            .env_clear()
            .envs(self.program_environment())
            .current_dir(self.path("work"))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_no_secret("stdout", &output.stdout);
        assert_no_secret("stderr", &output.stderr);
        output
    }

    /// `scan --format json`, with its exit status.
    pub(crate) fn scan(&self) -> (Value, Option<i32>) {
        let output = self.run(&["scan", "--format", "json"]);
        let said = String::from_utf8_lossy(&output.stderr);
        let json = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {said}\n{}", self.server.said()));
        (json, output.status.code())
    }

    /// The findings of a scan as rows, sorted.
    pub(crate) fn rows(scan: &Value) -> Vec<[&str; 7]> {
        let findings = scan["findings"].as_array().unwrap();
        let mut rows: Vec<_> = findings.iter().map(row).collect();
        rows.sort_unstable();
        rows
    }

    /// What the rows must be, sorted as `rows` are.
    pub(crate) fn expected<'a>(&'a self, rows: &'a [Row]) -> Vec<[&'a str; 7]> {
        let with_id = |row: &'a Row| {
            let clause = row.clause.unwrap_or("none");
            let id = self.id(&row.label);
            [id, row.origin, row.policy, row.rule, clause, row.exposure, row.verdict]
        };
        let mut rows: Vec<_> = rows.iter().map(with_id).collect();
        rows.sort_unstable();
        rows
    }

    /// `fix`'s stdout, and nothing else was said.
    pub(crate) fn fix(&self, account: &str, label: &str, origin: &str) -> String {
        let output = self.run(&["fix", "--", account, self.id(label), origin]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), said.as_ref()), (Some(0), ""));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Pastes text into bash as an administrator of the account.
    pub(crate) fn paste(&self, text: &str, account: &str) -> Output {
        let credentials = self.runtime.block_on(self.server.credentials(account));
        let credentials = self.runtime.block_on(credentials.provide_credentials()).unwrap();
        let mut child = Command::new("bash")
            .env_clear()
            .envs(self.environment())
            .env("AWS_ACCESS_KEY_ID", credentials.access_key_id())
            .env("AWS_SECRET_ACCESS_KEY", credentials.secret_access_key())
            .env("AWS_SESSION_TOKEN", credentials.session_token().unwrap())
            .current_dir(self.path("work"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.take().unwrap(), "{text}").unwrap();
        let output = child.wait_with_output().unwrap();
        assert_no_secret("the fix's stdout", &output.stdout);
        assert_no_secret("the fix's stderr", &output.stderr);
        let left: Vec<_> = fs::read_dir(self.path("work")).unwrap().collect();
        assert!(left.is_empty(), "the fix made files: {left:?}");
        output
    }

    /// The configuration of every distribution, by its label.
    pub(crate) fn configs(&self) -> BTreeMap<String, DistributionConfig> {
        let mut configs = BTreeMap::new();
        for (account, sketches) in self.sketches() {
            let client = self.runtime.block_on(self.server.cloudfront(account));
            for sketch in sketches {
                let request = client.get_distribution_config().id(self.id(&sketch.label));
                let answer = self.runtime.block_on(request.send()).unwrap();
                configs.insert(sketch.label, answer.distribution_config.unwrap());
            }
        }
        configs
    }

    /// No file that the program may write holds the secret.
    pub(crate) fn assert_no_secret_in_files(&self) {
        for folder in ["home", "config", "state", "work"] {
            for file in files(&self.path(folder)) {
                assert_no_secret(&file.display().to_string(), &fs::read(&file).unwrap());
            }
        }
    }
}

#[track_caller]
pub(crate) fn assert_no_secret(place: &str, bytes: &[u8]) {
    let shows = bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes());
    assert!(!shows, "{place} shows the value of an origin header");
}

fn row(finding: &Value) -> [&str; 7] {
    [
        "distribution_id",
        "origin_id",
        "origin_protocol_policy",
        "rule",
        "rule_clause",
        "exposure",
        "verdict",
    ]
    .map(|key| finding[key].as_str().unwrap_or("none"))
}

/// All files below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn fleet_file(accounts: &[Member]) -> String {
    let mut text = "[defaults]\nrole = \"SecurityAudit\"\n".to_owned();
    for (id, name) in accounts {
        text += &format!("\n[[accounts]]\naccount_id = \"{id}\"\nname = \"{name}\"\n");
    }
    text
}
