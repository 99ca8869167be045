//! What plays a recording or a script: what is due when, at which speed. Like the model it reads
//! no clock; it is told the time.

use std::iter::Peekable;
use std::vec::IntoIter;

use jiff::{SignedDuration, Timestamp};

use super::event::Event;

/// The slowest and the fastest that a key makes it.
const SPEEDS: (f64, f64) = (0.125, 64.0);

/// An event and how long after the one before it comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The wait before it.
    pub wait: SignedDuration,
    /// When it happened; `None` for what happens when it is played.
    pub at: Option<Timestamp>,
    /// What happens.
    pub event: Event,
}

/// Plays steps, one after the other.
#[derive(Debug)]
pub struct Player {
    steps: Peekable<IntoIter<Step>>,
    total: usize,
    played: usize,
    /// As fast as it happened is 1; 0 is at once.
    speed: f64,
    paused: bool,
    /// When the next step is due; `None` before it began, while it is paused, and at the end.
    due: Option<Timestamp>,
    begun: bool,
}

impl Player {
    /// A player at the start.
    pub fn new(steps: Vec<Step>, speed: f64) -> Self {
        let total = steps.len();
        let steps = steps.into_iter().peekable();
        Self { steps, total, played: 0, speed, paused: false, due: None, begun: false }
    }

    /// The time runs from now on.
    pub fn begin(&mut self, now: Timestamp) {
        if !self.begun {
            self.begun = true;
            self.wait(now);
        }
    }

    /// When it wants to be asked for the next step.
    pub fn due(&self) -> Option<Timestamp> {
        self.due
    }

    /// The next step, if it is due.
    pub fn take_due(&mut self, now: Timestamp) -> Option<Step> {
        let due = self.due.filter(|due| *due <= now)?;
        let step = self.take();
        // From when it was due, so that lateness does not add up.
        self.wait(due);
        step
    }

    /// Pauses, and gives the next step at once.
    pub fn step(&mut self) -> Option<Step> {
        (self.paused, self.due) = (true, None);
        self.take()
    }

    /// The next step, if it only tells how the frame of the last one was laid out.
    pub fn take_measured(&mut self) -> Option<Step> {
        let is_measured = |step: &Step| matches!(step.event, Event::Measured(_));
        let step = self.steps.next_if(is_measured)?;
        self.played += 1;
        Some(step)
    }

    /// Pauses, or goes on.
    pub fn toggle(&mut self, now: Timestamp) {
        self.paused = !self.paused;
        self.wait(now);
    }

    /// Twice as fast.
    pub fn faster(&mut self, now: Timestamp) {
        if self.speed > 0.0 {
            self.speed = (self.speed * 2.0).min(SPEEDS.1.max(self.speed));
            self.wait(now);
        }
    }

    /// Half as fast.
    pub fn slower(&mut self, now: Timestamp) {
        let half = if self.speed > 0.0 { self.speed / 2.0 } else { SPEEDS.1 };
        self.speed = half.max(SPEEDS.0.min(self.speed));
        self.wait(now);
    }

    /// Steps that were played, and steps that there are.
    pub fn position(&self) -> (usize, usize) {
        (self.played, self.total)
    }

    /// As fast as it happened is 1; 0 is at once.
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// True until it goes on by a key.
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// True once every step was played.
    pub fn is_over(&self) -> bool {
        self.played == self.total
    }

    fn take(&mut self) -> Option<Step> {
        let step = self.steps.next()?;
        self.played += 1;
        Some(step)
    }

    fn wait(&mut self, from: Timestamp) {
        let next = self.steps.peek().filter(|_| self.begun && !self.paused);
        self.due = next.map(|step| from + scaled(step.wait, self.speed));
    }
}

fn scaled(wait: SignedDuration, speed: f64) -> SignedDuration {
    match speed > 0.0 {
        true => SignedDuration::try_from_secs_f64(wait.as_secs_f64() / speed).unwrap_or(wait),
        false => SignedDuration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn player(waits: &[i64], speed: f64) -> Player {
        let step = |ms: &i64| Step {
            wait: SignedDuration::from_millis(*ms),
            at: None,
            event: Event::Ticked,
        };
        Player::new(waits.iter().map(step).collect(), speed)
    }

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(ms).unwrap()
    }

    #[test]
    fn steps_come_when_they_are_due_and_lateness_does_not_add_up() {
        let mut player = player(&[100, 100, 100], 1.0);
        assert_eq!(player.due(), None);
        player.begin(at(0));
        assert_eq!(player.due(), Some(at(100)));
        assert!(player.take_due(at(99)).is_none());
        assert!(player.take_due(at(150)).is_some());
        assert_eq!(player.due(), Some(at(200)));
        assert!(player.take_due(at(300)).is_some() && player.take_due(at(300)).is_some());
        assert!(player.is_over() && player.due().is_none());
        assert_eq!(player.position(), (3, 3));
    }

    #[test]
    fn speed_divides_the_waits_and_none_is_at_once() {
        let mut player = player(&[100, 100], 2.0);
        player.begin(at(0));
        assert_eq!(player.due(), Some(at(50)));
        player.slower(at(0));
        assert_eq!(player.due(), Some(at(100)));
        let mut player = self::player(&[100; 5], 0.0);
        player.begin(at(0));
        player.faster(at(0));
        while player.take_due(at(0)).is_some() {}
        assert!(player.is_over());
    }

    #[test]
    fn keys_keep_the_speed_within_bounds() {
        let mut player = player(&[100], 1.0);
        for _ in 0..20 {
            player.faster(at(0));
        }
        assert_eq!(player.speed(), 64.0);
        for _ in 0..20 {
            player.slower(at(0));
        }
        assert_eq!(player.speed(), 0.125);
    }

    #[test]
    fn a_paused_player_goes_by_single_steps() {
        let mut player = player(&[100; 3], 1.0);
        player.begin(at(0));
        assert!(player.step().is_some() && player.is_paused());
        assert!(player.take_due(at(1000)).is_none());
        player.toggle(at(1000));
        assert_eq!(player.due(), Some(at(1100)));
    }
}
