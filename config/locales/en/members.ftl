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
settings-footer = Nudges come at the delivery hour, never in quiet hours.
settings-not-a-zone = I know no time zone “{ $typed }”. Name a city or a zone, such as “Lisbon” or “Europe/Lisbon”. Nothing was changed.
settings-not-a-zone-but = I know no time zone “{ $typed }”. Do you mean { $nearest }? Nothing was changed.
settings-not-an-hour = I can't read “{ $typed }” as a time of day. Try “9”, “08:30” or “6pm”. Nothing was changed.
settings-not-quiet-hours = I can't read “{ $typed }” as quiet hours. Try “22:00-07:00”, “10pm to 7am” or “off”. Nothing was changed.
settings-no-hour-left = These quiet hours would leave no hour for anything to come. Leave at least one. Nothing was changed.
settings-dms-trying = Trying now. If your DMs are open, what waited here comes in a moment.

zone-question = I take your times to be in **{ $zone }**. Is that right?
zone-question-menu = { $zone }, or another zone
zone-question-other = Another one…
zone-chosen = Your times are in { $zone }.

closed-dms = { $count ->
    [0] Your DMs are closed to me, so nudges can't reach you. Open them (server menu → Privacy Settings → Direct Messages), then press the button.
    [one] Your DMs are closed to me, so one nudge waits here. Open them (server menu → Privacy Settings → Direct Messages), then press the button. `/nudge list` shows it.
   *[other] Your DMs are closed to me, so { $count } nudges wait here. Open them (server menu → Privacy Settings → Direct Messages), then press the button. `/nudge list` shows them.
}
# $zone: a time zone; $count: how many reminders moved.
zone-rules-moved = 🕘 { $zone } changed its clock rules. { $count ->
    [one] One thing that you planned moved
   *[other] { $count } things that you planned moved
}, so that what was set for 09:00 there still comes at 09:00.
