//! The one place that reads the time.

use jiff::Timestamp;

/// Where the times of events come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The system's.
    System,
    /// Always the same instant, so that the demo's screens are the same every time. Only a
    /// `Ticked` carries the time that it was wished for: what waits for a time sees it come.
    Fixed(Timestamp),
}

impl Clock {
    /// What time it is.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn now(self) -> Timestamp {
        match self {
            Clock::System => Timestamp::now(),
            Clock::Fixed(instant) => instant,
        }
    }

    /// The stamp of a tick that was wished for `wish`.
    pub(super) fn at_tick(self, wish: Timestamp) -> Timestamp {
        match self {
            Clock::System => self.now(),
            Clock::Fixed(_) => wish,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_stands_still_but_lets_a_wished_time_come() {
        let clock = Clock::Fixed(Timestamp::UNIX_EPOCH);
        let wish = Timestamp::from_second(7).unwrap();
        assert_eq!(clock.now(), Timestamp::UNIX_EPOCH);
        assert_eq!(clock.at_tick(wish), wish);
    }

    #[test]
    fn a_tick_of_the_system_clock_is_stamped_when_it_fires() {
        let wish = Timestamp::UNIX_EPOCH;
        assert!(Clock::System.at_tick(wish) > wish);
    }
}
