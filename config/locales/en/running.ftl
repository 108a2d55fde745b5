### While a round runs: check-ins, reminders, who skips, pauses, leaves, and what organizers are asked.

command-organize-attention = What groups of a running round need: somebody to come in, a new mentor, a room
    .round = Which round, where there are several
command-mentorship-skip = Tell your group that you can't come to its next meeting, without a reason
    .round = Which round, where there are several
command-mentorship-leave = Leave a running round; I ask first
    .round = Which round, where there are several
command-mentorship-pause = Take a break from a round until a day
    .until = Until when, such as “in 3 weeks” or “5 january”
    .round = Which round, where there are several

button-met = Yes
button-not-yet = Not yet
button-cannot-reach = I can't reach them
button-other-answer = Change
button-here = I'm here
button-do-it = Do it
button-decide-later = Not now
button-skip-meeting = Skip next meeting
button-unskip = Come after all
button-pause-round = Pause
button-pause-instead = Pause instead
button-resume-round = I'm back
button-leave-round = Leave
button-my-group = My group
button-new-room = Make a new thread
button-new-room-for = New thread for { $number }
button-word = Add a word
button-edit-word = Change the word
button-pulse-1 = 1 · it isn't working
button-pulse-2 = 2
button-pulse-3 = 3 · so-so
button-pulse-4 = 4
button-pulse-5 = 5 · very well

check-in-first = { $name }: did you meet?
check-in-how = With { $people }, meeting { $nth } of { $meetings }. Your place: { $room }
check-in-footer = You can change your answer while the round runs. The group does not see it.
check-in-said-met = Noted: you met.
check-in-said-not-yet = Noted: not yet.
check-in-not-yet-how = The quickest way: suggest a time. Your group reads it, and I remind you all the day before.
check-in-next = Next: meet by { $at }.
check-in-next-agreed = Next: you meet { $at }.
check-in-no-next = That was the last meeting of the round.
check-in-whom = Whom can't you reach?
check-in-whom-menu = Choose one or more
check-in-noted = Noted. Nobody learns that it was you.
check-in-noted-how = I ask { $people } whether they are still there. If nothing comes for { $days ->
    [one] a day
   *[other] { $days } days
}, the organizers are asked to find you somebody else.
check-in-pauses = { $name } pauses until { $until }.

not-reached-first = { $name }: your group can't reach you. Are you still there?
not-reached-how = One press is enough. If it doesn't suit just now, pausing or leaving is fine too; then your group knows.
here-told = I told your group that you are still there.
room-here = { $user } is still there.

run-nothing-to-answer = There is nothing of yours to answer here. `/mentorship mine` shows your group.
run-too-late = { $name } has finished its meetings, so this can't be noted any more. What you said before counts.
run-over = { $name } is over, so this can't be noted any more.
run-no-longer-in = You are no longer in group { $number } of { $name }, so this can't be noted. `/mentorship mine` shows where you are.
run-not-yet = { $name } has not begun, so there is nothing to skip, pause or leave yet. You can still change or withdraw your sign-up.
run-no-part = You are not taking part in { $name }. Nothing was changed.

room-remind-agreed = { $name }: you meet { $when }, { $at }. { $people }
room-remind = { $name }: you are to meet by { $by }, and no time is agreed on yet. { $people }
room-remind-late = { $name }: no time is agreed on yet for your next meeting. { $people }
room-times-menu = Choose a time
meeting-agreed = the meeting of { $at }
meeting-planned = the next meeting, which is to be by { $by }
room-skips = { $user } can't come to { $meeting }. Meet without them, or choose a time at which they can.
room-comes = { $user } can come to { $meeting } after all.
room-pauses = { $user } takes a break until { $until } and is back then.
room-back = { $user } is back.
room-left = { $name } has left the round. Thank them if you like; the organizers know.
room-left-server = { $name } is no longer in this server, and so has left the round. The organizers know.
room-left-out = { $name } is no longer in this group.
room-welcome = { $name }: { $people } { $count ->
    [one] joins
   *[other] join
} you. Say hello.
room-welcome-footer = Choose a time that suits all of you for what comes next.
room-goes-on = { $people } { $count ->
    [one] goes
   *[other] go
} on in { $room }.
room-goes-on-elsewhere = { $people } { $count ->
    [one] goes
   *[other] go
} on in another group.

pulse-first = { $name } is half-way. How is it going?
pulse-how = One number, and a word if you like. Organizers see both without names, and only once three or more have answered.
pulse-said = Thank you. For { $name } you said: { $score }
form-word = A word about it
field-word = What works, what doesn't?

mine-first = { $name }: you are in group { $number }
mine-alone = You are alone in it for now; the organizers look for somebody.
mine-room = Where you talk
mine-no-room = It is being made
mine-next-name = Next meeting
mine-agreed = { $at }, { $when }
mine-next = by { $by }; no time is agreed on yet
mine-no-next = There is none left in this round.
mine-so-far = So far
mine-nothing-yet = I have not asked about a meeting yet.
mine-met = { $nth }. you met
mine-not-met = { $nth }. not yet
mine-no-answer = { $nth }. nobody has said
mine-you = You
mine-skips = You are skipping the next meeting.
mine-pauses = You are pausing until { $until }.

skip-done = { $name }: I told your group that you can't come to { $meeting }. It doesn't know why.
skip-undone = { $name }: I told your group that you can come after all.
skip-over = { $name }: that meeting is over. Nothing was changed.
skip-none-left = { $name } has no meeting left to skip.

leave-ask = Leave { $name }?
leave-ask-how = Your group and the organizers are told that you left, and your place can go to somebody else.
leave-ask-mentor = Your group and the organizers are told that you left, and they look for another mentor.
leave-done = You have left { $name }. I tell your group and the organizers { $at }; until then you can undo it.
leave-undone = You are in { $name } as before. Nobody was told anything.

pause-round-set = { $name }: you pause until { $until }. Your group knows; nothing is asked of you until then.
pause-round-over = { $name }: your break is over, welcome back
pause-round-try = Nothing was changed.
pause-round-too-long = { $name } ends { $ends }, before your pause does. Choose an earlier day, or leave the round with `/mentorship leave`. Nothing was changed.
form-pause-round = Pause in this round

mentor-silent = { $name }: your mentor has been quiet for a while
mentor-silent-how = That happens, and it is not about you. The organizers have been asked to find you another mentor. You'll hear from me once they have.
place-given = { $name }: your place has gone to somebody else
place-given-no-show = Your group could not reach you, and I heard nothing from you. If that is a mistake, write to the organizers; you are welcome in the next round.
place-given-silent = I heard nothing from you for a while, so your mentees have another mentor now. If that is a mistake, write to the organizers; you are welcome in the next round.
your-new-group = { $name }: you have a place in a group
joins-you = { $name }: { $people } { $count ->
    [one] joins
   *[other] join
} your group

told-left = { $name }: { $who } has left the round.
told-left-server = { $name }: { $who } has left the server, and with it the round.
told-left-out = { $name }: { $who } has lost their place, as you approved.
told-left-group = They were in group { $number }. If it can't go on as it is, I write to you with a proposal.
told-left-mentor = They were the mentor of group { $number }. I look for another one and write to you.

need-company = { $name }: one person is left in group { $number }
need-mentor = { $name }: group { $number } has no mentor
need-silent-mentor = { $name }: the mentor of group { $number } does not answer
need-mentee = { $name }: the mentor of group { $number } has no mentee
need-place = { $name }: a place is free in group { $number }, and somebody waits
proposal-people = In it: { $people }
proposal-out-done = { $name } lost their place: they have not answered for the days that were set.
proposal-out = { $name } would lose their place: they have not answered for the days that were set. One answer to me, and they stay.
proposal-from-list = { $name } comes in from the wait list.
proposal-move = { $name } goes into group { $number }.
proposal-nobody = Nobody on the wait list and no group with room fits. I look again every day, and write when somebody does.
proposal-not-now = { $name }, group { $number }: not now, says { $by }.
proposal-done = { $name }, group { $number }: done, approved by { $by }. Everybody it concerns is told.
proposal-needless = { $name }: group { $number } does not need this any more. Nothing was done.
proposal-changed = Something has changed since, so this is a new proposal, and nothing was done yet.

attention-first = { $name }: { $count ->
    [0] nothing needs you. Every group can go on.
    [one] one thing needs you
   *[other] { $count } things need you
}
attention-line = **{ $number }** { $need }: { $what }
attention-choice = Group { $number }: { $need }
attention-menu = Look at one
attention-company = one person is left
attention-mentor = no mentor
attention-silent-mentor = a silent mentor
attention-mentee = a mentor without mentees
attention-place = a free place
attention-room = I can't write to it
attention-silent = **{ $number }** { $user }: their group can't reach them, and they answered nothing
attention-not-running = { $name }: { $stage }. Only the groups of a running round can need something.

room-lost = { $name }: I can't write to group { $number } any more
room-lost-footer = I stopped writing there. Everything else goes on; what I had to say to the group waits.
room-tried = { $name }: I am writing to group { $number } in { $room } again. If that still fails, I'll tell you.
room-is-made = { $name }: group { $number } gets its new thread in a moment, with its people and an introduction.
lost-gone = Its thread was deleted, or its channel was. I can make a new one in the round's channel.
lost-locked = Its thread is locked. Unlock it (open it, ⋯ → Unlock Thread), or let me make a new one.
lost-not-allowed = I don't see it, or may not write there. Allow me to see the channel and to write in threads, or let me make a new one.
