use jiff::Timestamp;
use kith::connections::{Connection, store as connections};
use kith::id::{Id, UserId};
use kith::store::{Store, StoreError};

/// Gives a member a network.
///
/// # Errors
/// The store's.
pub async fn know(store: &Store, owner: UserId, count: usize) -> anyhow::Result<()> {
    let now = Timestamp::now();
    let people: Vec<Connection> = (0..count).map(|n| connection(n, now)).collect();
    for some in people.chunks(1_000) {
        store
            .write(|tx| -> Result<(), StoreError> {
                some.iter().try_for_each(|connection| connections::put(tx, owner, connection))
            })
            .await?;
    }
    Ok(())
}

fn connection(n: usize, now: Timestamp) -> Connection {
    const FIRST: [&str; 10] =
        ["Grace", "Émile", "Ana", "Dee", "Zoë", "Bo", "Jean-Luc", "Ágnes", "Li", "Oluwaseun"];
    const LAST: [&str; 9] =
        ["Hopper", "Durand", "Kovács", "Okafor", "Sørensen", "Nakamura", "Ortiz", "Wu", "Klein"];
    Connection {
        met: Some("a conference on compilers".to_owned()),
        tags: vec!["rust".to_owned(), "compilers".to_owned()],
        note: Some("knows everybody who works on code generation".to_owned()),
        ..Connection::new(
            Id::new(now),
            format!("{} {} {n}", FIRST[n % FIRST.len()], LAST[n % LAST.len()]),
            now,
        )
    }
}
