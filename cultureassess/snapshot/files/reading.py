"""Read the two answer files of a wave: one row a respondent, one column a question."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from cultureassess.instruments.types import Instrument, Side
from cultureassess.scoring.answers import SideAnswers
from cultureassess.snapshot.files import duplicates
from cultureassess.snapshot.files.audiences import default_roles
from cultureassess.snapshot.files.blocks import Block, read_blocks
from cultureassess.snapshot.files.cells import Table, split
from cultureassess.snapshot.files.gathering import Gathered
from cultureassess.snapshot.files.layout import lay_out, read_header

SIZE_LIMIT: Final = 500_000_000


@dataclass(frozen=True)
class FileAnswers:
    """Both sides as read from files.

    ``warnings`` are sentences about what was not read as one might expect. ``fingerprint`` is the SHA-256
    of the SHA-256 sums of the two files, 64 hexadecimal digits; never to be published, as it confirms
    whatever answers somebody guesses. ``names``: the respondents' ids of both sides, if they were kept.
    """

    inside: SideAnswers
    outside: SideAnswers
    warnings: tuple[str, ...]
    fingerprint: str
    names: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


def read_sides(
    inside: Path,
    customers: Path,
    instrument: Instrument,
    *,
    management_roles: Collection[str] | None = None,
    accounts: bool = False,
    size_limit: int = SIZE_LIMIT,
    keep_names: bool = False,
) -> FileAnswers:
    """Read both sides' CSV files.

    UTF-8 with or without byte order mark; separated by comma, semicolon or tab; any order of columns.
    Required are ``rid`` (different in every row), a column for each rated item of the side, and inside
    ``role``. Answers are a point, ``DK`` for "can't judge", or empty if skipped. Optional: outcomes,
    segments, ``seconds``, ``late`` (0 or 1) or ``day`` (2025-03-31), the open questions by their id,
    ``audience`` (which then decides instead of role and type). Source: METHOD 1.7, 1.8.

    Args:
        inside: the file of managers and employees.
        customers: the file of customers and partners; ``type`` is customer, if empty, or partner, or
            another value of the instrument's type question.
        instrument: the questionnaire; it gives the names of the columns.
        management_roles: the roles that are management, capital letters regardless; by default those
            of the instrument's role question. Every other role is staff.
        accounts: whether the wave declares business accounts; if not, ``account`` is not read.
        size_limit: bytes of one file; a larger file is refused before it is read.
        keep_names: whether to keep the respondents' ids; otherwise they are forgotten at once.

    Raises:
        FileError: names the file, line and column of what cannot be read, and how to mend it.
    """
    roles = default_roles(instrument) if management_roles is None else management_roles
    sums = hashlib.sha256()
    warnings: list[str] = []
    sides: list[Gathered] = []
    for side, path in ((Side.INSIDE, inside), (Side.OUTSIDE, customers)):
        blocks = read_blocks(path, size_limit=size_limit, digest=(digest := hashlib.sha256()))
        table, rest = read_header(path, next(blocks))
        layout = lay_out(table, instrument, side, roles=bool(roles), accounts=accounts)
        gathered = Gathered(instrument, side, table, layout, roles, keep_names=keep_names)
        _gather(gathered, chain([rest], blocks), table)
        if side is Side.INSIDE and roles:
            gathered.require_management()
        duplicates.refuse(gathered.respondents(), table, layout.respondent, size_limit)
        sums.update(digest.digest())
        warnings += gathered.warnings()
        sides.append(gathered)
    own, theirs = sides
    return FileAnswers(
        own.answers(), theirs.answers(), tuple(warnings), sums.hexdigest(), (own.names(), theirs.names())
    )


def _gather(gathered: Gathered, blocks: Iterable[Block], table: Table) -> None:
    for block in blocks:
        gathered.add(split(block, table))
    gathered.refuse_countless_values()
