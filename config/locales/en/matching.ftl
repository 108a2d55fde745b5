# What a matching says of its groups. $count, $rounds, $groups, $placed: numbers; $by, $whom, $who: ids or names;
# $fit, $total, $worst, $bound, $gap, $value: numbers as text; $part: a name from match-part-….
match-reason-given = their fit was given
match-reason-wished = { $by } wished for { $whom }
match-reason-topics = { $count ->
    [one] 1 shared topic
   *[other] { $count } shared topics
}
match-reason-goals = { $count ->
    [one] 1 shared goal
   *[other] { $count } shared goals
}
match-reason-half-days = { $count ->
    [one] 1 common half-day
   *[other] { $count } common half-days
}
match-reason-level = levels that suit
match-reason-fields = { $count } different fields
match-reason-new = new to each other
match-reason-met = { $rounds ->
    [one] two of them met in the last round
   *[other] two of them met { $rounds } rounds ago
}
match-left-role = their role has no place in groups of this shape
match-left-capacity = they offered no place
match-left-nobody = there is nobody they could be with
match-left-mentors-full = the mentors who could take them have no place left
match-left-no-mentee = the mentees who could be with them are with others
match-left-no-group = the groups that could have them have a sponsor
match-left-no-place = those they could be with are in groups already, and the number does not come out even
match-part-topics = topics
match-part-goals = goals
match-part-half-days = half-days
match-part-level = level
match-part-wishes = wishes
match-part-novelty = novelty
match-part-diversity = diversity
match-part-given = given fit
match-table-fit = fit
match-table-people = people
match-table-reasons = why
match-table-mentor = { $who } (mentor)
match-table-sponsor = { $who } (sponsor)
match-table-weak = little { $part }: { $value }
match-table-left = { $count ->
    [one] One person is left over:
   *[other] { $count } people are left over:
}
match-table-figures = { $groups ->
    [one] One group
   *[other] { $groups } groups
} with { $placed } people. Total fit { $total }; the lowest of any group is { $worst }.
match-table-optimal = Nothing better is possible: that is proven.
match-table-bound = It is proven that no more than { $bound } is possible, which is { $gap } % above.
match-none = No group is possible.
