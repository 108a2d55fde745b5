### Settings and the question for the zone.

settings-shown = Nudges come to you at { $hour }, { $zone } time.
settings-saved = Saved. Nudges come to you at { $hour }, { $zone } time.{ $count ->
    [0] {""}
    [one] {" "}One planned nudge moved along.
   *[other] {" "}{ $count } planned nudges moved along.
}
settings-form = Your settings
settings-zone = Time zone
settings-zone-now = { $zone }, where it is { $time }
settings-hour = Delivery hour
settings-quiet = Quiet hours
settings-quiet-example = 22:00-07:00, or off
settings-no-quiet = none
settings-where = Where
settings-where-dms = direct messages
settings-quiet-days = Quiet days
settings-quiet-days-example = weekends, sat and sun, or off
settings-digest = When several are due
settings-digest-menu = When several nudges are due
settings-most = Most from rhythms
settings-most-form = Most nudges a day from rhythms
settings-most-day = { $most } a day
settings-most-week = { $most } in a weekly message
settings-pause = Pause
settings-paused = { $from } to { $until }
digest-daily = they come in one message
digest-each = each comes in a message of its own
digest-weekly = rhythms wait for a weekly message, on { $day }
settings-footer = Nudges come at the delivery hour, never in quiet hours or on quiet days.
settings-not-a-zone = I know no time zone “{ $typed }”. Name the nearest large city, your country, or a zone such as “Europe/Lisbon”; while you type it into `/settings`, I show those that fit. Nothing was changed.
settings-not-a-zone-but = I know no time zone “{ $typed }”. Do you mean { $nearest }? Nothing was changed.
settings-not-an-hour = I can't read “{ $typed }” as a time of day. Try “9”, “08:30” or “6pm”. Nothing was changed.
settings-not-quiet-hours = I can't read “{ $typed }” as quiet hours. Try “22:00-07:00”, “10pm to 7am” or “off”. Nothing was changed.
settings-not-quiet-days = I can't read “{ $typed }” as days of the week. Try “weekends”, “sat and sun” or “off”. Nothing was changed.
settings-no-day-left = These quiet days would leave no day for anything to come. Leave at least one. Nothing was changed.
settings-digest-on-quiet-day = The weekly message would come on one of your quiet days. Choose another day for one of them. Nothing was changed.
settings-not-most = I can't read “{ $typed }” as a number of nudges a day. It can be 1 to 25. Nothing was changed.
settings-no-hour-left = These quiet hours would leave no hour for anything to come. Leave at least one. Nothing was changed.
settings-dms-trying = Trying now. If your DMs are open, what waited here comes in a moment.

zone-move-first = In { $zone }, { $count ->
    [one] one planned nudge moves along
   *[other] { $count } planned nudges move along
}; the delivery hour is { $hour } there. Nothing has moved yet.
zone-move-line = **{ $about }**: { $from } here → { $to } there, { $when }
zone-move-more = and { $count } more
button-move = Move
button-stay = Stay

zone-question = I take your times to be in **{ $zone }**. Is that right?
zone-question-menu = { $zone }, or another zone
zone-question-other = Another one…
zone-chosen = Your times are in { $zone }.

closed-dms = { $count ->
    [0] Your DMs are closed to me, so nudges can't reach you. Open them (server menu → Privacy Settings → Direct Messages), then press the button.
    [one] Your DMs are closed to me, so one nudge waits here. Open them (server menu → Privacy Settings → Direct Messages), then press the button. `/nudge inbox` shows it.
   *[other] Your DMs are closed to me, so { $count } nudges wait here. Open them (server menu → Privacy Settings → Direct Messages), then press the button. `/nudge inbox` shows them.
}
letter-refused = { $count ->
    [one] Discord did not take one of your nudges, so it did not come. It waits for your answer in `/nudge inbox`.
   *[other] Discord did not take { $count } of your nudges, so they did not come. They wait for your answers in `/nudge inbox`.
}
closed-dms-still = { $count ->
    [0] I tried: your DMs are still closed to me. Open them (server menu → Privacy Settings → Direct Messages), then press the button, or choose another place.
    [one] I tried: your DMs are still closed to me, so one nudge waits on. Open them (server menu → Privacy Settings → Direct Messages), then press the button, or choose another place. `/nudge inbox` shows it.
   *[other] I tried: your DMs are still closed to me, so { $count } nudges wait on. Open them (server menu → Privacy Settings → Direct Messages), then press the button, or choose another place. `/nudge inbox` shows them.
}
apart-dms = { $count ->
    [0] Discord lets me write to you only where we share a server, and we share none, so nudges can't reach you. Join one that I am in, then press the button.
    [one] Discord lets me write to you only where we share a server, and we share none, so one nudge waits here. Join one that I am in, then press the button. `/nudge inbox` shows it.
   *[other] Discord lets me write to you only where we share a server, and we share none, so { $count } nudges wait here. Join one that I am in, then press the button. `/nudge inbox` shows them.
}
apart-dms-still = { $count ->
    [0] I tried: we still share no server. Join one that I am in, then press the button.
    [one] I tried: we still share no server, so one nudge waits on. Join one that I am in, then press the button. `/nudge inbox` shows it.
   *[other] I tried: we still share no server, so { $count } nudges wait on. Join one that I am in, then press the button. `/nudge inbox` shows them.
}
dms-tried = { $count ->
    [0] Nothing waits here any more. What comes next comes by direct message.
    [one] Your DMs are open: what waited here has come.
   *[other] Your DMs are open: { $count } nudges that waited here have come.
}
# $zone: a time zone; $count: how many reminders moved.
zone-rules-moved = 🕘 { $zone } changed its clock rules. { $count ->
    [one] One thing that you planned moved
   *[other] { $count } things that you planned moved
}, so that what was set for 09:00 there still comes at 09:00.

### A private thread instead of DMs.

thread-name = Nudges for { $name }
thread-greeting = { $name }, your nudges come here from now on.
thread-greeting-rules =
    Besides you and me, moderators of this server see this thread: everybody who may manage threads, and whom they add. The buttons work for you alone.
    After a week without a nudge Discord archives it. The next nudge opens it again, and so do you by writing here.
thread-greeting-footer = /settings where: takes you back to direct messages.
thread-chosen =
    Your nudges come in { $thread } from now on.
    Besides you, moderators of this server see them: everybody with **Manage Threads**. `/settings where:` takes you back to direct messages.
thread-left =
    Your nudges come by direct message from now on.
    { $thread } stays as it is: leave it, or keep it to go back to.
thread-none = Your nudges come by direct message.
thread-tried = { $count ->
    [0] Nothing waits here any more. What comes next comes in your thread.
    [one] I can write in your thread again: what waited here has come.
   *[other] I can write in your thread again: { $count } nudges that waited here have come.
}
thread-trying = Trying now. If I may write in your thread, what waited here comes in a moment.

no-thread-server = A private thread is part of a server that I am in. Ask for it in a channel there: `/settings where: a private thread here`. Nothing was changed.
no-thread-channel = Private threads exist in text channels only. Ask for it in one. Nothing was changed.
no-thread-full = This server has as many open threads as Discord allows, 1,000. Once some of them are archived, ask again. Nothing was changed.
no-thread-permission =
    I may not start a private thread in this channel. Nothing was changed.
    What I need here: { $names }. Ask in another channel, or ask whoever runs the server to allow me that (Edit Channel → Permissions).

closed-thread = { $count ->
    [0] Your private thread is gone, or I may not write there any more, so nudges can't reach you. Once that is fixed, try again, or choose another place.
    [one] Your private thread is gone, or I may not write there any more, so one nudge waits here. Once that is fixed, try again, or choose another place. `/nudge inbox` shows it.
   *[other] Your private thread is gone, or I may not write there any more, so { $count } nudges wait here. Once that is fixed, try again, or choose another place. `/nudge inbox` shows them.
}

left-thread = { $count ->
    [0] You left your private thread, so nudges can't reach you there. Go back into it, or choose another place.
    [one] You left your private thread, so one nudge waits here. Go back into it, or choose another place. `/nudge inbox` shows it.
   *[other] You left your private thread, so { $count } nudges wait here. Go back into it, or choose another place. `/nudge inbox` shows them.
}
closed-thread-still = { $count ->
    [0] I tried: I still can't write in your private thread. Once that is fixed, try again, or choose another place.
    [one] I tried: I still can't write in your private thread, so one nudge waits on. Once that is fixed, try again, or choose another place. `/nudge inbox` shows it.
   *[other] I tried: I still can't write in your private thread, so { $count } nudges wait on. Once that is fixed, try again, or choose another place. `/nudge inbox` shows them.
}

settings-rhythms = Your own rhythms
rhythm-own-set = Whoever you add as { $relationship } comes { $every } from now on, unless you say another rhythm.
rhythm-own-never = Whoever you add as { $relationship } comes without nudges from now on, unless you say a rhythm.
rhythm-own-off = Whoever you add as { $relationship } comes at my usual rhythm again: { $every }.
rhythm-own-others-stay = Those in your network stay as they are.
rhythm-own-none = no nudges
rhythm-own-no-every = Which rhythm? Name it with the relationship, such as `relationship: mentor every: 3 weeks`; “off” brings my usual one back. Nothing was changed.
rhythm-own-for-whom = For whom? Name the relationship with the rhythm, such as `relationship: mentor every: 3 weeks`. Nothing was changed.
rhythm-own-try = Try “3 weeks”, “every month”, “never”, or “off” for my usual one. Nothing was changed.
form-rhythm-own = Rhythm of each { $relationship }
