//! A bot connects, registers commands, answers, writes a DM, takes a click and a modal.

use serde_json::json;
use serenity::all::{
    ActionRowComponent, ButtonStyle, Command, CommandOptionType, CreateActionRow, CreateButton,
    CreateCommand, CreateCommandOption, CreateInputText, CreateInteractionResponse,
    CreateInteractionResponseMessage, CreateMessage, CreateModal, EditInteractionResponse, Event,
    InputTextStyle, Interaction, UserId,
};

use crate::support::{Bot, Stage, soon, text};

fn say(content: &str) -> CreateInteractionResponse {
    CreateInteractionResponse::Message(
        CreateInteractionResponseMessage::new().content(content).ephemeral(true),
    )
}

#[tokio::test]
async fn a_serenity_bot_goes_the_whole_way() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let mut bot = Bot::connect(&stage).await;
    assert_eq!(soon(bot.guilds.recv()).await.unwrap().to_string(), guild);
    assert_eq!(stage.get("/world").await["bot"]["online"], true);

    let name = CreateCommandOption::new(CommandOptionType::String, "name", "Who").required(true);
    let greet = CreateCommand::new("greet").description("Greets").add_option(name);
    let slow = CreateCommand::new("slow").description("Takes its time");
    let registered = Command::set_global_commands(&bot.http, vec![greet, slow]).await.unwrap();
    assert_eq!(registered.len(), 2);

    // A command, answered at once.
    let act = stage
        .post("/command", json!({"as": ana, "guild": guild, "name": "greet", "options": {"name": "Bo"}}));
    let reply = async {
        let Interaction::Command(command) = bot.interaction().await else { panic!("no command") };
        assert_eq!(command.data.options[0].value.as_str(), Some("Bo"));
        assert_eq!(command.user.id.to_string(), ana);
        command.create_response(&bot.http, say("Hello Bo")).await.unwrap();
    };
    let (answer, ()) = tokio::join!(act, reply);
    assert_eq!(answer["messages"][0]["content"], "Hello Bo");
    assert_eq!(answer["messages"][0]["ephemeral"], true);
    assert_eq!(answer["interaction"]["deferred"], false);

    // Deferred, then edited.
    let act = stage.post("/command", json!({"as": ana, "dm": true, "name": "slow"}));
    let reply = async {
        let Interaction::Command(command) = bot.interaction().await else { panic!("no command") };
        command.defer_ephemeral(&bot.http).await.unwrap();
        command.edit_response(&bot.http, EditInteractionResponse::new().content("there")).await.unwrap();
    };
    let (answer, ()) = tokio::join!(act, reply);
    assert_eq!(answer["interaction"]["deferred"], true);
    assert_eq!(answer["messages"][0]["content"], "there");

    // A DM with a button; the button opens a modal; the modal changes the message.
    let button = CreateButton::new("done:1").label("Done").style(ButtonStyle::Success);
    let letter = CreateMessage::new()
        .content("Time to write")
        .components(vec![CreateActionRow::Buttons(vec![button])]);
    let id = UserId::new(ana.parse().unwrap());
    id.create_dm_channel(&bot.http).await.unwrap().send_message(&bot.http, letter).await.unwrap();
    let told = async {
        while let Some(event) = bot.others.recv().await {
            if let Event::MessageCreate(event) = event
                && event.message.content == "Time to write"
            {
                return event.message;
            }
        }
        panic!("the bot is told of its own message");
    };
    assert!(soon(told).await.guild_id.is_none());
    let inbox = stage.get(&format!("/inbox?as={ana}")).await;
    let letter = inbox["messages"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(letter["content"], "Time to write");
    let act = stage.post("/click", json!({"as": ana, "message": letter["id"], "button": "Done"}));
    let reply = async {
        let Interaction::Component(click) = bot.interaction().await else { panic!("no click") };
        assert_eq!(click.data.custom_id, "done:1");
        assert_eq!(click.message.content, "Time to write");
        let input = CreateInputText::new(InputTextStyle::Short, "What happened", "what");
        let modal =
            CreateModal::new("done-modal:1", "Done").components(vec![CreateActionRow::InputText(input)]);
        click.create_response(&bot.http, CreateInteractionResponse::Modal(modal)).await.unwrap();
    };
    let (answer, ()) = tokio::join!(act, reply);
    assert_eq!(answer["modal"]["title"], "Done");
    let modal = text(&answer["modal"]["id"]);
    let act =
        stage.post("/modal", json!({"as": ana, "modal": modal, "fields": {"What happened": "We talked"}}));
    let reply = async {
        let Interaction::Modal(sent) = bot.interaction().await else { panic!("no modal") };
        let ActionRowComponent::InputText(input) = &sent.data.components[0].components[0] else {
            panic!("no text")
        };
        assert_eq!(input.value.as_deref(), Some("We talked"));
        let update = CreateInteractionResponseMessage::new().content("Noted").components(vec![]);
        sent.create_response(&bot.http, CreateInteractionResponse::UpdateMessage(update)).await.unwrap();
    };
    let (answer, ()) = tokio::join!(act, reply);
    assert_eq!(answer["messages"][0]["content"], "Noted");
    assert_eq!(answer["messages"][0]["id"], letter["id"]);
    assert!(answer["messages"][0]["components"].as_array().unwrap().is_empty());
    bot.leave().await;
    stage.sandbox.shutdown().await;
}
