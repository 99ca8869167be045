//! Answers that lose their end below HTTP's notice, or come in another dress.

use std::sync::Arc;

use cf_tui::domain::fault::FaultKind;
use cf_tui::domain::tally::AccountState;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::fake::{BASE_ACCOUNT, Fake};
use crate::harness::{Bench, account, member, role};
use crate::whole::{listing, simple};
use cf_tui::domain::account::Access;

const ASSUMED: &str = "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId><Arn>arn:aws:sts::100000000000:assumed-role/Audit/cf-tui</Arn></AssumedRoleUser><Credentials><AccessKeyId>k</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2037-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";

/// A server that gives the role well, and to every listing these bytes, then closes.
async fn server(listed: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let listed = Arc::new(listed);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let listed = listed.clone();
            tokio::spawn(async move {
                let mut request = vec![0; 65536];
                let read = stream.read(&mut request).await.unwrap_or(0);
                let assume = request[..read].starts_with(b"POST");
                let length = ASSUMED.len();
                let role = format!(
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{ASSUMED}"
                );
                let answer = if assume { role.as_bytes() } else { &listed };
                let _ = stream.write_all(answer).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    format!("http://{address}")
}

async fn read(listed: Vec<u8>) -> (AccountState, Option<FaultKind>, usize) {
    let url = server(listed).await;
    let (key, secret) = Fake::start().key(BASE_ACCOUNT);
    let profile = format!(
        "[profile base]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\nendpoint_url = {url}\n"
    );
    let id = member(0);
    let mut bench = Bench::with_profiles(&profile, vec![account(&id, Access::Assume(role(&id)))]);
    bench.fleet.load.max_attempts = 1;
    let loaded = bench.load().await;
    let ending = loaded.ending(0);
    (ending.state, ending.fault.as_ref().map(|fault| fault.kind), loaded.rows(0).len())
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    [head.as_bytes(), b"\r\n\r\n", body].concat()
}

#[tokio::test]
async fn however_the_end_is_lost_nothing_is_complete() {
    let fake = Fake::start();
    let _ = Bench::new(&fake, 1);
    fake.account(&member(0)).add(simple("E1", "https-only")).add(simple("E2", "https-only"));
    let text = listing(&fake, &member(0)).await;
    let (whole, half) = (text.as_bytes(), &text.as_bytes()[..text.len() / 2]);
    let ok = "HTTP/1.1 200 OK";
    let full = format!("{ok}\r\nContent-Length: {}", whole.len());
    assert_eq!(read(answer(&full, whole)).await, (AccountState::Complete, None, 2));
    // Without a length the end of the connection is the end of the body.
    let old = "HTTP/1.0 200 OK\r\nContent-Type: text/xml";
    assert_eq!(read(answer(old, whole)).await, (AccountState::Complete, None, 2));
    let bom = [b"\xef\xbb\xbf", whole].concat();
    assert_eq!(read(answer(old, &bom)).await, (AccountState::Complete, None, 2));

    let chunk = format!("{:x}\r\n{}\r\n", half.len(), &text[..half.len()]);
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let lost = [
        ("no length, cut", answer(old, half)),
        ("a length that is not reached", answer(&full, half)),
        (
            "a length that is too short",
            answer(&format!("{ok}\r\nContent-Length: {}", half.len()), whole),
        ),
        (
            "chunks without their end",
            answer(&format!("{ok}\r\nTransfer-Encoding: chunked"), chunk.as_bytes()),
        ),
        ("no body", answer(&format!("{ok}\r\nContent-Length: 0"), b"")),
        ("204", answer("HTTP/1.1 204 No Content", b"")),
        (
            "a redirect",
            answer("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0", b""),
        ),
        ("UTF-16", answer(old, &utf_16)),
        (
            "packed",
            answer(&format!("{ok}\r\nContent-Encoding: gzip"), b"\x1f\x8b\x08\0\0\0\0\0\0\x03\0\0"),
        ),
        ("a NUL at the end", answer(old, &[whole, b"\0"].concat())),
        ("two documents", answer(old, &[whole, whole].concat())),
    ];
    for (what, bytes) in lost {
        let (state, kind, rows) = read(bytes).await;
        assert_eq!((state, rows), (AccountState::Failed, 0), "{what}");
        assert!(
            matches!(kind, Some(FaultKind::Malformed | FaultKind::Network)),
            "{what}: {kind:?}"
        );
    }
}
