"""The results page: one wave as its leaders read it."""
