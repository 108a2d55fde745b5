### The groups of a round: found, changed by hand, published.

command-organize-preview = The groups of a round before they are published, and how well they fit
    .round = Which round, where there are several
command-organize-publish = Make the groups of a round real: their rooms, introductions and messages
    .round = Which round, where there are several
command-organize-lock = Keep a group as it is when groups are found anew, or free it
    .group = The group's number in the preview
    .round = Which round, where there are several
command-organize-move = Put somebody into another group
    .who = Whom
    .group = The number of the group in the preview; 0 takes them out
    .round = Which round, where there are several
command-organize-swap = Let two people swap places
    .who = One of them
    .with = The other
    .round = Which round, where there are several
command-organize-exclude = Keep two people apart, or let them be together again
    .who = One of them
    .and = The other
    .round = Which round, where there are several

button-find-anew = Find groups anew
button-lock = Lock { $number }
button-publish = Publish
button-publish-later = Later
button-show-groups = Show the groups
button-unlock = Free { $number }

plan-first = { $name }: { $groups ->
    [0] no group
    [one] one group
   *[other] { $groups } groups
}, { $people ->
    [0] nobody in any
    [one] one person in all
   *[other] { $people } people in all
}; { $left ->
    [0] nobody is left over
    [one] one person is left over
   *[other] { $left } are left over
}
plan-locked-now = Group { $number } is locked: finding groups anew leaves it as it is.
plan-free-now = Group { $number } is free again.
plan-line = **{ $number }** { $people } · fits { $fit } %
plan-mentor = 🧭 { $name }
plan-sponsor = 🤝 { $name }
plan-figures = How good they are
plan-optimal = Total fit { $total }: proven, no other groups fit better.
plan-gap = Total fit { $total } of { $bound } at most: within { $gap } % of the best that is possible.
plan-edited = Total fit { $total }, with your changes by hand.
plan-worst = The group that fits worst: { $worst } %.
plan-left-over = Left over
plan-left-more = and { $count } more
plan-excluded = Kept apart by you
plan-weights-menu = What counts most
plan-weights-even = everything, as usual
plan-weights-topics = topics in common
plan-weights-half-days = times in common
plan-weights-wishes = wishes
plan-weights-novelty = people who have not met
plan-weights-diversity = different fields in a group

reason-given = as it was given
reason-wished = { $by } wished for { $whom }
reason-topics = { $count ->
    [one] one shared topic
   *[other] { $count } shared topics
}
reason-goals = { $count ->
    [one] one shared goal
   *[other] { $count } shared goals
}
reason-half-days = { $count ->
    [one] one common half-day
   *[other] { $count } common half-days
}
reason-level = experience that suits
reason-fields = { $count } different fields
reason-new = new to each other
reason-met = { $count ->
    [one] two of them were together in the last round
   *[other] two of them were together { $count } rounds ago
}

left-role = the round has no such role
left-no-capacity = they offered no place
left-nobody = there is nobody they can be with
left-mentors-full = all the mentors who could take them are full
left-no-mentee = every mentee is with somebody else
left-no-group = each group has a sponsor
left-no-place = the number does not come out even

left-you-role = The round has no place for your role.
left-you-no-capacity = You offered no place.
left-you-nobody = Nobody signed up whom you can be with: in the right role, with a language of yours.
left-you-mentors-full = There were { $wanted } mentees for { $placed ->
    [one] one place
   *[other] { $placed } places
}.
left-you-no-mentee = There were { $wanted } mentors, and mentees for { $placed ->
    [one] one
   *[other] { $placed }
} of them.
left-you-no-group = There were more sponsors than groups.
left-you-no-place = The number of people did not come out even.

plan-not-yet = { $name } has no groups yet: sign-up ends { $until }.
plan-changed-meanwhile = Somebody changed their sign-up while I looked for groups. Press once more.
plan-no-such-group = There is no group { $number }. Nothing was changed.
plan-no-group = There is no such group. Nothing was changed.
plan-not-changeable = The groups of { $name } are published. Nothing was changed.
plan-takes-no-part = { $user } is not taking part in this round. Nothing was changed.
round-no-such-participant = I can't tell whom “{ $named }” means among those who signed up. Choose from the list that appears as you type. Nothing was changed.
round-participant = { $name } · group { $number }
plan-one-person = That is the same person twice. Name two people. Nothing was changed.
plan-there = { $user } is in that group already. Nothing was changed.
plan-locked = Group { $number } is locked. Free it first. Nothing was changed.
plan-broken = That is not possible. Nothing was changed.
plan-broken-now = I can't publish this: it breaks a rule now. Find groups anew, or change them by hand. Nothing was changed.
plan-kept-apart = { $one } and { $other } are kept apart from now on.
plan-no-longer-apart = { $one } and { $other } can be together again.
plan-still-together = They are both in group { $number } now.

broken-person = { $user } can't be put there.
broken-apart = { $one } and { $other } can't be in one group. The reason stays with me.
broken-language = { $one } and { $other } have no language in common.
broken-no-mentor = The group of { $user } would have no mentor.
broken-two-mentors = { $one } and { $other } are both mentors; a group has one.
broken-two-sponsors = { $one } and { $other } are both sponsors; a group has one.
broken-no-mentee = { $user } would have no mentee.
broken-capacity = { $user } takes { $room }, and would have { $given }.
broken-small = The group would have { $people ->
    [one] one person
   *[other] { $people } people
}; { $least } is the least.
broken-large = The group would have { $people } people; { $most } is the most.

button-accept = Accept
button-decline = Decline
button-leave-list = Don't wait
button-make-event = Make it an event
button-open-event = Open the event
button-open-room = Open the thread
button-publish-anyway = Publish without waiting
button-suggest-time = Suggest a time
button-refresh = How far along?

publish-ask = Publish { $name }? { $count ->
    [one] One group gets its room, and its
   *[other] { $count } groups get their rooms, and their
} { $people } people a message each. It can't be taken back.
publish-waits = { $name }: { $open ->
    [0] every mentor has answered
    [one] one mentor has not answered yet
   *[other] { $open } mentors have not answered yet
}{ $declined ->
    [0] .
    [one] , and one declined. Change their group, or publish as it is.
   *[other] , and { $declined } declined. Change their groups, or publish as it is.
}
publish-progress = { $name }: { $made } of { $count } { $count ->
    [one] group is
   *[other] groups are
} made.
publish-stopped = { $name }: Discord did not let me make the groups.
publish-stopped-how = I'll try again every ten minutes, and go on where I stopped. Nothing is made twice.
publish-done = { $name }: { $count ->
    [one] the group is
   *[other] all { $count } groups are
} made, and the round is running.
stopped-not-allowed = I am missing a permission in { $channel }: see the channel, create private threads, write in threads. Allow me that (Edit Channel → Permissions).
stopped-no-channel = The round's channel is gone. Choose another one: `/organize rounds`, then the round. Nobody has to sign up again.
stopped-full = The server has as many active threads or channels as Discord allows. Close some.
stopped-other = Discord's code is { $code }. If it keeps happening, tell whoever runs me.

room-name = { $round } · { $number }: { $names }
intro-first = { $name }: this is your group. { $people }
intro-mentor = , your mentor
intro-sponsor = , your sponsor
intro-topics = Topics: { $all }
intro-goals = Wants to: { $all }
intro-fields = From: { $all }
intro-has-time = Has time: { $times } ({ $zone })
intro-steps-name = First steps
intro-steps =
    1. Say hello here, with one line on what you hope for.
    2. Agree on a first time, ideally within a week.
    3. Then meet { $every ->
        [one] every week
       *[other] every { $every } weeks
    }, for { $weeks ->
        [one] one week
       *[other] { $weeks } weeks
    }. I ask how it went.
intro-questions = To begin with
intro-times = When all of you have time
intro-times-others = When all but your sponsor have time
intro-times-sponsor = { $sponsor } named no such time. If you want all of you together, suggest another.
intro-no-times = There is no half-day that all of you named. Ask each other here, then suggest a time: I tell everybody, and remind you the day before.
intro-times-menu = Choose a first time
intro-footer = Only you and this server's moderators see this.
your-group-first = { $name }: your group is ready
your-group-mentor = { $name } (mentor)
your-group-sponsor = { $name } (sponsor)
your-group-how = You are with { $people }. You meet in { $room }.
your-group-footer = /mentorship skip and leave are there if something comes up.

left-over-first = You are not in a group of { $name } this time
left-over-off-list = All right: you are off the list of { $name }. The next round is announced in the server.
left-over-is-off = You are off the list: a place that becomes free goes to somebody else. You still come first in the next round.
left-over-wait-list = You are in line for a place that becomes free, and come first in the next round.
left-over-next-round = You come first in the next round.

accept-first = { $name }: would you take { $count ->
    [one] this mentee
   *[other] these { $count }
}?
accept-footer = Nobody is told before you accept, and nobody if you decline.
accept-accepted = Thank you. You'll hear from me once the groups of { $name } are published.
accept-declined = All right: the organizers of { $name } find another way. You stay in the round unless you withdraw.
accept-told = { $name }: { $mentor } declined group { $number }.
accept-told-how = Change it with `/organize move` and `swap`, or find groups anew, in the server.
accept-too-late = The groups of { $name } have changed since, so this needs no answer any more.

form-suggest-time = A time to meet
field-suggest-time = When
field-suggest-time-example = friday 6pm
suggest-time-try = Write a time in the future, such as “friday 6pm”. Nothing was changed.
suggest-time-too-late = { $name } ends { $ends }. Suggest a time before that. Nothing was changed.
meeting-not-yours = That is another group's. Nothing was changed.
meeting-over = That time has passed, or another one was agreed on. Nothing was changed.
meeting-chosen = I told your group: { $at }.
meeting-said = { $by } suggests meeting { $at }, { $when }.
event-name = { $round }: group { $number } meets
event-about = A meeting of a group of { $round }.
event-place = its own thread
event-asked = I am making the event. The link comes here in a moment.
event-is-there = There is an event for it already.
event-made = The meeting is an event of the server now.
event-not-allowed = I may not create events in this server. Put the time into your own calendar, or ask whoever runs the server to allow me “Create Events”.
event-refused = Discord did not take the event. Put the time into your own calendar.
