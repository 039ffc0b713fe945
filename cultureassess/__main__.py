"""``python -m cultureassess`` is the same as ``cultureassess``."""

from cultureassess.cli import main

main()
