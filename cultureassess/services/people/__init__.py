"""Lists of people to invite: read a file, say what its columns mean, check it line by line, take it over."""
