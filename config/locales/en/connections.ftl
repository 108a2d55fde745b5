### People and touches.

every-never = never → no nudges

connection-saved = Saved { $name }. First nudge { $day }, { $every }.
connection-saved-quietly = Saved { $name }. No nudges, as you wished.
connection-namesakes = { $count ->
    [one] You have somebody else of that name, too.
   *[other] You have { $count } others of that name, too.
}
connection-there-already = { $name } is in your network already, with the same Discord account. Nothing was added.
connections-full = Your network holds { $most } people, and that is the most I can keep. Remove somebody and try again. Nothing was added.
connection-changed = { $name }: changed.
connection-gone = The person this button is about is not in your network any more. Nothing was changed. `/connection list` shows who is there.
connection-remove-question = { $count ->
    [0] Remove { $name }?
    [one] Remove { $name }, with one logged touch?
   *[other] Remove { $name }, with { $count } logged touches?
}
connection-removed = Removed { $name }. Undo works until { $until }.
connection-kept = { $name } stays.
connection-back = { $name } is back, as before.
connection-add-undone = Taken back: { $name } is not in your network.

card-first = { $name }: last touch { $when }
card-first-untouched = { $name }: no touch logged yet
card-relationship = Relationship
card-member = On Discord
card-met = Met
card-tags = Tags
card-rhythm = Rhythm
card-no-rhythm = none
card-next = Next nudge
card-no-next = none planned
card-open = waits for your answer (`/nudge inbox`)
card-balance = Balance
card-balance-line = you asked { $asked ->
    [0] for nothing
    [one] once
   *[other] { $asked } times
}, received { $received ->
    [0] nothing
    [one] once
   *[other] { $received } times
}, gave { $gave ->
    [0] nothing
    [one] once
   *[other] { $gave } times
}
card-balance-none = nothing asked for and nothing given yet
card-balance-give = your turn to give
card-balance-even = even
card-balance-gave = you gave more
card-history = Last touches
card-note = Note

touch-line = { $what }, { $when }
touch-line-noted = { $what }, { $when }: “{ $note }”
touch-chat = chat
touch-call = call
touch-met = met
touch-message = message
touch-gave = gave something
touch-received = received something
touch-asked = asked for something
touch-logged = Logged with { $name }: { $what }, { $when }.
touch-next = Next nudge { $day }, { $when }.
touch-next-open = The nudge about them still waits for your answer (`/nudge inbox`).
touch-no-next = No nudge is planned.
touch-balance = Balance: { $balance }.
touch-undone = Taken back: that touch with { $name }.

which = “{ $typed }” fits { $count } people. Whom do you mean?
which-of-many = “{ $typed }” fits { $count } people; here are the first 25. Whom do you mean? A longer name narrows it down.
which-menu = Choose a person
nobody = Nobody in your network fits “{ $typed }”. Nothing was changed.
nobody-any-more = That person is not in your network any more. Nothing was changed.
nobody-mentioned = { $name } is not in your network yet. Nothing was changed.
menu-not-in-network = { $name } is not in your network yet. Nothing was logged.
menu-yourself = That is you. Pick somebody else for your network.

list-first = Your network: { $count ->
    [one] one person
   *[other] { $count } people
}{ $open ->
    [0] {""}
    [one] , one with a nudge that waits
   *[other] , { $open } with a nudge that waits
}
list-found = { $count ->
    [one] One person fits “{ $text }”
   *[other] { $count } people fit “{ $text }”
}
list-tagged = { $count ->
    [one] One person tagged “{ $tag }”
   *[other] { $count } people tagged “{ $tag }”
}
list-empty = Nobody in your network yet. Who was the last person who helped you?
list-related = { $count ->
    [one] One person in your network is “{ $relationship }” to you
   *[other] { $count } people in your network are “{ $relationship }” to you
}
list-narrowed = { $first }, of those who are “{ $relationship }” to you
list-nothing = Nobody in your network is “{ $relationship }” to you.
list-nothing-found = Nothing in your network fits “{ $text }”. I look in names, tags, notes, and where you met.
list-nothing-tagged-related = Nobody tagged “{ $tag }” is “{ $relationship }” to you.
list-nothing-tagged = Nobody in your network is tagged “{ $tag }”.
list-menu = Show somebody
list-last = last { $when }
list-untouched = no touch yet
list-next = next { $when }
list-open = a nudge waits
list-no-rhythm = no rhythm

refused-no-name = A person needs a name. Nothing was saved.
refused-too-long = { $field }: { $length } characters are more than the { $most } that fit. Shorten it and try again. Nothing was changed.
refused-relationship = I know no relationship “{ $word }”. Choose one of these: { $all }. Nothing was changed.
refused-tag = The tag “{ $tag }” is longer than the { $most } characters that fit. Shorten it and try again. Nothing was changed.
refused-tags = { $count } tags are more than the { $most } that fit. Leave some out and try again. Nothing was changed.
refused-what = I know no kind of touch “{ $word }”. Choose one of these: { $all }. Nothing was logged.

field-name = Name
field-relationship = Relationship
field-relationship-example = mentor, mentee, sponsor, peer, manager, colleague, friend…
field-met = Where you met
field-tags = Tags, separated by commas
field-every = How often to be in touch
field-every-example = 6 weeks, every month, first monday of the month, never
field-note = Note
field-note-on = Note, continued
field-what = What it was
field-what-example = chat, call, met, message, gave, received, asked
field-when = When it was
field-when-example = yesterday, last friday, 2 weeks ago; empty for now
form-add = Add to my network
form-edit = Edit
form-rhythm = How often to be in touch
form-note = Note
form-log = Log: { $name }
