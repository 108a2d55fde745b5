### Looking back: the report, the export, one's own history.

report-first = { $name }: how it went
report-first-running = { $name }: how it goes so far
report-first-closing = { $name }: how it went, as { $answered } of { $asked } say so far
report-about = { $shape }, from { $began } for { $weeks ->
    [one] one week
   *[other] { $weeks } weeks
}.
report-took-part = Who took part
report-signed-up = Signed up
report-in-groups = In a group
report-stayed = To the end
report-answered = Said how it was
report-participation = { $signed } signed up, { $placed } got into a group, { $over } were left over, { $left } left along the way.
report-no-shows = {" "}{ $count ->
    [0] Everybody showed up.
    [one] One did not show up.
   *[other] { $count } did not show up.
}
report-groups = Groups
report-groups-count = { $count ->
    [one] One group.
   *[other] { $count } groups.
}
report-groups-met = { $met } of { $known } met, { $often } of them at least half the times they were to; { $each } times on average.{ $unknown ->
    [0] {""}
    [one] {" "}One more has not said.
   *[other] {" "}{ $unknown } more have not said.
}
report-pulse = How it was going, 1 to 5
report-pulse-once = { $mean } in week { $week }, as { $count } say.
report-pulse-course = From { $first } in week { $from } to { $last } in week { $to }, as { $count } say.
report-pulse-none = Fewer than three said how it was going: that is not shown.
report-words = Half-way, in a word
report-week = Week
report-feedback = How it was
report-not-asked = Nobody was asked yet.
report-answers = { $answered } of { $asked } said how it was.
report-again = Do it again: { $yes } yes, { $maybe } perhaps, { $no } no.
report-too-few = Fewer than three said whether they would do it again: that is not shown.
report-yes = Yes
report-maybe = Perhaps
report-no = No
report-fit = Fit and outcome
report-fit-with = Groups that fit better went better (r = { $r }, { $count } groups).
report-fit-against = Groups that fit better went worse (r = { $r }, { $count } groups). Other weights may do better.
report-fit-neither = How well groups fit says little about how they went (r = { $r }, { $count } groups).
report-fit-none = Too few groups to tell whether fit made a difference.
report-said = What they say
report-quote = “{ $text }”
report-quote-named = “{ $text }”, { $name }
report-footer = Names appear only where that was allowed. The files have everything that is here, and more.
report-nothing = No round of this server has groups yet, or none has that name. `/organize rounds` shows the ones there are.
report-not-begun = { $name } has not begun, so there is nothing to look back on. `/organize export` has who signed up.
report-programme-first = { $name }: { $count ->
    [one] one round so far
   *[other] { $count } rounds so far
}
report-programme-line = { $name }, { $began }: { $people ->
    [one] one person
   *[other] { $people } people
}
report-programme-met = , { $met } of { $groups } groups met
report-programme-pulse = , going { $mean } of 5
report-programme-again = , { $percent } % would do it again
report-programme-nothing = No round of { $name } has begun yet, so there is nothing to look back on.

export-first = { $name }: everything that you may see of it, as files
export-how =
    The JSON has all of it; the CSVs are tables of who signed up, the groups, whether they met, and what was said.
    Whom people wish for or avoid is in none of them, and names only where they were allowed. Keep them as carefully as you would keep a list of your members.

history-none = You have not taken part in a round yet. `/mentorship rounds` shows those that are open.
history-first = You took part in { $count ->
    [one] one round
   *[other] { $count } rounds
}
history-head = { $name }, as { $role }
history-head-elsewhere = { $name }, as { $role }, in another server
history-since = Since { $began }
history-from-to = { $began } to { $ended }
history-left = You left along the way.
history-with = With { $people }
history-footer = Only you see this.{ $elsewhere ->
    [0] {""}
    [one] {" "}One of them is in another server.
   *[other] {" "}{ $elsewhere } of them are in other servers.
}{ $more ->
    [0] {""}
   *[other] {" "}{ $more } older ones are not shown.
}
