### Nudges: why they come, and what one makes of them.

kind-follow-up = 👋 Follow up
kind-give-value = 🎁 Give something
kind-ask-feedback = 🔎 Ask for feedback
kind-ask-referral = 🚪 Ask for a referral
kind-check-in = 🧭 Check in
kind-reflect = 💭 Reflect
kind-custom = 📌 Your note to yourself

kind-birthday = 🎂 Birthday
kind-date = 📅 A date of theirs

nudge-first-follow-up = { $name }: time to be in touch
nudge-first-give-value = { $name }: your turn to give
nudge-first-ask-feedback = { $name }: ask for feedback
nudge-first-ask-referral = { $name }: ask for a referral
nudge-first-check-in = { $name }: time to check in
nudge-first-with = { $name }: { $about }
nudge-first-about = { $about }: your reminder

because-date = the day is { $day }.
because-date-over = the day was { $day }.
because-date-ahead = the day is { $day }, { $when }.
because-wanted = you asked me to bring this up now.
because-asked = asked { $count ->
    [one] once
    [2] twice
   *[other] { $count } times
}
because-received = received something { $count ->
    [one] once
    [2] twice
   *[other] { $count } times
}
because-had = asked { $asked ->
    [one] once
    [2] twice
   *[other] { $asked } times
} and received something { $received ->
    [one] once
    [2] twice
   *[other] { $received } times
}
because-had-more = you { $had }, and gave { $gave ->
    [0] nothing yet
    [one] once
    [2] twice
   *[other] { $gave } times
}; open since { $since }.
because-feedback-asked = you last asked for feedback { $last }{ $touches ->
    [0] .
    [one] , with one touch since.
   *[other] , with { $touches } touches since.
}
because-feedback-never = you added them { $added } and have not asked for feedback yet{ $touches ->
    [0] .
    [one] , with one touch logged.
   *[other] , with { $touches } touches logged.
}
because-mentor = they are your mentor; let them know where you stand.
because-mentee = they are your mentee; ask how they are getting on.
because-sponsor = they are your sponsor; they can only speak for what they know of you.
because-protege = they are your protégé; find out what they are working towards.
because-quiet = your last touch was { $last }.
because-untouched = added { $added }, and no touch logged since.

suggest-first = { $count ->
    [one] One person you could be in touch with now
   *[other] { $count } people you could be in touch with now
}
suggest-footer = Press a name and their nudge opens here. None of this is sent unasked.
suggest-footer-paged = Press a name and their nudge opens here. Page { $page } of { $pages }.
suggest-overdue = you wanted to be in touch { $every }, and your last touch was { $since }.
suggest-overdue-untouched = you wanted to be in touch { $every }; added { $since }, and no touch since.
suggest-fading-close = they are your { $relationship }, and your last touch was { $since }.
suggest-fading-close-untouched = they are your { $relationship }; added { $since }, and no touch since.
suggest-fading-many = you were in touch { $touches } times, the last time { $since }.
suggest-also = Also, { $why }
suggest-beside-overdue = you wanted to be in touch { $every }.
suggest-beside-close = they are your { $relationship }.
suggest-beside-many = you were in touch { $touches } times.
suggest-empty = { $waiting ->
    [0] Nobody needs a word from you right now
    [one] Nobody but the one who waits in `/nudge inbox` needs a word from you right now
   *[other] Nobody but the { $waiting } who wait in `/nudge inbox` needs a word from you right now
}{ $next ->
    [none] .
   *[other] ; the next rhythm comes { $next }.
} Who helped you lately, and does not know it yet?
suggest-empty-network = Nobody in your network yet, so there is nobody to suggest. Who was the last person you learned something from?

nudge-last = **Last:** { $last }
nudge-note = **Note:** { $note }
nudge-ways = **You could:**
nudge-questions = **You could ask yourself:**
nudge-openers = **You could write:**
nudge-footer = Comes { $every }, counted from your last touch.
nudge-footer-fixed = Comes { $every }.
nudge-footer-yearly = Comes every year.

nudge-done = **Done:** { $about }.{ $happened } { $next }
nudge-next = Next nudge { $day }, { $when }.
nudge-snoozed = **Snoozed:** { $about }, until { $until } ({ $when }).
nudge-skipped = **Skipped:** { $about }. { $next }
nudge-stopped = **Stopped:** { $about } does not come up any more.
nudge-passed = **No longer open:** { $about }. { $next }
bend-question = Snoozed again and again: would { $longer } suit you better than { $every }?
bend-done = From now on { $longer }, counted from your last touch.
bend-done-fixed = From now on { $longer }.
nudge-next-when = “{ $next }”: when shall I bring that up?
button-note-only = Just note it
nudge-then = Then: { $about }, { $at }.
nudge-gone-about = a person who is not in your network any more
nudge-gone = This nudge is not planned any more: it came, was cancelled, or is not yours. Nothing was changed.

which-nudge = Which one? There are { $count }.
which-nudge-else = “{ $typed }” is in none of your nudges. Which one do you mean?
which-nudge-of-many = Here are the first 25; a word of it, typed with the command, narrows it down.
which-nudge-menu = Choose a nudge
which-waits = waits for your answer
which-comes = comes { $at }

snooze-menu = Until when?
snooze-tomorrow = Tomorrow
snooze-3-days = In 3 days
snooze-1-week = Next week
snooze-2-weeks = In 2 weeks
snooze-1-month = In a month
snooze-3-months = In 3 months
snooze-other = Another time…
snooze-other-example = such as “friday 3pm”

suggest-no-time = “{ $phrase }” is no time yet; try “friday 3pm” or “in 2 weeks”
suggest-never = “{ $phrase }”: no nudges by rhythm
suggest-no-rhythm = “{ $phrase }” is no rhythm yet; try “every 6 weeks” or “every friday”

form-done = What came of it?
form-done-with = Done: { $name }
form-snooze = Snooze
form-nudge = A nudge
field-happened = What happened
field-happened-example = coffee; she is moving to compilers
field-next = What next
field-next-example = send her the article; empty for nothing
field-next-when = When
field-next-when-example = friday, in 2 weeks; empty for your usual rhythm
field-happened-own-example = paid; the receipt is in the folder
field-next-own-example = check that it arrived; empty for nothing
field-next-when-own-example = friday, in 2 weeks; empty for never
field-until = When
field-until-example = tomorrow 9am, next friday, in 2 weeks
field-about = Of what
field-repeat = How it repeats

nudge-planned = I'll remind you { $at }, { $when }.
nudge-shown = This comes { $when }.
nudge-changed = Changed. This comes { $when }.
nudge-cancelled = Cancelled: { $about }.
plan-at = Comes
plan-repeat = Repeats
plan-who = About
plan-kind = Kind
give-first = { $name }: { $why }
give-first-planned = { $name }: first you give something, { $when }; your ask stays as planned.
give-first-line = **{ $kind }** · { $about }{ $at } ({ $when })
give-back-about = give something back
give-first-about = give something before you ask
plan-date = The date
date-on = { $on }{ $before ->
    [0] {""}
    [one] ; the nudge comes the day before
   *[other] ; the nudge comes { $before } days before
}
date-line = { $what }: { $on }; nudge { $when }
date-leap-day = In years without a 29 February it counts as the 28th.
card-dates = Dates
form-date = A date of theirs
field-date-what = What it is
field-date-what-example = birthday, interview at Acme, first day
field-date-on = When it is
field-date-on-example = 12 may, 29 feb 1988, next friday
field-date-before = How long before to be in touch
field-date-before-example = 3 days, 1 week, on the day
refused-on-try = Try “12 may”, “next friday” or “2027-03-05”. Nothing was changed.
refused-before = I can't read “{ $phrase }” as a number of days before a date. Try “3 days”, “1 week” or “on the day”, { $most } days at most. Nothing was changed.
nudge-no-about = A nudge needs to be about something. Nothing was planned.
nudge-too-long = What a nudge is about can have { $most } characters; this has { $length }. Nothing was planned.
nudges-full = You have { $most } planned nudges, and that is the most I can keep. Cancel one and try again. Nothing was planned.

nudges-first = { $waiting ->
    [0] { $planned } planned
   *[other] { $waiting } waiting for you, { $planned } planned
}; { $rhythms ->
    [0] no others by rhythm
    [one] one more comes by its rhythm
   *[other] { $rhythms } more come by their rhythm
}
nudges-empty = { $rhythms ->
    [0] Nothing waits and nothing is planned. What would you like to be reminded of?
    [one] Nothing waits and nothing is planned but the rhythm of one person. What would you like to be reminded of?
   *[other] Nothing waits and nothing is planned but the rhythms of { $rhythms } people. What would you like to be reminded of?
}
nudges-menu = Show one
nudge-line = { $at } ({ $when }) · { $about }{ $repeat }
nudge-open-line = **Waiting** since { $since } · { $kind } · { $about }

digest-first-people = **{ $count } people { $span ->
    [week] this week
   *[day] today
}**: { $names }
digest-first = **{ $count } nudges { $span ->
    [week] this week
   *[day] today
}**: { $names }
digest-and-more = { $names } and { $count } more
digest-late = This covers what came due since { $since } ({ $when }), while I was not running.
digest-waited = These waited since { $since } ({ $when }), while I could not reach you.
digest-line-wanted = { $kind } · { $who }
digest-line = { $kind } · { $who }: { $because }
digest-line-done = ✓ { $who }: done.{ $next ->
    [none] {""}
   *[other] {" "}Next { $next }.
}
digest-line-snoozed = ⏰ { $who }: comes again { $until }.
digest-line-skipped = ➜ { $who }: skipped this time.
digest-line-stopped = ⏹ { $who }: stopped.
digest-line-passed = · { $who }: no longer open.
digest-menu = Whom to act on
digest-state-done = done
digest-state-snoozed = snoozed
digest-state-skipped = skipped
digest-state-stopped = stopped
digest-state-passed = no longer open
nudge-late = This was due { $when }, while I was not running.
button-snooze-all = Snooze all
button-all = Show all

inbox-first = { $count ->
    [one] **One nudge waits for you**: { $names }
   *[other] **{ $count } nudges wait for you**: { $names }
}
inbox-empty = Nothing waits for you. What comes next is in the list.

pause-none = No pause is set; nudges come as planned.
pause-on = Paused until { $until }. What falls due before then waits until then.
pause-planned = A pause is planned from { $from } until { $until }.
pause-begun = Paused until { $until } ({ $when }). { $count ->
    [0] Nothing was to come before then.
    [one] One nudge waits until then.
   *[other] { $count } nudges wait until then.
}
pause-set = Nothing comes from { $from } until { $until }. { $count ->
    [0] Nothing was to come in that time.
    [one] One nudge waits until it is over.
   *[other] { $count } nudges wait until it is over.
}
pause-far-from = Mind the year: it begins in **{ $year }**, { $when }.
pause-far-until = Mind the year: it ends in **{ $year }**, { $when }.
pause-dates = { $count ->
    [one] One date falls within it: { $dates }. You hear of it when the pause is over.
   *[other] { $count } dates fall within it: { $dates }. You hear of them when the pause is over.
}
pause-date = { $name }, { $what }, { $on }
pause-dates-more = { $dates }, and { $count } more
pause-ended = The pause is over. { $count ->
    [0] Nothing had waited for it.
    [one] One nudge comes at its own time again, or now where that has passed.
   *[other] { $count } nudges come at their own times again, or now where those have passed.
}
button-pause = Pause
button-resume = Resume
form-pause = A pause
field-pause-until = Until
field-pause-until-example = 5 jan, in 2 weeks
field-pause-from = From
field-pause-from-example = 20 dec; empty for now
refused-pause-try = Try “5 jan”, “in 2 weeks” or “monday”. No pause was set.
refused-pause-ends-first = That pause would end before it begins. It has to end after it begins, and after now. No pause was set.

why-first = What comes to you, when, and why
why-first-of = { $name }: when I remind you, and why
why-closed-dms = Your DMs are closed to me{ $count ->
    [0] {""}
    [one] , so one nudge waits
   *[other] , so { $count } nudges wait
}. Open them (server menu → Privacy Settings → Direct Messages), then try again.
why-apart-dms = Discord lets me write to you only where we share a server, and we share none{ $count ->
    [0] {""}
    [one] , so one nudge waits
   *[other] , so { $count } nudges wait
}. Join one that I am in, then try again.
why-closed-thread = I can't write in your thread any more{ $count ->
    [0] {""}
    [one] , so one nudge waits
   *[other] , so { $count } nudges wait
}.
why-left-thread = You left your private thread{ $count ->
    [0] {""}
    [one] , so one nudge waits
   *[other] , so { $count } nudges wait
}. Go back into it, or take nudges by direct message (`/settings`).
why-paused = You paused until { $until } ({ $when }).
why-waiting = { $count ->
    [one] One nudge came and waits for your answer
   *[other] { $count } nudges came and wait for your answer
}; the next one of the same rhythm comes after that.
why-open = A nudge came { $since } and waits for your answer. The next one comes after that.
why-next = Next comes **{ $about }**: { $at } ({ $when }).
why-planned = You planned **{ $about }**: { $at } ({ $when }).
why-held-pause = It was meant for { $meant }, in your pause.
why-held-quiet-day = It was meant for { $meant }, on one of your quiet days.
why-held-before-quiet-day = It was meant for { $meant }, one of your quiet days, so it comes on the last other day before.
why-held-quiet-hours = It was meant for { $meant }, in your quiet hours.
why-held-weekly = It was meant for { $meant } and waits for your weekly message.
why-held-full-week = It was meant for { $meant }, when more was due than you take in a week; the more pressing ones came first.
why-held-full = It was meant for { $meant }, when more was due than you take in a day; the more pressing ones came first.
why-rhythm = The rhythm is { $every }.
why-counts = The rhythm is { $every }, counted from your last touch, { $since }.
why-counts-from-adding = The rhythm is { $every }, counted from the day you added them, { $since }.
why-no-rhythm = No rhythm is set, so nothing comes by itself.
why-nothing = Nothing is planned and nobody in your network has a rhythm, so nothing comes.
why-last = { $kind } · **{ $about }** came { $at }: { $why } { $state ->
    [open] It waits for your answer.
    [done] You did it.
    [snoozed] You snoozed it.
    [skipped] You skipped it.
    [stopped] You stopped it.
   *[passed] It is over.
}
button-inbox = Show them
button-answer-it = Answer it
button-set-rhythm = Set a rhythm

held-pause = You are paused at { $meant }, so it waits until the pause is over.
held-quiet-day = { $meant } is on one of your quiet days, so it comes on the next other day.
held-before-quiet-day = { $meant } is on one of your quiet days, so it comes on the last other day before.
held-quiet-hours = { $meant } is in your quiet hours, so it comes after them.
