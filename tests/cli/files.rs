//! What is written where: the starter, the results, and what `check` and `info` say of files.

use crate::run::{Home, mode, ran};

#[test]
fn init_writes_a_starter_that_checks_and_never_overwrites() {
    let home = Home::new();
    let run = home.run("init");
    assert_eq!(run.status, 0, "{run:?}");
    let file = home.path("config/cf-tui/config.toml");
    assert!(run.stdout.contains(file.to_str().unwrap()) && run.stdout.contains("cf-tui check"));
    assert_eq!(mode(&file), 0o600);
    assert_eq!(home.run("check").status, 0);

    std::fs::write(&file, "mine").unwrap();
    let again = home.run("init");
    assert_eq!((again.status, again.stdout.as_str()), (2, ""));
    assert!(again.stderr.contains("there already"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn init_writes_where_it_is_told() {
    let home = Home::new();
    assert_eq!(home.run("init new/fleet.toml").status, 0);
    assert_eq!(home.run("--config other.toml init").status, 0);
    assert_eq!(home.run("check --config new/fleet.toml").status, 0);
    assert!(home.path("other.toml").is_file());
    assert_eq!(home.run("init new").status, 2);
}

#[test]
fn the_variable_names_the_file_and_the_flag_wins() {
    let home = Home::new();
    home.run("init one.toml");
    home.run("init two.toml");
    let checked = |arguments: &[&str]| {
        let mut command = home.command(["check"]);
        ran(command.args(arguments).env("CF_TUI_CONFIG", "one.toml").output().unwrap()).stdout
    };
    assert!(checked(&[]).starts_with("one.toml is valid"));
    assert!(checked(&["--config", "two.toml"]).starts_with("two.toml is valid"));
}

#[test]
fn check_shows_every_mistake_with_its_place() {
    let home = Home::new();
    home.write("fleet.toml", "[[accounts]]\naccount_id = \"1\"\n[[accounts]]\nnam = \"x\"\n");
    let run = home.run("check --config fleet.toml");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("fleet.toml:2:"), "{}", run.stderr);
    assert!(run.stderr.contains("fleet.toml:4:"), "{}", run.stderr);
    for command in ["scan --config fleet.toml", "fix 111122223333 E1 o --config fleet.toml"] {
        assert_eq!(home.run(command).stderr, run.stderr, "{command}");
    }
}

#[test]
fn a_fleet_file_that_is_not_text_is_told() {
    let home = Home::new();
    std::fs::write(home.path("fleet.toml"), b"# fine\n\xff\xfe").unwrap();
    let run = home.run("check --config fleet.toml");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("UTF-8") && run.stderr.contains("line 2"), "{}", run.stderr);
    let folder = home.run("check --config .");
    assert_eq!(folder.status, 2);
    assert!(folder.stderr.contains("cannot read"), "{}", folder.stderr);
    let endless = home.run("check --config /dev/zero");
    assert_eq!(endless.status, 2);
    assert!(endless.stderr.contains("more than 64 MiB"), "{}", endless.stderr);
}

#[test]
fn info_names_the_version_and_the_files() {
    let home = Home::new();
    let run = home.run("info");
    assert_eq!(run.status, 0);
    assert!(run.stdout.contains(env!("CARGO_PKG_VERSION")) && run.stdout.contains("not there"));
    home.run("init");
    assert!(!home.run("info").stdout.lines().nth(1).unwrap().contains("not there"));
}

#[test]
fn results_replace_a_file_whole_and_private() {
    let home = Home::new();
    home.write("out.json", "old");
    std::os::unix::fs::symlink(home.path("out.json"), home.path("link.json")).unwrap();
    let run = home.run("scan --demo --account shop-prod --format json --output link.json");
    assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:?}");
    let written = std::fs::read_to_string(home.path("out.json")).unwrap();
    assert_eq!(written, home.run("scan --demo --account shop-prod --format json").stdout);
    assert_eq!(mode(&home.path("out.json")), 0o600);
    assert!(home.path("link.json").is_symlink());
    assert_eq!(home.files().len(), 2, "no draft is left: {:?}", home.files());
}

#[test]
fn results_go_to_devices_and_not_in_their_place() {
    let home = Home::new();
    assert_eq!(home.run("scan --demo --account sandbox-7 --output /dev/null").status, 0);
    let full = home.run("scan --demo --account sandbox-7 --output /dev/full");
    assert_eq!(full.status, 2);
    assert!(full.stderr.contains("cannot write /dev/full"), "{}", full.stderr);
}

#[test]
fn a_place_that_cannot_be_written_is_told_before_the_load() {
    let home = Home::new();
    for place in ["nowhere/out.json", "."] {
        let run = home.run(&format!("scan --demo --output {place}"));
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.starts_with("cannot write "), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "nothing was loaded: {}", run.stderr);
    }
}
