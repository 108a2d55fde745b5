### A rehearsal of a round, with invented members.

command-organize-rehearse = Play a round through with invented members in a private thread, before anybody real is asked
    .round = Which round, where there are several

rehearsal-thread = Rehearsal: { $name }
rehearsal-asked = I am opening a private thread to play { $name } through with invented people. You'll be mentioned there in a moment; nobody else is asked or told anything.
rehearsal-begins = This is { $name } with invented people, on fast-forward. The buttons do nothing here, except those at the end.
rehearsal-sign-up = **Sign-up.** This stands in the channel, with live numbers:
rehearsal-groups = **When sign-up is over** you see the groups like this, and can lock, move and swap:
rehearsal-published = **Once you publish** each group reads this in its own thread:
rehearsal-each = **And each person** gets this by direct message:
rehearsal-check-in = **After each meeting** each person is asked:
rehearsal-pulse = **Half-way:**
rehearsal-close = **At the end** everybody says how it was; `/organize report` then shows you all of it:
rehearsal-ends = That was { $name }. When it is as you want it, open sign-up; else show it and change it.
rehearsal-names = Ada Quint, Bruno Maas, Chidi Eze, Dora Lind, Emre Kaya, Fatou Sarr, Goran Ilić, Hana Mori, Ivo Petrov, Jun Park, Kaja Nowak, Luis Ortega, Mina Haddad, Noor Aziz
rehearsal-topics = giving talks, leading a team, changing jobs, writing
