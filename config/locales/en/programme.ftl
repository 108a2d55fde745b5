### Programmes: rounds that are repeated.

button-change-programme = Change
button-end-programme = End it
button-keep-programme = Repeat it
button-pause-programme = Pause
button-resume-programme = Resume

programme-ask = Repeat { $name } like this?
programme-ask-footer = Each time sign-up opens anew, with the same settings; people who met before come together less.
programme-when = When
programme-when-example = 0 9 1 3,9 * is 1 March and 1 September at 9:00
programme-days = Days that sign-up is open
programme-open = Sign-up is open
programme-open-for = { $count ->
    [one] for one day
   *[other] for { $count } days
}
programme-opens = It would open
programme-next = Opens next
programme-rounds = Its rounds
programme-form = When does { $name } come?
programme-footer = /organize report programme: looks back on all its rounds. With round: its next rounds take another round's settings.
programme-on = { $name } opens next { $next }
programme-never = { $name } does not come again as it is set
programme-paused = { $name } is paused: no round opens
programme-ended = { $name } has ended: its rounds go on, no new one opens
programme-ask-to-end = End { $name }? Rounds that run go on; no new one opens. It can't be taken back.
programme-dropped = All right. Nothing is repeated.
programmes-none = Nothing is repeated here yet. `/organize programme round: … when: 0 9 1 3 *` opens a round anew each 1 March at 9:00.
programmes-first = { $count ->
    [one] One round is repeated here
   *[other] { $count } rounds are repeated here
}
programme-opened = { $name }: sign-up is open and ends { $until }
programme-opened-how = People sign up in { $channel }. `/organize rounds` shows it, in the server.
programme-opened-next = The one after it opens { $next }. `/organize programme` pauses or changes that.
programme-opened-last = There is none after it.
programme-gone = There is no such programme here. `/organize programme` shows the ones there are.
programme-which-and-when = Name both: `round:`, the round to repeat, and `when:`, a cron expression such as `0 9 1 3 *`. Nothing was changed.
programme-not-cron = I can't read “{ $typed }” as a schedule. Nothing was changed.
programme-never-comes = “{ $typed }” never comes. Nothing was changed.
programme-too-often = “{ $typed }” comes more than once a day, and each time a round would open. Nothing was changed.
programme-cron-how =
    Five fields: minute, hour, day of the month, month, day of the week. `*` stands for every one.
    - `0 9 1 * *`: on the first of each month at 9:00
    - `0 9 1 3,9 *`: on 1 March and 1 September at 9:00
    - `0 18 * * 1#1`: on the first Monday of each month at 18:00
programme-not-days = I can't read “{ $typed }” as days: 1 to { $most }. Nothing was changed.
