//! The secret address of a member's calendar. Whoever knows it sees the calendar, so it is as good as a password:
//! too long to guess, shown once, and kept only as a hash, by which nobody who reads the store finds it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::id::UserId;
use crate::store::{Record, StoreError, Table, Tx};

/// Bytes of chance in an address: 256 bits.
const BYTES: usize = 32;

/// Whose calendar an address shows.
#[derive(Serialize, Deserialize)]
struct Shows {
    owner: UserId,
}

/// The address that a member has.
#[derive(Serialize, Deserialize)]
struct Address {
    hash: String,
    since: Timestamp,
}

impl Record for Shows {}
impl Record for Address {}

/// By the hash of its secret.
const BY_HASH: Table<String, Shows> = Table::new("calendar/by-hash");
const ADDRESSES: Table<UserId, Address> = Table::new("calendar/address");

/// Makes a member's new address and ends the one before. Returns its secret, which is kept nowhere.
///
/// # Errors
/// The store's.
pub fn renew(tx: &mut Tx<'_>, owner: UserId, now: Timestamp) -> Result<String, StoreError> {
    revoke(tx, owner)?;
    // The generator of the thread is cryptographic, and seeded by the system.
    let secret = URL_SAFE_NO_PAD.encode(rand::random::<[u8; BYTES]>());
    let hash = hash(&secret);
    BY_HASH.put(tx, &hash, &Shows { owner })?;
    ADDRESSES.put(tx, &owner, &Address { hash, since: now })?;
    Ok(secret)
}

/// Ends a member's address, and says whether there was one.
///
/// # Errors
/// The store's.
pub fn revoke(tx: &mut Tx<'_>, owner: UserId) -> Result<bool, StoreError> {
    let Some(address) = ADDRESSES.get(tx, &owner)? else { return Ok(false) };
    BY_HASH.remove(tx, &address.hash)?;
    ADDRESSES.remove(tx, &owner)
}

/// Since when a member has their address; `None` where they have none.
///
/// # Errors
/// The store's.
pub fn since(tx: &mut Tx<'_>, owner: UserId) -> Result<Option<Timestamp>, StoreError> {
    Ok(ADDRESSES.get(tx, &owner)?.map(|address| address.since))
}

/// Whose calendar the address with this secret shows. Whatever the secret, its hash is looked up, so the time that
/// takes says nothing of those that exist.
///
/// # Errors
/// The store's.
pub fn owner(tx: &mut Tx<'_>, secret: &str) -> Result<Option<UserId>, StoreError> {
    Ok(BY_HASH.get(tx, &hash(secret))?.map(|shows| shows.owner))
}

fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}
