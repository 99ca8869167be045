use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Mutex;

use jiff::Timestamp;

use super::*;
use crate::app::model::Start;
use crate::app::recording::{Tape, read};

/// A program that says what it was given.
#[derive(Default)]
struct Listener(Arc<Mutex<Vec<Event>>>);

impl Program for Listener {
    fn update(&mut self, event: Timed) -> Vec<Effect> {
        self.0.lock().unwrap().push(event.event);
        Vec::new()
    }

    fn draw(&self, _: &mut Frame<'_>) -> Option<Event> {
        None
    }
}

/// A disk of so many bytes, or one that takes for ever.
#[derive(Clone, Default)]
struct Disk {
    room: Option<usize>,
    hangs: bool,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.hangs {
            loop {
                thread::park();
            }
        }
        let mut held = self.bytes.lock().unwrap();
        let room = self.room.map_or(bytes.len(), |room| room - held.len()).min(bytes.len());
        held.extend_from_slice(&bytes[..room]);
        if room == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(room) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Medium for Disk {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.bytes.lock().unwrap().truncate(usize::try_from(length).unwrap());
        Ok(())
    }
}

fn header() -> Header {
    Header::new(&Start::default(), (80, 24), Timestamp::UNIX_EPOCH)
}

fn ticked() -> Timed {
    Timed { at: Timestamp::UNIX_EPOCH, event: Event::Ticked }
}

fn on(disk: &Disk) -> (Recorder, Writing) {
    Recorder::start(Lines { file: disk.clone(), whole: 0, waiting: Vec::new(), mask: None })
        .unwrap()
}

#[test]
fn the_file_is_the_owners_alone_and_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.jsonl");
    let (recorder, writing) = Recorder::create(&path, &header()).unwrap();
    let mut recorded = Recorded::new(Listener::default(), recorder);
    recorded.update(ticked());
    drop(recorded);
    assert_eq!(writing.finish(), None);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read(&path).unwrap();
    assert!(matches!(read(&text), Ok(Tape::Recording(_, steps)) if steps.len() == 1));
    let again = Recorder::create(&path, &header()).err().unwrap();
    assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&path).unwrap(), text);
}

#[test]
fn a_full_disk_is_told_once_and_leaves_whole_lines() {
    let disk = Disk { room: Some(500), ..Disk::default() };
    let (recorder, writing) = on(&disk);
    let listener = Listener::default();
    let heard = Arc::clone(&listener.0);
    let mut recorded = Recorded::new(listener, recorder);
    let stopped =
        |e: &Event| matches!(e, Event::Failed(says) if says.contains("recording stopped"));
    let began = Instant::now();
    while !heard.lock().unwrap().iter().any(stopped) {
        assert!(began.elapsed() < Duration::from_secs(30), "it was never told");
        recorded.update(ticked());
        thread::sleep(Duration::from_millis(1));
    }
    for _ in 0..10 {
        recorded.update(ticked());
    }
    assert_eq!(heard.lock().unwrap().iter().filter(|event| stopped(event)).count(), 1);
    drop(recorded);
    assert!(writing.finish().is_some());
    let bytes = disk.bytes.lock().unwrap();
    assert!(bytes.len() > 250 && bytes.ends_with(b"\n"), "{}", String::from_utf8_lossy(&bytes));
}

#[test]
fn a_disk_that_hangs_holds_up_nobody() {
    let disk = Disk { hangs: true, ..Disk::default() };
    let (recorder, writing) = on(&disk);
    let listener = Listener::default();
    let heard = Arc::clone(&listener.0);
    let mut recorded = Recorded::new(listener, recorder);
    let began = Instant::now();
    for _ in 0..2 * WAITING {
        recorded.update(ticked());
    }
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    let stopped = |e: &&Event| matches!(e, Event::Failed(says) if says.contains("too slow"));
    assert_eq!(heard.lock().unwrap().iter().filter(stopped).count(), 1);
    drop(recorded);
    assert!(writing.finish().is_some_and(|said| said.contains("too slow")));
}
