//! Pages of the console, with a browser that is a stub.

use std::fs;
use std::time::{Duration, Instant};

use crate::copies::Desk;
use crate::osc_52::osc_52;

const PAGE: &str = "https://console.example/?a=1#/d/E1";

#[test]
fn a_page_is_given_to_the_browser_and_nothing_of_it_reaches_the_screen() {
    let desk = Desk::new("");
    desk.tool("xdg-open", "echo noise; echo noise >&2; printf '%s\\n' \"$@\" > \"$DESK/opened\"");
    let mut terminal = desk.start(&[("DISPLAY", ":7")]);
    terminal.keys("ok");
    terminal.wait_for("keys ok");
    let opened = desk.path("opened");
    terminal.wait_until("the browser", |_| {
        fs::read_to_string(&opened).is_ok_and(|args| args == format!("{PAGE}\n"))
    });
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
    assert!(!terminal.output().contains("noise"));
}

#[test]
fn a_browser_that_stays_in_the_foreground_holds_nothing_up() {
    let desk = Desk::new("");
    desk.tool("xdg-open", "echo $$ > \"$DESK/pid\"; exec sleep 600");
    let mut terminal = desk.start(&[("DISPLAY", ":7")]);
    let began = Instant::now();
    terminal.keys("ok");
    terminal.wait_for("keys ok");
    let pid = desk.path("pid");
    terminal.wait_until("the browser", |_| {
        fs::read_to_string(&pid).is_ok_and(|written| written.ends_with('\n'))
    });
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    // It outlives the explorer; the test ends it.
    let pid: i32 = fs::read_to_string(&pid).unwrap().trim().parse().unwrap();
    let pid = rustix::process::Pid::from_raw(pid).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
}

#[test]
fn a_browser_that_fails_leaves_the_address_on_the_screen() {
    let desk = Desk::new("");
    for launcher in
        ["xdg-open", "gio", "gnome-open", "kde-open6", "kde-open5", "kde-open", "wslview"]
    {
        desk.tool(launcher, "exit 3");
    }
    let mut terminal = desk.start(&[("DISPLAY", ":7")]);
    terminal.keys("o");
    terminal.wait_for(&format!("no browser could be opened; the page is {PAGE}"));
}

#[test]
fn over_ssh_and_without_a_display_the_address_is_copied() {
    for (variable, value) in [("SSH_CONNECTION", "198.51.100.7 1 203.0.113.5 22"), ("NOTHING", "")]
    {
        let desk = Desk::new("");
        desk.tool("xdg-open", "touch \"$DESK/opened\"");
        let mut terminal = desk.start(&[(variable, value)]);
        terminal.keys("o");
        terminal.wait_for(&format!("copied {} bytes", PAGE.len()));
        assert_eq!(osc_52(&terminal), [PAGE]);
        assert!(!desk.path("opened").exists());
    }
}
