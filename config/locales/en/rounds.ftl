### Group mentorship rounds: setting one up, and what stands in its channel.

command-organize = Run rounds of group mentorship in this server
command-organize-open = Set up a round and open its sign-up
command-organize-rounds = The rounds of this server, and what can be done with each
command-mentorship = Take part in rounds of group mentorship
command-mentorship-rounds = The rounds of this server
command-mentorship-join = Sign up for a round
    .round = Which one, where there are several
command-mentorship-mine = How your sign-up stands
    .round = Which one, where there are several
command-setup = How rounds are set up in this server
    .organizers = Members with this role may run rounds, besides those who may manage the server
    .silence = After how many days without an answer somebody in a round counts as silent (usually 14)
    .timezone = The server's time zone, or a city: its programmes come by that clock

button-cancel-round = Call it off
button-attention = What needs me
button-report = Report
button-discard = Throw it away
button-end-sign-up = End sign-up now
button-go-on = Go on
button-join-mentor = Sign up as mentor
button-join-mentee = Sign up as mentee
button-join-peer = Sign up
button-join-sponsor = Sign up as sponsor
button-back-on-list = Wait for a place
button-instead = As { $role } instead
button-stay-as = Stay { $role }
button-keep-round = Keep it
button-languages-questions = Languages, questions, places
button-more-about-me = More about me
button-more-settings = More settings
button-my-sign-up = My sign-up
button-open-sign-up = Open sign-up
button-own-words = In my words
button-put-up = Put it up again
button-questions = Questions
button-reopen = Open sign-up again
button-sign-up = Sign me up
button-sign-up-again = Sign up again
button-withdraw = Withdraw

round-form = A round of mentorship
round-name = Name
round-name-example = Spring mentoring
round-until = Sign-up until
round-until-example = in 2 weeks, or 15 march 6pm
round-until-try = Try “in 2 weeks” or “15 march 6pm”. Nothing was changed.
round-weeks = Runs for how many weeks
round-every = Meets every how many weeks
round-topics = Topics
round-topics-example = Rust, public speaking, leading a team… (25 at most; empty: each names their own)
round-words-form = Languages, questions, places
round-about = What it is about
round-languages = Languages
round-languages-example = English, Deutsch (empty: everybody speaks one)
round-questions = Your own questions, one a line
round-questions-example = What would make it worth your time?
round-places = Places
round-places-example = 10 mentors, 30 mentees (empty: no limit)

round-shape = Groups
round-shape-menu = What its groups are
round-shape-mentors = { $most ->
    [one] one mentor and one mentee
   *[other] one mentor with up to { $most } mentees
}
round-shape-circles = circles of { $from } to { $to }
round-shape-pairs = pairs
round-channel = Channel
round-channel-menu = Where people sign up
round-later = Next step by itself
round-roles = Who may sign up
round-roles-menu = Who may sign up (nobody chosen: everybody)
round-everybody = everybody
round-runs-name = Runs
round-runs = { $weeks ->
    [one] one week
   *[other] { $weeks } weeks
}, a meeting { $every ->
    [one] every week
   *[other] every { $every } weeks
}
round-topics-free = each names their own
round-left-over = Those left over
round-left-over-menu = What becomes of those left over
round-left-over-wait-list = wait for a place that becomes free
round-left-over-larger-groups = groups may be larger by one
round-left-over-next-round = are first in the next round
round-options = How it goes
round-options-menu = Private channels, mentors' consent, a role at the end
round-option-channels = Groups talk in private channels
round-option-accept = Mentors accept their group before it is published
round-option-badge = Whoever took part gets a role at the end
round-rooms-threads = Groups talk in private threads
round-role-mentor = mentors
round-role-mentee = mentees
round-role-sponsor = sponsors
round-role-peer = people
round-count-mentor = { $count ->
    [one] one mentor
   *[other] { $count } mentors
}
round-count-mentee = { $count ->
    [one] one mentee
   *[other] { $count } mentees
}
round-count-sponsor = { $count ->
    [one] one sponsor
   *[other] { $count } sponsors
}
round-count-peer = { $count ->
    [0] nobody yet
    [one] one person
   *[other] { $count } people
}

round-draft = { $name }: a draft that only organizers see. Nothing is in a channel yet.
round-sign-up = { $name }: sign-up is open in { $channel } and ends { $until }.
round-matching = { $name }: sign-up is over. Next come the groups.
round-publishing = { $name }: the groups are being made.
round-running = { $name } is running.
round-closing = { $name } is over, and everybody is asked for feedback.
round-closed = { $name } is over.
round-cancelled = { $name } was called off.
round-more = { $name }: everything else that can be set.
round-discarded = { $name } was thrown away. Nobody has seen it.
round-ask-to-cancel = Call off { $name }? Everybody who takes part is told, and it can't be taken back.
round-told-cancelled = { $name } was called off by its organizers. You don't need to do anything.
round-told-over = Sign-up for { $name } is over: { $count ->
    [0] nobody takes part.
    [one] one person takes part.
   *[other] { $count } people take part.
}
round-told-withdrew = { $name }: { $who } withdrew and was in group { $number }.
round-told-withdrew-how = `/organize preview`, in the server, shows how the groups stand now.
round-told-away = I was removed from the server of { $name } { $since }: it stands still
round-told-away-how = Nothing is lost. Invite me again, and it goes on where it stood.
round-told-back = I am back in the server of { $name }: it goes on where it stood
round-told-back-how =
    I was removed { $since }; whatever came due meanwhile comes now. A group whose thread I can't write to any more stands in
    `/organize attention`, with a button that makes it a new one.
round-told-over-how = `/organize rounds` leads on, in the server with { $channel }: find the groups, or open sign-up again.
round-ends-soon = Sign-up for { $name } ends { $until }.
round-ends-soon-how = { $count ->
    [0] Nobody takes part yet.
    [one] One person takes part so far.
   *[other] { $count } people take part so far.
} { $begun ->
    [0] {""}
    [one] One began and did not finish: I have reminded them.
   *[other] { $begun } began and did not finish: I have reminded them.
} `/organize rounds` moves the end.

round-not-a-name = A round needs a name of 1 to 60 characters. Nothing was changed.
round-not-weeks = I can't read “{ $typed }” as how long it runs: 1 to 52 weeks. Nothing was changed.
round-not-every = I can't read “{ $typed }” as how often a group meets: every 1 to 8 weeks, and within the round. Nothing was changed.
round-too-many-topics = That makes { $count }; a menu shows 25. Nothing was changed.
round-too-long = “{ $part }” has { $count } characters; { $most } is the most. Nothing was changed.
round-too-many-questions = These are { $count } questions; a form holds 5. Nothing was changed.
round-not-places = I can't read “{ $typed }” as places. Try “10 mentors, 30 mentees”. Nothing was changed.
round-over-already = Sign-up would have ended { $until }. Move its end, then open it. Nothing was changed.
round-no-channel = A round is set up in the text channel where people are to sign up. Type `/organize open` there.
round-no-text-channel = { $channel } is no text channel of this server. Choose another one. Nothing was changed.
round-missing =
    In { $channel } I am not allowed all that this round needs. Nothing was changed.
    What is missing: { $names }. Allow me that (Edit Channel → Permissions), or choose another channel, then try again.
round-only-in-servers = Rounds are part of a server. Type this in one.
round-not-an-organizer = Rounds are run by those who may manage the server. They can name a role that may, too: `/setup`.
round-not-an-organizer-but = Rounds are run by those with { $role }, and by those who may manage the server.
round-gone = There is no such round here any more. `/mentorship rounds` shows the ones there are.

rounds-none = There has been no round here yet. `/organize open` sets one up.
rounds-none-open = No round is open here now. When one is, its organizers say so in the server.
rounds-none-meant = There is no round here for that now. `/organize rounds` shows all of them.
rounds-which = Which round? Name it with `round:`, or go on from here
rounds-first = { $count ->
    [one] One round in this server
   *[other] { $count } rounds in this server, the newest first
}
rounds-first-open = { $count ->
    [one] One round is open here
   *[other] { $count } rounds are open here
}
rounds-line = { $name }: { $stage }
rounds-line-open = { $name }: { $shape }, sign-up ends { $until }
round-stage-draft = a draft
round-stage-sign-up = sign-up is open
round-stage-matching = groups are being found
round-stage-publishing = groups are being made
round-stage-running = running
round-stage-closing = feedback is asked for
round-stage-closed = over
round-stage-cancelled = called off

board-first = { $name }: sign up until { $until }
board-matching = { $name }: sign-up is over, the groups come next
board-publishing = { $name }: the groups are being made, { $made } of { $count } so far
board-running = { $name } is running
board-closed = { $name } is over
board-cancelled = { $name } was called off
board-lost = { $name }: people can't sign up, because my message in { $channel } is gone, or I may not write there. Allow me to write there again, then press the button.
board-put-up = I am putting the message for { $name } up in { $channel } again. If I still may not write there, I'll tell you.
board-so-far = So far
board-of = { $count } of { $most }
board-footer = What you say when you sign up goes to the organizers, and so does a wish that comes true. Whom you avoid stays with me.

setup-role = Members with { $role } may run rounds, besides those who may manage the server.
setup-no-role = Those who may manage the server run its rounds. `/setup organizers:` names a role that may, too.
setup-silence = Somebody in a round who answers nothing for { $days } days counts as silent. `/setup silence:` sets that.
setup-zone = Programmes come by the clock of { $zone }. `/setup timezone:` changes that.
setup-no-zone = Programmes come by the clock of whoever set their first round up. `/setup timezone:` sets one for the server.
setup-not-a-manager = Only those who may manage the server can set that. Nothing was changed.

### Signing up.

join-as-whom = { $name }: in which role do you want to take part?
join-role-mentor = mentor
join-role-mentee = mentee
join-role-sponsor = sponsor
join-role-peer = peer
join-filling = { $name }, as { $role }: tell a little about yourself, then press Sign me up.
join-editing = { $name }, as { $role }: you take part. What you change here counts at once.
join-saved = You take part in { $name } as { $role }. Groups come after sign-up ends, { $until }.
join-in = You take part in { $name } as { $role }. Sign-up ends { $until }; until then you can change everything.
join-in-over = You take part in { $name } as { $role }.
join-begun = You began to sign up for { $name } and have not finished. Sign-up ends { $until }.
join-withdrawn = You no longer take part in { $name }.
join-not-in = You have not signed up for { $name }. Sign-up ends { $until }.
join-not-in-over = You did not sign up for { $name }, and sign-up is over. The next round is announced in the server.
join-left = You have left { $name }.
join-ask-to-withdraw = Withdraw from { $name }? What you wrote is kept, so that you can come back while sign-up is open.
join-ask-instead = { $name }: you take part as { $is }. As { $role } instead?
join-ask-instead-how = Nothing changes until you press. What you said about yourself stays.
join-reminder = { $name }: your sign-up is not finished, and it ends { $until }
join-footer = Whom you avoid stays with me, always. Whom you wish for does, too, unless it comes true: then organizers read it with your group.

join-topics = Topics
join-topics-menu = What do you want to talk about?
join-topics-example = Rust, giving talks, changing jobs
join-half-days = Times
join-half-days-menu = When do you have time, most weeks?
join-languages = Languages
join-languages-menu = Which of these do you speak?
join-level = Experience
join-level-menu = How far along are you in what you do?
join-level-1 = just beginning
join-level-2 = a few years in
join-level-3 = experienced
join-level-4 = leading others
join-level-5 = leading an organisation
join-goals = Goals
join-goals-example = speak in public, find a new job
join-fields = Fields and backgrounds
join-fields-example = systems, design, teaching
join-capacity = How many you take
join-capacity-example = { $usual }, unless you say another number
join-wishes = You would like to be with
join-wishes-menu = Whom would you like to be with? Organizers read it where it comes true.
join-avoid = You avoid
join-avoid-menu = Whom must you not be with? Nobody is told.
join-answers = Your answers
join-words-form = In your own words
join-questions-form = What the organizers ask

half-day = { $day } { $part }
half-days-any = any time
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
day-part-0 = morning
day-part-1 = afternoon
day-part-2 = evening

join-not-yet = This round is still a draft. Nothing was changed.
join-over = Sign-up for { $name } ended { $until }. Nothing was changed. The next round is announced in the server.
join-not-for-them = { $name } is for members with { $roles }. Nothing was changed. Its organizers can tell you how to get there.
join-no-such-role = { $name } has no such role. Nothing was changed.
join-full = { $name } has room for { $room }, and no more. Nothing was changed. Check again later: somebody may withdraw.
join-all-full = { $name } is full: no role has a place left. Nothing was changed. Check again later: somebody may withdraw.
join-a-bot = { $user } is a bot and can't take part. Choose people. Nothing was changed.
join-themselves = You chose yourself. Wish for others, or avoid others. Nothing was changed.
join-both = You both wish for { $user } and avoid them. Choose one. Nothing was changed.
join-missing-topics = What do you want to talk about? A match needs one topic at least. What you wrote is kept.
join-missing-half-days = When do you have time? A match needs one half-day at least. What you wrote is kept.
join-missing-languages = Which of the round's languages do you speak? A match needs one. What you wrote is kept.
join-not-a-capacity = I can't read “{ $typed }” as a number of people. It can be 1 to { $most }. Nothing was changed.

button-open-later = Open later
button-not-by-itself = Not by itself
button-change-time = Change the time
form-open-later = When sign-up opens
form-publish-later = When groups are published
field-later = When
field-later-example = monday 9am
later-opens = { $name }: sign-up opens by itself { $at }
later-opens-how = That is { $at }. Until then only organizers know of it, and everything can be changed.
later-publishes = { $name }: its groups are published by themselves { $at }
later-publishes-how = That is { $at }. Until then groups can be changed, and sign-up can be opened again.
later-too-late = Sign-up for { $name } ends { $until }, so it has to open before that. Nothing was changed.
later-told-opened = { $name }: sign-up is open in { $channel }, as you planned
later-told-over = { $name }: sign-up was to open now, and its end has passed. Set another end, then open it
later-told-publishes = { $name }: its groups are being made now, as you planned
later-told-no-groups = { $name }: groups were to be published now, and none are found yet
later-told-mentors = { $name }: groups were to be published now, and not all mentors have accepted theirs
later-told-rule = { $name }: groups were to be published now, and one of them breaks a rule now. *Publish* says which
