# The calendar of what is to come. $count: a number; $since: a Discord time; $address: an address.
calendar-name = Kith
calendar-event = { $name } · { $kind }
calendar-turn = { $name } · 👋 Be in touch
calendar-file = { $count ->
    [one] **One reminder** in the year ahead, for your calendar: open the file below.
   *[other] **{ $count } reminders** in the year ahead, for your calendar: open the file below.
} It says whom each is about and what it asks, and nothing that you wrote.
calendar-file-cut = **The next { $count } reminders**, for your calendar: open the file below. There are more, but one file holds no more than these. It says whom each is about and what it asks, and nothing that you wrote.
calendar-empty = Nothing is to come in the year ahead, so your calendar stays free. What would you like to be reminded of?
calendar-no-address = A file stays as it is when your plans change. With an address, your calendar app keeps up by itself.
calendar-has-address = Your calendar has an address since { $since }. I keep no copy of it: if you lost it, take a new one, and the old one ends.
calendar-address = Your calendar's address, shown only now:
    ```
    { $address }
    ```
    In your calendar app, add a calendar “from a URL” and paste it. Whoever has it sees whom you mean to be in touch with and when, so treat it like a password. A new one ends this one; *Revoke it* ends it at once.
calendar-revoked = Revoked: that address shows nothing any more. Your reminders come as before.
calendar-off = Calendar addresses are switched off here, so there is none to give. The file of `/nudge calendar` works without one.
