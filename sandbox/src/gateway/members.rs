//! Request Guild Members (op 8): of whom one asks by id or by the first letters of the name, a hundred at most; of all
//! members only with the intent for them.

use serde_json::{Value, json};

use crate::app::App;
use crate::world::World;
use crate::world::event::intents;
use crate::world::snowflake::Id;

/// How many members one request brings.
const MOST: usize = 100;
/// The longest nonce, in bytes; a longer one is ignored.
const NONCE_MOST: usize = 32;

/// Answers a request with a Guild Members Chunk. Nothing comes of one that is wrong, as with Discord.
pub fn answer(app: &App, session: &str, data: &Value) {
    let whole = app.hub.intents_of(session) & intents::GUILD_MEMBERS != 0;
    // Sent with the world held, so that it comes in the order of things.
    app.world(|world| {
        if let Some(chunk) = chunk(world, data, whole) {
            app.hub.answer(session, "GUILD_MEMBERS_CHUNK", &chunk);
        }
    });
}

fn chunk(world: &World, data: &Value, whole: bool) -> Option<Value> {
    let id = |value: &Value| value.as_str().and_then(|id| id.parse::<Id>().ok());
    let guild = world.guilds.get(&id(&data["guild_id"])?)?;
    guild.members.get(&world.bot.id)?;
    let mut missing = Vec::new();
    let found: Vec<Id> = match (&data["user_ids"], data["query"].as_str()) {
        (Value::Null, Some("")) if !whole => return None,
        (Value::Null, query) => {
            let query = query?.to_lowercase();
            let named = |id: &&Id| {
                world.users.get(id).is_some_and(|user| user.username.to_lowercase().starts_with(&query))
            };
            let limit = usize::try_from(data["limit"].as_u64()?).ok()?;
            let limit = if whole && query.is_empty() && limit == 0 { usize::MAX } else { limit.min(MOST) };
            guild.members.keys().filter(named).take(limit).copied().collect()
        }
        (wanted, _) => {
            let list = wanted.as_array().map_or(std::slice::from_ref(wanted), Vec::as_slice);
            let ids = list.iter().take(MOST);
            let (inside, outside): (Vec<&Value>, Vec<&Value>) =
                ids.partition(|one| id(one).is_some_and(|id| guild.members.contains_key(&id)));
            missing = outside;
            inside.into_iter().filter_map(id).collect()
        }
    };
    let members: Vec<Value> = found.iter().filter_map(|id| world.member_json(guild, *id)).collect();
    let mut chunk = json!({
        "guild_id": guild.id, "members": members, "chunk_index": 0, "chunk_count": 1, "not_found": missing,
    });
    if let Some(nonce) = data["nonce"].as_str().filter(|nonce| nonce.len() <= NONCE_MOST) {
        chunk["nonce"] = json!(nonce);
    }
    Some(chunk)
}
