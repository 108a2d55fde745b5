### How a round ends and is looked back on.

command-organize-close = End a running round, or stop waiting for its feedback
    .round = Which round, where there are several
command-organize-report = How a round went: who took part, who met, what they say
    .round = Which round; the latest where none is named
    .programme = All rounds of a programme instead
command-organize-export = Everything that you may see of a round, as files
    .round = Which round; the latest where none is named
command-organize-programme = Repeat a round regularly, such as every spring
    .round = The round to repeat
    .when = When sign-up opens, as a cron expression: “0 9 1 3 *” is 1 March at 9:00
    .programme = An existing programme, to change it
command-mentorship-history = The rounds in which you took part, and with whom

button-change-words = Change my words
button-close-round = End it now
button-end-round = Close it now
button-keep-in-touch = Stay in touch: { $name }
button-not-now = Not now
button-write = Say how it was

close-asked = { $name } is over. How was it?
close-reminded = { $name }: how was it? You can say it until it closes { $until }.
close-noted = { $name }: I keep what you say.
close-story = Thank you for taking part. { $count ->
    [0] You were the last one in your group
    [one] You were with { $people }
   *[other] You were with { $people }
}, for { $weeks ->
    [one] one week
   *[other] { $weeks } weeks
}.
close-story-met = { $count ->
    [0] You did not find a time to meet.
    [one] You met once.
   *[other] You met { $count } times.
}
close-story-until = You can say and change it until { $until }. The other buttons take somebody into your own network, with a rhythm.
close-footer = Organizers read your words without your name, unless you allow it.
close-footer-mentor = Organizers read your words without your name, your mentor not at all, unless you allow it.
close-known = In your network
close-form = How was { $name }?
close-learned = What you learned
close-learned-example = To say no to a meeting, and why that is kind
close-valued = What you valued
close-valued-example = That somebody listened, every second Tuesday
close-again-menu = Would you do it again?
close-again-yes = I would do it again
close-again-maybe = Perhaps I would do it again
close-again-no = I would not do it again
close-open-menu = Who may read your words?
close-open-mentor-organizers = Only the organizers, without my name
close-open-mentor-unnamed = My mentor too, without my name
close-open-mentor-named = My mentor too, and with my name
close-open-organizers-organizers = The organizers, without my name
close-open-organizers-unnamed = The organizers, without my name
close-open-organizers-named = The organizers, with my name
close-too-late = { $name } is closed, so I can't take any more of it. Its organizers are glad to hear it from you.
close-met-in = in { $name }

close-for-mentor = { $name }: what your mentees say of it
close-for-mentor-footer = They let me show you this. Nobody else's words are here.
close-a-mentee = One of your mentees

close-in-the-thread = { $name } is over: thank you all. This thread is put away { $until }; write in it, and it is back.
close-in-the-channel = { $name } is over: thank you all. This channel stays until an organizer takes it away.

close-ask = End { $name } now, and ask { $count ->
    [one] one person
   *[other] { $count } people
} how it was?
close-ask-how = It would end by itself { $ends }. Everybody gets one message, and a week to answer. For two minutes you can take it back.
close-closes = { $name } ends: everybody is asked { $at }.
close-goes-on = { $name } goes on. Nobody was asked anything.
close-no-undo = The requests of { $name } have gone out, so this can't be taken back. `/organize close` ends the wait for answers.
close-end-ask = { $name }: { $answered } of { $asked } have answered. Close it now?
close-end-how = Mentors then read what they are allowed to, threads are put away, and nobody can answer any more. It can't be taken back.
close-ended = { $name } is closed. `/organize report` shows how it went.
close-left = { $name } stays as it is.
close-not-running = { $name } is not running, so there is nothing to end. Nothing was changed.
close-all-asked = { $name } is over: { $count ->
    [one] one person is
   *[other] { $count } people are
} asked how it was.
close-all-asked-how = They have until { $until }; whoever has not answered is reminded once. `/organize close` ends the wait, `/organize report` shows how it went so far.
close-closed = { $name } is closed: { $answered } of { $asked } said how it was.
close-closed-how = `/organize report` shows how it went, in the server.

badge-refused = { $name }: Discord did not let me give the role to those who took part.
badge-not-allowed = I need “Manage Roles”, and the role must stand below my own (Server Settings → Roles: drag mine above it). Then press the button.
badge-full = The server has as many roles as Discord allows. Take one away, then press the button.
badge-other = Discord's code is { $code }. Press the button to try again; if that does not help, tell whoever runs me.
badge-tried = { $name }: I am giving the role once more. If Discord refuses it again, I'll tell you.
