### Buttons and answers that every area uses.

button-add-note = Add a note
button-add-somebody = Add somebody
button-add-them = Add them
button-back = Back
button-cancel = Cancel it
button-change = Change
button-change-rhythm = Change rhythm
button-cut = Cut it to { $most } characters
button-cut-tag = Cut tags to { $most } characters
button-cut-tags = Keep the first { $most }
button-done = Done
button-edit = Edit
button-edit-note = Edit note
button-get-address = Get an address
button-give = Give something back
button-give-first = Give something first
button-keep = Keep
button-keep-it = Keep it
button-list = Show my network
button-list-nudges = Show my nudges
button-log = Log
button-more = More
button-new-address = New address
button-new-thread = New private thread
button-note = Note
button-plan = Plan a nudge
button-plan-anyway = Plan it anyway
button-remove = Remove
button-revoke = Revoke it
button-settings = Settings
button-show = Show
button-skip = Skip
button-snooze = Snooze
button-stop = Stop
button-try-again = Try again
button-undo = Undo
button-use-dms = Direct messages
button-use-thread = Use a private thread

error-broken = That did not work, and the fault is mine. Nothing was changed. If it happens again, tell whoever runs me this code: `{ $trace }`.
error-disk = My disk failed, so I don't know whether anything was changed. Look in a minute, with `/connection list` or `/nudge list`. If it happens again, tell whoever runs me this code: `{ $trace }`.
error-unshown = That was done, but Discord would not show you the outcome, and the fault is mine. Look with `/connection list` or `/nudge list`, and tell whoever runs me this code: `{ $trace }`.
error-slow-form = I was too slow to open the form. Try once more. Nothing was changed.
error-outdated-button = This button is from an older version of me and means nothing to me any more. Nothing was changed. `/nudge list` and `/connection list` show everything as it stands now.
error-outdated-command = Your Discord still shows an older form of this command. Nothing was changed. Reload Discord (Ctrl+R, or close the app and open it), then try it again.
undo-too-late = It is too late to take that back: I keep it for 10 minutes. Nothing was changed.
draft-too-old = I no longer have what you typed here: I keep it for two days. Type the command again. Nothing was changed.

list-footer = Page { $page } of { $pages }

misread-empty = You named no time.
misread-no-rhythm = You named no rhythm.
misread-not-a-rhythm = I can't read “{ $phrase }” as a rhythm.
misread-not-understood = I can't read “{ $phrase }” as a time.
misread-past = That would be { $at }, which has passed.
misread-future = That would be { $at }, which is still to come.
misread-too-far = “{ $phrase }” is further away than I plan: I go up to the year 2100.
misread-too-often = “{ $phrase }” is more than once a day; once a day is the most.
misread-too-rare = “{ $phrase }” is longer than ten years; ten years is the most.
misread-no-such-date = There is no such day as “{ $phrase }”.
refused-when-try = Try “friday 3pm”, “in 2 weeks” or “1 jan 2027”. Nothing was changed.
refused-past-try = Try “yesterday”, “last friday” or “2 weeks ago”. Nothing was logged.
refused-every-try = Try “6 weeks”, “every month” or “first monday of the month”, or “never”. Nothing was changed.
which-moment = “{ $phrase }” can mean { $count ->
    [2] two things
   *[other] { $count } things
}: { $all }. Which one?
