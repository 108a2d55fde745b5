### What Kith is, and who may look into it.

command-about = What I am, which version, and where my source code is
about-first = I am Kith { $version }: I help you keep your professional network alive
about-what = What I do
about-what-how = You tell me whom you know. I remind you by direct message when it is time to be in touch, say why, and leave the writing to you.
about-data = What I know
about-data-how = Only what you tell me, and your Discord account’s id and language. Nobody else sees your network, and I send it nowhere.
about-footer = Free software: { $licence }
about-source = Source
about-privacy = Privacy
button-help = Help
