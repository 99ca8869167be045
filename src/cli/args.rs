//! The command line as it is written. Only what works is here, so that the help is true.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Headings of the help.
pub(super) const COMMON: &str = "Common options";
const SIZE: &str = "Size of the demo";
const RECORDING: &str = "Recording";

const EXAMPLES: &str = "\
Examples:
  cf-tui demo                                 look around, without any account
  cf-tui --group prod                         explore the accounts of one group
  cf-tui scan --format json --output cf.json  the same load for a pipeline";

const SCAN_STATUS: &str = "\
Exit status:
  0  every origin was seen and none fails
  1  at least one origin fails
  2  the command line or the fleet file is wrong
  3  not wholly seen: an account failed or is partial, or a verdict is unknown
  4  both 1 and 3
  130  interrupted; no result is written

Examples:
  cf-tui scan --account shop-prod
  cf-tui scan --format csv --output origins.csv --lens d9
  cf-tui scan --demo --format json | jq '.findings[] | select(.gap)'";

const FIX_STATUS: &str = "\
Exit status:
  0  the text is on stdout
  1  no such origin, nothing to fix, or no text may be built; the reason is on stderr
  2  unknown account, or the command line or the fleet file is wrong
  3  the account could not be read

Ids that start with a dash follow `--`.

Examples:
  cf-tui fix 111122223333 E1EXAMPLE alb-legacy > fix.sh
  cf-tui fix --as terraform 111122223333 E1EXAMPLE alb-legacy
  cf-tui fix -- 111122223333 E1EXAMPLE -odd-id";

const ROLE_POLICY: &str = "\
The permissions are every CloudFront call that cf-tui knows, all of them reading. They are also
the session policy that it sends with AssumeRole, which narrows a role that is wider; a session
can do what both allow. Nothing is read and nobody is called.

Examples:
  cf-tui role-policy > role.yaml
  aws cloudformation deploy --template-file role.yaml --stack-name cf-tui-role \\
    --capabilities CAPABILITY_NAMED_IAM \\
    --parameter-overrides TrustedPrincipal=arn:aws:iam::100000000001:role/SecOps
  cf-tui role-policy --format terraform > role.tf
  cf-tui role-policy --format json --trusted-principal arn:aws:iam::100000000001:role/SecOps |
    jq .TrustPolicy > trust.json";

/// Which CloudFront origins are still reached in plaintext, across every AWS account.
///
/// Without a command it opens the explorer on the fleet file. It answers two questions for each
/// origin: what rule D9.AWS.CRY.17 says, and whether a request can really travel in plaintext.
/// It only reads: the role of an account is assumed with a session policy that allows reading
/// calls alone, unless --no-session-policy is given.
#[derive(Debug, Parser)]
#[command(name = "cf-tui", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) tape: Tape,
    /// Show stable pseudonyms for accounts, domains and ids; P does so too
    #[arg(long, help_heading = COMMON)]
    pub(super) privacy: bool,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// Flags of every command. They may stand before it and after it, and both count: clap's own
/// global flags would drop the accounts that stand before.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Common {
    /// The fleet file; else $CF_TUI_CONFIG, else config.toml in cf-tui's config directory
    #[arg(long, value_name = "FILE", help_heading = COMMON)]
    pub(super) config: Option<PathBuf>,
    /// Only this account, by name or id; repeat for more
    #[arg(id = "account", long, value_name = "NAME|ID", help_heading = COMMON)]
    pub(super) accounts: Vec<String>,
    /// Also the accounts of this group; repeat for more
    #[arg(id = "group", long, value_name = "NAME", help_heading = COMMON)]
    pub(super) groups: Vec<String>,
    /// Colours: dark, light, high-contrast, mono, NAME for themes/NAME.toml in cf-tui's config
    /// directory, or a theme file; else what settings.toml says, or suits the terminal
    #[arg(long, value_name = "NAME|FILE", help_heading = COMMON)]
    pub(super) theme: Option<String>,
    /// Draw with ASCII only
    #[arg(long, help_heading = COMMON)]
    pub(super) ascii: bool,
    /// The explorer listens to the mouse: rows, tabs, wheel, the line between list and detail.
    /// Most terminals then select text while Shift is held
    #[arg(long, help_heading = COMMON)]
    pub(super) mouse: bool,
    /// The explorer goes on where it was left: view, filter, lens, tab and the chosen origin
    #[arg(long, help_heading = COMMON)]
    pub(super) resume: bool,
    /// Assume roles without the read-only session policy
    #[arg(long, help_heading = COMMON)]
    pub(super) no_session_policy: bool,
}

impl Common {
    /// These flags and those that stand after them, which win where there can be only one.
    pub(super) fn and(mut self, after: Self) -> Self {
        self.accounts.extend(after.accounts);
        self.groups.extend(after.groups);
        Self {
            config: after.config.or(self.config),
            accounts: self.accounts,
            groups: self.groups,
            theme: after.theme.or(self.theme),
            ascii: self.ascii || after.ascii,
            mouse: self.mouse || after.mouse,
            resume: self.resume || after.resume,
            no_session_policy: self.no_session_policy || after.no_session_policy,
        }
    }
}

/// Recording a session, and playing it again. Of the explorer and the demo.
#[derive(Clone, Debug, Default, PartialEq, Args)]
pub(super) struct Tape {
    /// Write the session to this file as it happens; never overwrites. It holds what the screens
    /// show and what is typed, and no credential, origin header value or external id
    #[arg(long, value_name = "FILE", conflicts_with = "replay", help_heading = RECORDING)]
    pub(super) record: Option<PathBuf>,
    /// Play a recorded session, without any account; in the demo also a script of keys
    #[arg(long, value_name = "FILE", help_heading = RECORDING)]
    pub(super) replay: Option<PathBuf>,
    /// How fast: 1 is as it was, 0 at once to the end
    #[arg(long, value_name = "N", requires = "replay", value_parser = speed, help_heading = RECORDING)]
    pub(super) speed: Option<f64>,
}

impl Tape {
    /// These flags, else those that stand after the command.
    pub(super) fn or(self, after: Self) -> Self {
        if self == Self::default() { after } else { self }
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse::<f64>().ok().filter(|n| *n == 0.0 || (0.01..=1000.0).contains(n));
    speed.ok_or_else(|| "it is 0, or a number from 0.01 to 1000".to_owned())
}

/// A command and the common flags after it.
#[derive(Debug, Args)]
pub(super) struct With<T: Args> {
    #[command(flatten)]
    pub(super) own: T,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Explore an embedded fleet: no account, no network, no file written
    Demo(With<DemoArguments>),
    /// The same load without a screen: progress on stderr, results on stdout
    #[command(after_help = SCAN_STATUS, mut_group("DemoSize", |group| group.requires("demo")))]
    Scan(With<ScanArguments>),
    /// Print the fix of one origin, exactly as the explorer copies it
    #[command(after_help = FIX_STATUS, mut_group("DemoSize", |group| group.requires("demo")))]
    Fix(With<FixArguments>),
    /// Write a commented fleet file to start from; never overwrites
    Init(With<InitArguments>),
    /// Validate the fleet file and say what it holds; with --sts, try every role
    Check(With<CheckArguments>),
    /// Print the role that a member account needs: its permissions and who may assume it
    #[command(after_help = ROLE_POLICY)]
    RolePolicy(With<RolePolicyArguments>),
    /// Say which version this is and which files it uses
    Info(With<Nothing>),
    /// Print the explorer's keys and commands
    Keys(With<Nothing>),
    /// Print the manual page, for `man -l`
    Man(With<Nothing>),
    /// Print a completion script for a shell
    Completions(With<CompletionsArguments>),
}

/// A command without arguments of its own.
#[derive(Debug, Args)]
pub(super) struct Nothing {}

#[derive(Debug, Args)]
pub(super) struct InitArguments {
    /// Where to; else --config, else the usual place
    pub(super) path: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Also assume the role of every account, and compare who that is with the file
    #[arg(long)]
    pub(super) sts: bool,
}

#[derive(Debug, Args)]
pub(super) struct RolePolicyArguments {
    /// What to print: documents for IAM, or a template of a role that has them
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = RoleForm::Cloudformation)]
    pub(super) format: RoleForm,
    /// Who may assume the role: the ARN of the role or user whose credentials cf-tui starts with.
    /// Templates ask for it where it is not given; json needs it
    #[arg(long, value_name = "ARN")]
    pub(super) trusted_principal: Option<String>,
    /// Also ask for the external_id of the fleet file (a condition on sts:ExternalId)
    #[arg(long, value_name = "ID")]
    pub(super) external_id: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// Which shell
    #[arg(value_enum)]
    pub(super) shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct DemoArguments {
    #[command(flatten)]
    pub(super) size: DemoSize,
    #[command(flatten)]
    pub(super) tape: Tape,
    /// Show stable pseudonyms for accounts, domains and ids; P does so too
    #[arg(long, help_heading = COMMON)]
    pub(super) privacy: bool,
}

/// How large the demo is. Numbers that are not given follow from those that are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Args)]
pub(super) struct DemoSize {
    /// Another fleet of the same kind
    #[arg(long, value_name = "N", help_heading = SIZE)]
    pub(super) seed: Option<u64>,
    /// Accounts in all
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000), help_heading = SIZE)]
    pub(super) accounts: Option<u32>,
    /// Distributions in all
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000), help_heading = SIZE)]
    pub(super) distributions: Option<u32>,
    /// Origins in all
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000), help_heading = SIZE)]
    pub(super) origins: Option<u32>,
    /// Milliseconds that a usual call takes
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u32).range(0..=60_000), help_heading = SIZE)]
    pub(super) latency: Option<u32>,
}

#[derive(Debug, Args)]
pub(super) struct ScanArguments {
    /// How to write the results
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Table)]
    pub(super) format: Format,
    /// Write them to a file (readable by you alone), whole or not at all
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Only the origins that pass this filter, as in the explorer: words, column:pattern,
    /// verdict>=warn, tag:env=prod, is:gap, !not, a|b; the others count for nothing, accounts that
    /// could not be read always do
    #[arg(long, value_name = "QUERY")]
    pub(super) filter: Option<String>,
    /// The question that verdict and exit status answer: what really travels, or what rule
    /// D9.AWS.CRY.17 says literally
    #[arg(long, value_enum, value_name = "LENS", default_value_t = LensName::Traffic)]
    pub(super) lens: LensName,
    /// Write stable pseudonyms for accounts, domains and ids; --filter still takes the real ones
    #[arg(long)]
    pub(super) privacy: bool,
    /// Scan the embedded fleet instead
    #[arg(long)]
    pub(super) demo: bool,
    #[command(flatten)]
    pub(super) size: DemoSize,
}

#[derive(Debug, Args)]
pub(super) struct FixArguments {
    /// The account's twelve digits
    pub(super) account_id: String,
    /// The distribution's id
    pub(super) distribution_id: String,
    /// The origin's id in the distribution
    pub(super) origin_id: String,
    /// The form of the fix
    #[arg(long = "as", value_enum, value_name = "FORM", default_value_t = Form::Cli)]
    pub(super) form: Form,
    /// Take the origin from the embedded fleet
    #[arg(long)]
    pub(super) demo: bool,
    #[command(flatten)]
    pub(super) size: DemoSize,
}

/// `scan --format`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people, worst first
    Table,
    /// Everything, as a versioned document
    Json,
    /// One row per origin
    Csv,
}

/// `scan --lens`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LensName {
    Traffic,
    D9,
}

/// `role-policy --format`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RoleForm {
    /// {"TrustPolicy": …, "PermissionsPolicy": …}, each as IAM takes it
    Json,
    /// A template with an AWS::IAM::Role
    Cloudformation,
    /// An aws_iam_role with its policy
    Terraform,
}

/// `fix --as`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// A shell block for the AWS CLI, or a plan that prints itself
    Cli,
    /// The changed parts for Terraform
    Terraform,
    /// The changed parts for CloudFormation, as YAML
    #[value(name = "cloudformation")]
    CloudFormation,
    /// The console's steps
    Console,
    /// Markdown with evidence, reach, steps and the shell block
    Ticket,
}
