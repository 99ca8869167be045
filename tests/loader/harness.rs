//! A fleet on the fake, loaded in this process; what came back, sorted by account.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use cf_tui::config::fleet::{Fleet, LoadLimits, PreflightRules};
use cf_tui::domain::account::{Access, Account, AssumeRole, ExternalId};
use cf_tui::domain::assessment::{Assessment, assess};
use cf_tui::domain::distribution::Distribution;
use cf_tui::domain::ids::{AccountId, Partition};
use cf_tui::inventory::aws::{Aws, Backoff, Options};
use cf_tui::inventory::load::{Source, load};
use cf_tui::inventory::report::{AccountIx, Ending, LoadId, Report, Stage};
use tempfile::TempDir;
use tokio::sync::mpsc;

use crate::fake::{BASE_ACCOUNT, Fake};

/// Member accounts are `100000000000` and up.
pub fn member(number: usize) -> String {
    format!("1{number:011}")
}

/// A fleet file's accounts and how hard they are loaded.
pub struct Bench {
    pub fleet: Fleet,
    pub options: Options,
    _home: TempDir,
}

impl Bench {
    /// So many member accounts, each with the role `Audit`, assumed by the profile `base`, whose
    /// keys and endpoint stand in a configuration file: the SDK's own mechanism.
    pub fn new(fake: &Fake, members: usize) -> Self {
        let (key, secret) = fake.key(BASE_ACCOUNT);
        let text = format!(
            "[profile base]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\nendpoint_url = {}\n",
            fake.url()
        );
        let accounts = (0..members)
            .map(|number| {
                let id = member(number);
                fake.account(&id);
                account(&id, Access::Assume(role(&id)))
            })
            .collect();
        Self::with_profiles(&text, accounts)
    }

    pub fn with_profiles(text: &str, accounts: Vec<Account>) -> Self {
        let home = tempfile::tempdir().unwrap();
        let file: PathBuf = home.path().join("config");
        std::fs::write(&file, text).unwrap();
        let load = LoadLimits {
            max_concurrency: 64,
            max_attempts: 4,
            call_timeout: Duration::from_millis(700),
        };
        Self {
            fleet: Fleet {
                accounts,
                groups: BTreeMap::new(),
                load,
                preflight: PreflightRules::default(),
                path: None,
            },
            options: Options {
                profile_file: Some(file),
                credentials_timeout: Duration::from_secs(5),
                backoff: Backoff { base: Duration::from_millis(5), cap: Duration::from_millis(20) },
                ..Options::from_env(&|_| None)
            },
            _home: home,
        }
    }

    pub fn role(&mut self, at: usize) -> &mut AssumeRole {
        match &mut self.fleet.accounts[at].access {
            Access::Assume(role) => role,
            Access::Profile(_) => panic!("a profile account"),
        }
    }

    pub async fn connect(&self) -> Arc<Source> {
        Arc::new(Source::Aws(Aws::connect(&self.fleet, self.options.clone()).await.unwrap()))
    }

    /// Loads every account to the end.
    pub async fn load(&self) -> Loaded {
        self.load_with(self.connect().await).await
    }

    pub async fn load_with(&self, source: Arc<Source>) -> Loaded {
        let accounts: Arc<[Account]> = self.fleet.accounts.clone().into();
        let which = (0..accounts.len()).collect();
        let (out, mut reports) = mpsc::channel(8);
        let id = LoadId(7);
        let running = tokio::spawn(load(source, accounts, which, self.fleet.load, id, out));
        let mut loaded = Loaded::default();
        while let Some((of, report)) = reports.recv().await {
            assert_eq!(of, id);
            loaded.take(report);
        }
        running.await.unwrap();
        loaded
    }
}

pub fn account(id: &str, access: Access) -> Account {
    Account {
        id: AccountId::parse(id).unwrap(),
        name: format!("name-{id}"),
        tags: Vec::new(),
        vars: BTreeMap::new(),
        fix_profile: None,
        enabled: true,
        partition: Partition::Aws,
        access,
        place: String::new(),
    }
}

pub fn role(id: &str) -> AssumeRole {
    AssumeRole {
        source_profile: Some("base".to_owned()),
        chain: vec![format!("arn:aws:iam::{id}:role/Audit")],
        session_name: "cf-tui".to_owned(),
        duration_seconds: 3600,
        external_id: None,
    }
}

pub fn external_id(text: &str) -> Option<ExternalId> {
    Some(ExternalId::new(text))
}

/// All that a load reported.
#[derive(Default)]
pub struct Loaded {
    pub reports: Vec<Report>,
    pub rows: BTreeMap<AccountIx, Vec<Distribution>>,
    pub stages: BTreeMap<AccountIx, Vec<Stage>>,
    pub endings: BTreeMap<AccountIx, Ending>,
}

impl Loaded {
    fn take(&mut self, report: Report) {
        self.reports.push(report.clone());
        let of = |account| assert!(!self.endings.contains_key(&account), "a report after the end");
        match report {
            Report::Entered { account, stage } => {
                of(account);
                self.stages.entry(account).or_default().push(stage);
            }
            Report::Listed { account, distributions } => {
                of(account);
                self.rows.entry(account).or_default().extend(distributions);
            }
            Report::Ended { account, ending } => {
                of(account);
                self.endings.insert(account, ending);
            }
        }
    }

    pub fn ending(&self, account: AccountIx) -> &Ending {
        self.endings.get(&account).unwrap_or_else(|| panic!("account {account} has not ended"))
    }

    pub fn rows(&self, account: AccountIx) -> &[Distribution] {
        self.rows.get(&account).map_or(&[], Vec::as_slice)
    }

    /// How the origin of a one-origin distribution is judged.
    pub fn assessed(&self, account: AccountIx, distribution: &str) -> Assessment {
        let found = self.rows(account).iter().find(|d| d.id.as_str() == distribution);
        let found = found.unwrap_or_else(|| panic!("no {distribution}"));
        assess(found, &found.origins[0])
    }
}
