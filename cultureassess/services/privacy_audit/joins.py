"""Attempts to join answers to links, by every value that two tables could share."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from cultureassess.instruments.types import Audience
from cultureassess.models import Anonymity, Intake, Invitation, OpenLink, Response, Wave
from cultureassess.models.responses import SEGMENT_COLUMNS
from cultureassess.services.coarsening import LADDER, Combination
from cultureassess.services.privacy_audit.finding import ANSWERS, LINKS, WAITING, Scope
from cultureassess.services.questions import segment_columns

TOLD = frozenset(
    {"wave_id", "audience", "answers", "outcomes", "language", "day", "late", "seconds", "fast"}
    | {"question", "text", "role", *SEGMENT_COLUMNS}
)
"""What was answered, and what :func:`no_rare_combination` compares: values that many share by nature."""

_KEY = 32
"""Hexadecimal digits of a response's key: a hash is compared by as many of its own."""


def no_shared_value(scope: Scope) -> tuple[bool, str]:
    """Compare every other column of answers with every column of links, bytes as hexadecimal digits."""
    found, tried = [], 0
    for answer in ANSWERS + WAITING:
        own = [c["name"] for c in scope.inspector.get_columns(answer) if c["name"] not in TOLD]
        held = {name: _values(scope, answer, name) for name in own}
        for link in LINKS:
            for column in scope.inspector.get_columns(link):
                if column["name"] in ("wave_id", "audience", "used", "revoked"):
                    continue
                values = _values(scope, link, column["name"])
                for name in (name for name in own if not _allowed(answer, name, link, column["name"])):
                    tried += 1
                    if both := values & held[name]:
                        found.append(f"{answer}.{name} = {link}.{column['name']} ({len(both)} values)")
    return not found, "; ".join(found) or f"{tried} pairs of columns, no value in common"


def _allowed(answer: str, name: str, link: str, column: str) -> bool:
    """The number of an account leads to its name until the close; pages say "confidential" until then."""
    return (
        name == "account"
        and (link, column) == ("account_number", "number")
        and answer in ("response", "intake")
    )


def _values(scope: Scope, table: str, name: str) -> set[str]:
    found: set[str] = set()
    for value in scope.values(table, name):
        if isinstance(value, bytes | memoryview):
            found.add(bytes(value).hex()[:_KEY])
        elif value is not None:
            found.add(str(value))
    return found


def no_rare_combination(scope: Scope) -> tuple[bool, str]:
    """Look for answers whose role and segments fit fewer than k of the wave's invitations.

    Where an open link of the same side exists as well, a respondent may have said the same about
    themselves, so that such an answer proves nothing: these sides are passed over.
    """
    rare, waves = [], 0
    for wave in (wave for wave in scope.waves() if wave.anonymity is Anonymity.CONFIDENTIAL):
        waves += 1
        for audience in Audience:
            for combination in sorted(_rare(scope, wave, audience), key=str):
                words = ", ".join(filter(None, combination))
                rare.append(f"wave {wave.id}, {audience}: {words}")
    return not rare, "; ".join(rare) or f"{waves} waves with personal links"


def _rare(scope: Scope, wave: Wave, audience: Audience) -> list[Combination]:
    open_link = sa.select(OpenLink).where(OpenLink.wave_id == wave.id, OpenLink.side == audience.side)
    if scope.session.scalar(sa.select(open_link.exists())):
        return []
    invited = _invited(scope, wave, audience)
    known = [place for place, values in enumerate(zip(*invited, strict=True)) if any(values)]
    rows = {tuple(row[place] for place in known) for row in _stored(scope, wave, audience)}
    holders = [(tuple(own[place] for place in known), number) for own, number in invited.items()]
    return [
        row for row in rows if any(row) and sum(number for own, number in holders if _fits(own, row)) < wave.k
    ]


def _invited(scope: Scope, wave: Wave, audience: Audience) -> Counter[Combination]:
    codes = segment_columns(wave, audience.side)
    wanted = sa.select(Invitation.role, Invitation.segments).filter_by(wave_id=wave.id, audience=audience)
    found: Counter[Combination] = Counter()
    for role, segments in scope.session.execute(wanted):
        found[(role, *(next(iter(segments.get(f"{audience.side}.{code}", ())), None) for code in codes))] += 1
    return found


def _stored(scope: Scope, wave: Wave, audience: Audience) -> set[Combination]:
    number = len(segment_columns(wave, audience.side))
    found: set[Combination] = set()
    for table in (Response, Intake):
        columns = [table.role, *(getattr(table, name) for name in SEGMENT_COLUMNS[:number])]
        wanted = sa.select(*columns).where(table.wave_id == wave.id, table.audience == audience)
        found |= {tuple(row) for row in scope.session.execute(wanted.distinct())}
    return found


def _fits(own: Combination, row: Combination) -> bool:
    """Whether an answer may be of an invitation: each value is the same, coarser, or not known to one."""
    return all(
        known is None or value is None or value in (known, LADDER.get(known))
        for known, value in zip(own, row, strict=True)
    )


def no_shared_transaction(scope: Scope) -> tuple[bool, str]:
    """On PostgreSQL every row tells the transaction that wrote it: none may have written both.

    An open link is everybody's, and is written by whoever sets up the wave: it tells about nobody.
    """
    if not scope.postgresql:
        return True, "SQLite rows carry no transaction number"
    found, tried = [], 0
    for answer in ANSWERS:
        for link in (link for link in LINKS if link != "open_link"):
            tried += 1
            joined = f'SELECT count(*) FROM "{answer}" a JOIN "{link}" l ON a.xmin = l.xmin'  # noqa: S608
            if pairs := scope.count(sa.text(joined)):
                found.append(f"{answer} and {link}: {pairs} pairs")
    return not found, "; ".join(found) or f"{tried} pairs of tables, no xmin in common"
