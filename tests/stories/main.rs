//! What a user would tell of Kith, story by story. One binary, for linking is what costs.
#![expect(clippy::unwrap_used, reason = "a story ends where something is not as it should be")]

mod about;
mod adding;
mod answers;
mod autocomplete;
mod bending;
mod calendar;
mod closed_dms;
mod connections;
#[cfg(unix)]
mod crash;
mod dates;
mod demo;
mod digests;
mod disk;
mod editing;
mod errands;
mod faults;
mod first_week;
mod gateway;
mod giving_first;
mod help;
mod kit;
mod log;
mod match_file;
mod menus;
mod morning;
mod names;
mod never_lost;
mod openers;
mod outages;
mod own_rhythms;
mod page;
mod page_menus;
mod page_reading;
mod pausing;
#[cfg(unix)]
mod peers;
mod plain_text;
mod planned;
mod process;
mod production_path;
mod reasons;
mod registering;
mod rounds;
mod rules;
mod settings;
mod shards;
#[cfg(unix)]
mod stopping;
mod suggest;
mod threads;
mod what_next;
mod which;
mod wrong;
mod year;
mod zone_rules;
