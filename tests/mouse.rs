//! The mouse: a click chooses what is under it, the wheel scrolls it, the border is dragged.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::event::Event;
use cf_tui::app::model::View;
use cf_tui::app::tab::Tab;
use explorer::Explorer;

fn with_mouse(columns: u16, rows: u16) -> Explorer {
    let mut explorer = Explorer::demo(columns, rows);
    explorer.model.start.mouse = true;
    explorer.draw();
    explorer
}

/// Where a text stands on the screen.
fn find(explorer: &mut Explorer, text: &str) -> (u16, u16) {
    let screen = explorer.screen("");
    let lines = screen.lines().enumerate();
    let found = lines.filter_map(|(row, line)| {
        let at = line.find(text)?;
        Some((line[..at].chars().count().try_into().unwrap(), row.try_into().unwrap()))
    });
    found.min_by_key(|(_, row)| *row).unwrap_or_else(|| panic!("no {text} on\n{screen}"))
}

fn click(explorer: &mut Explorer, (column, row): (u16, u16)) {
    explorer.send(Event::Clicked { column, row });
    explorer.draw();
}

fn wheel(explorer: &mut Explorer, (column, row): (u16, u16), down: bool) {
    explorer.send(Event::Scrolled { column, row, down });
    explorer.draw();
}

#[test]
fn a_click_chooses_the_row_under_it_at_every_size() {
    for (columns, rows) in [(40, 8), (80, 24), (120, 40), (200, 50)] {
        let mut explorer = with_mouse(columns, rows);
        let (column, head) = find(&mut explorer, "VERDICT");
        for line in [1, 0, 1] {
            click(&mut explorer, (column + 3, head + 1 + line));
            assert_eq!(explorer.model.position(), Some(usize::from(line)), "{columns}x{rows}");
            let row = head + 1 + line;
            let shown = explorer.screen("");
            assert!(shown.lines().nth(row.into()).unwrap().contains('▌'), "{shown}");
        }
        explorer.keys("G");
        let top = explorer.model.top;
        assert!(top > 0);
        click(&mut explorer, (column, head + 1));
        assert_eq!((explorer.model.position(), explorer.model.top), (Some(top), top));
        // The heading is no row.
        click(&mut explorer, (column, head));
        assert_eq!(explorer.model.position(), Some(top));
    }
}

#[test]
fn below_the_last_row_there_is_nothing_to_choose() {
    let mut explorer = with_mouse(80, 24);
    explorer.keys("/verdict:nothing-is-called-so<enter>");
    click(&mut explorer, (5, 10));
    assert_eq!(explorer.model.position(), None);
}

#[test]
fn a_click_turns_to_a_tab_and_to_a_view() {
    for (columns, rows) in [(120, 40), (200, 50)] {
        let mut explorer = with_mouse(columns, rows);
        for tab in Tab::ALL {
            let row = find(&mut explorer, "Raw JSON").1;
            let line = explorer.screen("").lines().nth(row.into()).unwrap().to_owned();
            let at = line.find(tab.title()).unwrap();
            click(&mut explorer, (line[..at].chars().count().try_into().unwrap(), row));
            assert_eq!(explorer.model.tab, tab);
        }
        let at = find(&mut explorer, "3 Accounts");
        click(&mut explorer, (at.0 + 4, at.1));
        assert_eq!(explorer.model.view, View::Accounts);
        let head = find(&mut explorer, "STATE");
        click(&mut explorer, (head.0, head.1 + 3));
        assert_eq!(explorer.model.selected_account, Some(explorer.model.account_order()[2]));
        let at = find(&mut explorer, "1 Origins");
        click(&mut explorer, at);
        assert_eq!(explorer.model.view, View::Origins);
    }
}

#[test]
fn the_wheel_scrolls_what_is_under_it() {
    let mut explorer = with_mouse(120, 40);
    let (column, head) = find(&mut explorer, "VERDICT");
    let (list, pane) = ((column, head + 2), (column, 35));
    for _ in 0..2 {
        wheel(&mut explorer, list, true);
    }
    // The cursor goes along only when it would leave the table.
    assert_eq!((explorer.model.top, explorer.model.position()), (6, Some(6)));
    explorer.keys("jjjj");
    wheel(&mut explorer, list, false);
    assert_eq!((explorer.model.top, explorer.model.position()), (3, Some(10)));
    explorer.model.tab = Tab::Evidence;
    wheel(&mut explorer, pane, true);
    assert_eq!((explorer.model.top, explorer.model.scroll), (3, 3));
    wheel(&mut explorer, pane, false);
    assert_eq!(explorer.model.scroll, 0);
    for _ in 0..200 {
        wheel(&mut explorer, list, true);
    }
    let last = explorer.model.index.visible().len() - explorer.model.measured.list_rows;
    assert_eq!(explorer.model.top, last);
    let selected = explorer.model.selected;
    explorer.keys("?");
    wheel(&mut explorer, list, true);
    click(&mut explorer, list);
    assert_eq!((explorer.model.top, explorer.model.selected), (last, selected));
}

#[test]
fn the_line_between_list_and_pane_is_dragged() {
    let mut explorer = with_mouse(120, 40);
    let (_, border) = find(&mut explorer, "Raw JSON");
    let drag = |explorer: &mut Explorer, row| {
        explorer.send(Event::Dragged { column: 90, row });
        explorer.draw();
        find(explorer, "Raw JSON").1
    };
    assert_eq!(drag(&mut explorer, 10), border, "nothing was taken hold of");
    click(&mut explorer, (90, border));
    for row in [12, 30, 15, 21, 22, 23] {
        assert_eq!(drag(&mut explorer, row), row);
    }
    assert_eq!(drag(&mut explorer, 0), 8);
    assert_eq!(drag(&mut explorer, 39), 33);
    // It holds as a share at another size, and where there is no room for both it counts not.
    drag(&mut explorer, 15);
    explorer.resize(120, 80);
    let (_, tall) = find(&mut explorer, "Raw JSON");
    assert!((25..32).contains(&tall), "{tall}");
    explorer.resize(80, 24);
    explorer.draw();
    click(&mut explorer, (5, 8));
    drag_does_nothing(&mut explorer);
}

fn drag_does_nothing(explorer: &mut Explorer) {
    let before = explorer.model.share;
    explorer.send(Event::Dragged { column: 5, row: 4 });
    assert_eq!(explorer.model.share, before);
}

#[test]
fn any_cell_and_any_order_are_harmless() {
    let mut explorer = Explorer::empty(80, 24);
    explorer.model.start.mouse = true;
    for (columns, rows) in [(80, 24), (3, 2), (40, 8), (120, 40), (200, 50)] {
        explorer.resize(columns, rows);
        for (column, row) in
            [(0, 0), (columns, rows), (u16::MAX, u16::MAX), (columns / 2, rows / 2)]
        {
            for event in [
                Event::Clicked { column, row },
                Event::Dragged { column, row },
                Event::Scrolled { column, row, down: true },
                Event::Scrolled { column, row, down: false },
            ] {
                explorer.send(event);
                explorer.draw();
            }
        }
    }
}

#[test]
fn nothing_is_measured_for_a_mouse_that_is_off() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.draw();
    assert_eq!(explorer.model.measured.places, Default::default());
}
