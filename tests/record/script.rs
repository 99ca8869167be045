//! A script types at the demo.

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::app::model::Start;
use cf_tui::app::player::{Player, Step};
use cf_tui::app::recording::{Tape, read};
use cf_tui::inventory::demo::{Demo, NOW, Settings};
use cf_tui::inventory::report::LoadId;
use cf_tui::shell::{Explorer, Replay};
use cf_tui::ui::theme::Gallery;

use crate::explorer::{Explorer as Typed, demo_reports};
use crate::stage::Stage;

const TOUR: &[u8] = include_bytes!("../../assets/tour.jsonl");

fn script(text: &[u8]) -> Vec<Step> {
    let Tape::Script(steps) = read(text).unwrap() else { panic!("a recording") };
    steps
}

/// The script typed at the demo, and what it wants done first.
fn typed(text: &[u8], speed: f64, size: (u16, u16)) -> (Stage<Replay>, Vec<Effect>) {
    let accounts = Demo::new(Settings::default()).fleet().accounts;
    let with = Start { accounts, demo: true, replay: true, ..Start::default() };
    let (explorer, opening) = Explorer::new(with, Gallery::embedded(), NOW);
    let player = Player::new(script(text), speed);
    let (program, opening) = Replay::of_script(explorer, opening, player);
    (Stage::new(program, size), opening)
}

fn load(stage: &mut Stage<Replay>) {
    for report in demo_reports() {
        stage.send(Event::Reported(LoadId(1), vec![report]));
    }
    stage.send(Event::LoadEnded(LoadId(1)));
}

#[test]
fn it_is_typed_once_the_demo_has_loaded_and_comes_to_the_screen_of_its_keys() {
    let text = b"{\"wait_ms\":500}\n{\"keys\":\"/shop<enter>\"}\n{\"keys\":\"jj]<tab>\"}\n";
    for speed in [0.0, 1.0] {
        let (mut stage, opening) = typed(text, speed, (120, 40));
        assert!(matches!(opening[..], [Effect::Load { .. }]), "{opening:?}");
        stage.screen();
        stage.send(Event::Ticked);
        assert!(stage.whole_screen().contains("REPLAY  0/10"));
        load(&mut stage);
        stage.run_out();
        let mut hand = Typed::demo(120, 40);
        hand.model.start.replay = true;
        let whole = hand.screen("/shop<enter>jj]<tab>");
        let lines: Vec<&str> = whole.lines().collect();
        assert_eq!(stage.screen(), lines[..lines.len() - 1].join("\n"));
    }
}

#[test]
fn nothing_is_copied_and_nobody_leaves_by_it() {
    let (mut stage, _) = typed(b"{\"keys\":\"cq<ctrl-c><ctrl-z>\"}", 0.0, (120, 40));
    stage.screen();
    load(&mut stage);
    let kept = |effect: &Effect| !matches!(effect, Effect::WakeAt(_));
    assert!(!stage.wanted.iter().any(kept), "{:?}", stage.wanted);
    assert!(stage.screen().contains("was not copied (a script copies nothing)"));
}

#[test]
fn the_tour_goes_through_in_half_a_minute() {
    let steps = script(TOUR);
    let seconds: i64 = steps.iter().map(|step| step.wait.as_millis() as i64).sum::<i64>() / 1000;
    assert!((20..=40).contains(&seconds), "{seconds} s");
    let (mut stage, _) = typed(TOUR, 0.0, (120, 40));
    stage.screen();
    load(&mut stage);
    stage.run_out();
    assert!(stage.whole_screen().contains("ended"), "{}", stage.whole_screen());
}
