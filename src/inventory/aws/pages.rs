//! Pages by hand. The SDK's paginator ends silently on a repeated marker, as if the list were
//! whole; here it is a fault, and so is a list whose count does not fit what came.

use std::collections::HashSet;

/// Where a paged list stands.
#[derive(Debug)]
pub(super) struct Pages {
    call: &'static str,
    markers: HashSet<String>,
    next: Option<String>,
    counts: Vec<(i32, usize)>,
}

impl Pages {
    /// Before the first page of a call's list.
    pub(super) fn new(call: &'static str) -> Self {
        Self { call, markers: HashSet::new(), next: None, counts: Vec::new() }
    }

    /// The marker to ask with; none for the first page.
    pub(super) fn marker(&self) -> Option<String> {
        self.next.clone()
    }

    /// The number of the page to ask for; the first is 1.
    pub(super) fn number(&self) -> u32 {
        u32::try_from(self.counts.len()).map_or(u32::MAX, |pages| pages.saturating_add(1))
    }

    /// The call with the page that was turned last: `ListDistributions, page 2`.
    pub(super) fn call(&self) -> String {
        format!("{}, page {}", self.call, self.counts.len().max(1))
    }

    /// Takes note of a page that came; true if another one follows.
    pub(super) fn turn(
        &mut self,
        is_truncated: bool,
        next_marker: Option<String>,
        quantity: i32,
        items: usize,
    ) -> Result<bool, String> {
        self.counts.push((quantity, items));
        let marker = next_marker.filter(|marker| !marker.is_empty());
        match (is_truncated, marker) {
            (false, None) => Ok(false),
            // The SDK's own paginator goes by the marker alone: one that is there is followed.
            (true, None) => Err("it says that more pages follow, and not where".to_owned()),
            (_, Some(marker)) if !self.markers.insert(marker.clone()) => {
                Err(format!("the marker of page {} came before", self.counts.len()))
            }
            (_, Some(marker)) => {
                self.next = Some(marker);
                Ok(true)
            }
        }
    }

    /// After the last page: AWS counts the page's items or, as its model says, the account's.
    pub(super) fn check_quantity(&self) -> Result<(), String> {
        let sum: usize = self.counts.iter().map(|(_, items)| items).sum();
        let fits = |quantity: i32, count: usize| usize::try_from(quantity) == Ok(count);
        let odd =
            self.counts.iter().find(|(said, items)| !fits(*said, *items) && !fits(*said, sum));
        match odd {
            None => Ok(()),
            Some((said, items)) => Err(format!(
                "the list says that it holds {said}, and {items} came on that page, {sum} in all"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_counting_are_whole() {
        for counts in [[(100, 100), (50, 50)], [(150, 100), (150, 50)]] {
            let mut pages = Pages::new("X");
            assert_eq!(pages.turn(true, Some("a".to_owned()), counts[0].0, counts[0].1), Ok(true));
            assert_eq!(pages.turn(false, None, counts[1].0, counts[1].1), Ok(false));
            assert_eq!(pages.check_quantity(), Ok(()));
        }
    }

    #[test]
    fn another_count_is_not_whole() {
        for said in [0, 3, 99, -1] {
            let mut pages = Pages::new("X");
            pages.turn(false, None, said, 2).unwrap();
            assert!(pages.check_quantity().is_err(), "{said}");
        }
    }

    #[test]
    fn markers_lead_on_or_it_is_a_fault() {
        let mut pages = Pages::new("X");
        assert!(pages.turn(true, None, 1, 1).is_err());
        assert!(pages.turn(true, Some(String::new()), 1, 1).is_err());
        assert_eq!(pages.turn(true, Some("a".to_owned()), 1, 1), Ok(true));
        assert_eq!(pages.turn(true, Some("b".to_owned()), 1, 1), Ok(true));
        assert!(pages.turn(true, Some("a".to_owned()), 1, 1).is_err());
    }

    #[test]
    fn a_marker_is_followed_whatever_is_truncated_says() {
        let mut pages = Pages::new("X");
        assert_eq!(pages.turn(false, Some("a".to_owned()), 1, 1), Ok(true));
        assert_eq!(pages.turn(false, None, 0, 0), Ok(false));
        assert_eq!(pages.check_quantity(), Ok(()));
    }
}
