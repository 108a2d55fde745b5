//! A world as it was before: the same servers and people under the same ids.

use super::World;
use super::guild::ChannelKind;
use super::people::No;
use crate::town::{Channel, Guild, Person, Town};

impl World {
    /// What can be kept of the world.
    pub fn town(&self) -> Town {
        let guilds = self.guilds.values().map(|guild| Guild {
            id: guild.id,
            name: guild.name.clone(),
            channels: guild
                .channels
                .iter()
                .filter_map(|id| self.channels.get(id))
                .filter(|channel| channel.kind == ChannelKind::Text && channel.overwrites.is_empty())
                .map(|channel| Channel { id: channel.id, name: channel.name.clone() })
                .collect(),
        });
        let people = self.users.values().filter(|user| !user.bot && !user.hidden).map(|user| Person {
            id: user.id,
            name: user.name.clone(),
            locale: user.locale.clone(),
            guilds: (self.guilds.values())
                .filter(|guild| guild.members.contains_key(&user.id))
                .map(|guild| guild.id)
                .collect(),
        });
        Town { now: self.now, guilds: guilds.collect(), people: people.collect() }
    }

    /// Puts everything in that was kept.
    pub fn settle(&mut self, town: &Town) -> Result<(), No> {
        for guild in &town.guilds {
            self.given.push_back(guild.id);
            self.given.extend(guild.channels.iter().map(|channel| channel.id));
            self.add_guild(&guild.name, None)?;
            for channel in guild.channels.iter().skip(1) {
                self.add_channel(guild.id, &channel.name, false)?;
            }
        }
        for person in &town.people {
            self.given.push_back(person.id);
            self.add_user(&person.name, &person.locale, &person.guilds, false)?;
        }
        let all = town.guilds.iter().flat_map(|guild| guild.channels.iter().map(|channel| channel.id));
        if let Some(last) = all.chain(town.people.iter().map(|person| person.id)).max() {
            self.mint.pass(last);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn world(now: &str) -> World {
        World::new(now.parse::<Timestamp>().unwrap(), "http://sandbox".to_owned(), "Kith", false)
    }

    #[test]
    fn what_was_kept_is_there_again_under_the_same_ids_and_new_ids_are_others() {
        let mut before = world("2033-03-01T10:00:00Z");
        let guild = before.add_guild("Town", None).unwrap();
        before.add_channel(guild, "introductions", false).unwrap();
        before.add_user("Ana", "en-GB", &[guild], false).unwrap();
        let stranger = before.add_user("Ben", "de", &[], false).unwrap();
        let town = before.town();

        // The machine's clock may have gone back meanwhile.
        let mut after = world("2030-01-01T00:00:00Z");
        after.now = town.now;
        after.settle(&town).unwrap();
        assert_eq!(after.town(), town);
        assert!(after.add_user("Chloé", "fr", &[], false).unwrap() > stranger);
    }
}
