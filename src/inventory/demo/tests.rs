use super::*;

#[test]
fn two_builds_are_equal() {
    let [one, two] = [Demo::new(Settings::default()), Demo::new(Settings::default())];
    for ix in 0..one.fleet().accounts.len() {
        assert_eq!(one.arrival(ix), two.arrival(ix));
    }
}
