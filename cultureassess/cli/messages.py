"""How commands stop: one sentence on standard error and an exit code."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

BAD_INPUT = 2
"""The input was refused; nothing was written."""
FAILED = 1
"""The input was right, but something else is missing or broken."""


def refuse(message: str, code: int = BAD_INPUT) -> NoReturn:
    """Say what is wrong and how to mend it, and stop."""
    click.echo(message, err=True)
    sys.exit(code)
