//! What a round asks of Discord, asked with serenity: channels, roles, threads, events, pins.

use serde_json::json;
use serenity::all::{
    AutoArchiveDuration, ChannelId, ChannelType, Colour, CreateAttachment, CreateChannel, CreateMessage,
    CreateScheduledEvent, CreateThread, EditAttachments, EditChannel, EditMessage, EditRole,
    EditScheduledEvent, EditThread, GuildId, MessageId, PermissionOverwrite, PermissionOverwriteType,
    Permissions, ScheduledEventStatus, ScheduledEventType, Timestamp, UserId,
};

use crate::support::{Bot, Stage};

fn id(text: &str) -> u64 {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_round_is_set_up_and_taken_down_with_serenity() {
    let stage = Stage::new().await;
    let (guild, general) = stage.guild().await;
    let ana = UserId::new(id(&stage.person("Ana", &guild).await));
    // All that Discord knows but ADMINISTRATOR; serenity has no name for PIN_MESSAGES.
    stage.empower(&guild, ((1 << 53) - 1) & !Permissions::ADMINISTRATOR.bits()).await;
    let bot = Bot::connect(&stage).await;
    let http = &bot.http;
    let (guild, general) = (GuildId::new(id(&guild)), ChannelId::new(id(&general)));

    let badge = EditRole::new().name("Mentee").colour(Colour::BLUE).mentionable(true);
    let badge = guild.create_role(http, badge.permissions(Permissions::empty())).await.unwrap();
    guild.edit_role(http, badge.id, EditRole::new().name("Mentee 2033")).await.unwrap();
    let member = guild.member(http, ana).await.unwrap();
    member.add_role(http, badge.id).await.unwrap();
    assert_eq!(guild.member(http, ana).await.unwrap().roles, [badge.id]);

    let category = CreateChannel::new("Spring").kind(ChannelType::Category);
    let category = guild.create_channel(http, category).await.unwrap();
    let overwrite = |kind, allow, deny| PermissionOverwrite { allow, deny, kind };
    let everyone = PermissionOverwriteType::Role(guild.everyone_role());
    let closed = [
        overwrite(everyone, Permissions::empty(), Permissions::VIEW_CHANNEL),
        overwrite(PermissionOverwriteType::Role(badge.id), Permissions::VIEW_CHANNEL, Permissions::empty()),
    ];
    let group = CreateChannel::new("Group 1").category(category.id).topic("Ana's").permissions(closed);
    let group = guild.create_channel(http, group).await.unwrap();
    assert_eq!(
        (group.name.as_str(), group.parent_id, group.permission_overwrites.len()),
        ("group-1", Some(category.id), 2)
    );
    // Closed to everybody, so also to the bot, which made it.
    assert!(group.id.say(http, "hi").await.is_err());
    let own =
        overwrite(PermissionOverwriteType::Member(ana), Permissions::SEND_MESSAGES, Permissions::empty());
    general.create_permission(http, own.clone()).await.unwrap();
    general.delete_permission(http, own.kind).await.unwrap();
    general.edit(http, EditChannel::new().topic("Rounds")).await.unwrap();

    let thread = CreateThread::new("Group 1").kind(ChannelType::PrivateThread).invitable(false);
    let thread = thread.auto_archive_duration(AutoArchiveDuration::OneWeek);
    let thread = general.create_thread(http, thread).await.unwrap();
    thread.id.add_thread_member(http, ana).await.unwrap();
    let csv = CreateAttachment::bytes(b"a,b".to_vec(), "a.csv");
    let hello = CreateMessage::new().content(format!("Welcome, <@{ana}>")).add_file(csv);
    let mut hello = thread.id.send_message(http, hello).await.unwrap();
    assert_eq!((hello.mentions[0].id, hello.attachments[0].filename.as_str()), (ana, "a.csv"));
    let other = EditAttachments::new().add(CreateAttachment::bytes(b"c,d".to_vec(), "b.csv"));
    hello.edit(http, EditMessage::new().content("Welcome").attachments(other)).await.unwrap();
    let files: Vec<&str> = hello.attachments.iter().map(|file| file.filename.as_str()).collect();
    assert_eq!(files, ["b.csv"]);
    hello.pin(http).await.unwrap();
    assert_eq!(thread.id.pins(http).await.unwrap()[0].id, hello.id);
    hello.unpin(http).await.unwrap();
    let active = guild.get_active_threads(http).await.unwrap();
    assert_eq!(active.threads.iter().map(|one| one.id).collect::<Vec<_>>(), [thread.id]);
    let edit = EditThread::new().name("Group one").archived(true);
    thread.id.edit_thread(http, edit).await.unwrap();
    thread.id.edit_thread(http, EditThread::new().archived(false).locked(true)).await.unwrap();
    thread.id.remove_thread_member(http, ana).await.unwrap();

    let at = |hours: i64| {
        let now = serenity::all::Timestamp::now().unix_timestamp();
        Timestamp::from_unix_timestamp(now + hours * 3_600).unwrap()
    };
    let meeting = CreateScheduledEvent::new(ScheduledEventType::External, "First meeting", at(2));
    let meeting = meeting.end_time(at(3)).location("The library").description("Bring a question.");
    let meeting = guild.create_scheduled_event(http, meeting).await.unwrap();
    assert_eq!(meeting.metadata.as_ref().and_then(|data| data.location.as_deref()), Some("The library"));
    let later = EditScheduledEvent::new().start_time(at(4)).end_time(at(5));
    guild.edit_scheduled_event(http, meeting.id, later).await.unwrap();
    assert!(guild.scheduled_event_users(http, meeting.id, None).await.unwrap().is_empty());
    let off = EditScheduledEvent::new().status(ScheduledEventStatus::Canceled);
    guild.edit_scheduled_event(http, meeting.id, off).await.unwrap();
    guild.delete_scheduled_event(http, meeting.id).await.unwrap();

    assert!(thread.id.message(http, MessageId::new(1)).await.is_err());
    thread.id.delete(http).await.unwrap();
    category.delete(http).await.unwrap();
    guild.delete_role(http, badge.id).await.unwrap();
    let known = guild.channels(http).await.unwrap();
    assert_eq!(known.len(), 2);
    assert_eq!(stage.get("/gateway").await["connections"].as_array().map(Vec::len), Some(1));
    assert_eq!(guild.to_partial_guild(http).await.unwrap().name, "Harbour");
    let unserved = stage.get("/requests").await;
    assert!(unserved.as_array().unwrap().iter().all(|call| call["status"] != json!(501)), "{unserved}");
    bot.leave().await;
    stage.judged();
}
