### What Kith is for.

help-first = I help you keep in touch with the people who matter to your work.
help-keep = Keep track of people
help-keep-how = `/connection add` somebody with a rhythm, and I remind you when it is time. Or right-click a person → Apps → Add to my network.
help-log = Tell me what happened
help-log-how = `/log` a chat, a call, something you gave or asked for. Your next nudge moves along.
help-remind = Be reminded
help-remind-how = `/nudge me` about anything: “tomorrow 9am”, “every 3 months”. Nudges come to your DMs with buttons: Done, Snooze, Skip, Stop. `/nudge suggest` tells whom to be in touch with now.
help-find = Find somebody
help-find-how = `/connection list`, `search` and `show` tell who is in your network, when you last met and who gave more.
help-settings = Your time
help-settings-how = `/settings`: your time zone, when nudges come, and when they don't.
help-footer = Only you see what I answer, and only you see your network.
