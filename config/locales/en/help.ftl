### What Kith is for: every command, by task. A test holds this to the commands that are registered.

help-first = I help you keep in touch with the people who matter to your work.
help-people = Your people
help-people-how =
    `/connection add`: somebody, with a rhythm in which I remind you. Or right-click them → Apps → **Add to my network**.
    `/connection show`, `/connection list`, `/connection search`: who they are, your last touches, who gave more.
    `/connection edit`, `/connection remove`: change somebody, or let them go.
help-log = What happened
help-log-how = `/log`: a chat, a call, something you gave or asked for; your next nudge moves along. Or right-click them → Apps → **Log a touch**.
help-remind = What to be reminded of
help-remind-how =
    `/nudge me`: anything, “tomorrow 9am”, “every 3 months”.
    `/nudge date`: birthdays, and dates of theirs, such as an interview.
    `/nudge suggest`: whom to be in touch with now, and why.
help-answer = What came, and what comes
help-answer-how =
    `/nudge inbox`: what waits for your answer. `/nudge done`, `/nudge snooze`: answer one.
    `/nudge list`: what is planned. `/nudge edit`, `/nudge cancel`: change it.
    `/nudge why`: why something came, or why nothing did.
    `/nudge calendar`: the year ahead in your calendar app.
help-rounds = Mentorship rounds
help-rounds-how =
    `/mentorship rounds`, `/mentorship join`, `/mentorship mine`, `/mentorship history`: a server's rounds, signing up, how you stand, past rounds.
    `/mentorship skip`, `/mentorship pause`, `/mentorship leave`: while a round runs.
    For organizers: `/organize open`, `/organize rehearse`, `/organize rounds` to set one up, try it out, see them all;
    `/organize preview`, `/organize lock`, `/organize move`, `/organize swap`, `/organize exclude`, `/organize publish` for its groups;
    `/organize attention` for groups that need you; `/organize close`, `/organize report`, `/organize export`, `/organize programme` to end it, look back, repeat it.
    `/setup`: how rounds are set up in a server.
help-time = Your time
help-time-how =
    `/settings`: your time zone, when and where nudges come, and when they don't.
    `/nudge pause`, `/nudge resume`: nothing comes while you are away.
help-kith = Me
help-kith-how = `/help`: this. `/about`: what I am, and what I know of you.
help-footer = Only you see what I answer, and only you see your network.
