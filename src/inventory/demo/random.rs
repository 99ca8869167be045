//! A small generator of numbers that look random and are always the same (splitmix64, Steele,
//! Lea and Flood 2014). Nothing here is a secret, so nothing better is needed.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// The stream of a seed and what it is for: streams of different purposes, or of different
    /// accounts, do not touch each other, so accounts may be read in any order.
    pub(super) fn of(seed: u64, purpose: u64, account: usize) -> Self {
        let mut random = Self(seed);
        for part in [purpose, account as u64] {
            random = Self(random.next() ^ part.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        }
        random
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, `end`, which is more than 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let rest = self.next() % end.max(1) as u64;
        usize::try_from(rest).expect("it is less than a usize")
    }

    /// One of several; at least one is given.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// True in so many of a hundred cases.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// An invented request id in the shape of AWS's.
    pub(super) fn request_id(&mut self) -> String {
        let (a, b) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            a >> 32,
            (a >> 16) & 0xffff,
            a & 0xfff,
            b >> 52,
            b & 0xffff_ffff_ffff
        )
    }
}

/// Shares a total out by weights: whole numbers that add up to it exactly.
pub(super) fn shares(total: usize, weights: &[usize]) -> Vec<usize> {
    let sum = weights.iter().sum::<usize>().max(1);
    let mut before = 0;
    weights
        .iter()
        .map(|weight| {
            let from = total * before / sum;
            before += weight;
            total * before / sum - from
        })
        .collect()
}
