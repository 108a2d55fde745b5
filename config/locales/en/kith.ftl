### What Kith says in English. Each area has a file of its own; a key stands in one of them only.
### A key is `area-what`, and each one is used in the code: a test holds the two together.
