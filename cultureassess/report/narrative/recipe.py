"""The two commands that compute a report again from the answers."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

from cultureassess import instruments
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Snapshot

EARLIER = "earlier-snapshot.json"
"""The name under which the wave before is attached to a report."""

LONGEST_LINE = 96
"""Letters of a printed line, which a page 170 mm wide holds; a longer option has a line of its own."""


def check_sentences(earlier: Snapshot | None, words: Words) -> tuple[str, ...]:
    """What can be made again from what: the report from its attachments, the figures from the answers."""
    if earlier is None:
        return (
            words.gettext(
                "Every number of this report is attached to this file as snapshot.json; “cultureassess "
                "verify” makes the report again from it and compares."
            ),
            words.gettext(
                "Whoever holds the answers computes every figure again with two commands. On the same "
                "installation the data fingerprint is the same, too."
            ),
        )
    return (
        words.gettext(
            "Every number of this report is attached to this file as snapshot.json and {earlier}; "
            "“cultureassess verify” makes the report again from both, changes included, and compares.",
            earlier=EARLIER,
        ),
        words.gettext(
            "Whoever holds the answers computes this wave’s figures again with two commands; the changes "
            "rest on {earlier}, saved out of this file. On the same installation the "
            "fingerprint is the same.",
            earlier=EARLIER,
        ),
    )


def commands(snapshot: Snapshot, *, earlier: bool = False) -> tuple[str, str]:
    """Write the answers of a wave, and compute them anew with the settings of this one.

    Lines end between two options, so that no page breaks the command elsewhere and it runs as copied.

    With ``earlier`` the changes as well, from the attached snapshot of the wave before. What the snapshot
    does not know is in capitals: the wave's number, and a file with weights or with a questionnaire of
    somebody's own.
    """
    return (
        "cultureassess export WAVE --out answers",
        _in_lines(
            (
                "cultureassess analyse answers/inside.csv answers/customers.csv",
                *_options(snapshot),
                *([f"--earlier {EARLIER}"] if earlier else []),
                "--out again",
            )
        ),
    )


def _in_lines(parts: Iterable[str]) -> str:
    """Parts of a command one after another, in lines that a shell reads as one and a page has room for."""
    told = ""
    for part in parts:
        last = told.rpartition("\n")[2]
        told += (" " if len(last) + len(part) < LONGEST_LINE else " \\\n  ") * bool(told) + part
    return told


def _options(snapshot: Snapshot) -> Iterator[str]:
    wave, info = snapshot.wave, snapshot.instrument
    yield f"--organisation {shlex.quote(wave.organisation)}"
    if wave.label:
        yield f"--label {shlex.quote(wave.label)}"
    yield f"--date {shlex.quote(wave.date)} --chosen {wave.chosen}"
    yield f"--instrument {info.code if info.code in instruments.available() else 'FILE.toml'}"
    for audience, people in wave.invited.items():
        yield f"--invited {audience}={people}"
    if set(wave.management) != _usual(info.code):
        yield from (f"--management {shlex.quote(role)}" for role in wave.management)
    if wave.accounts:
        yield "--accounts"
    if any(weighting != "respondents" for weighting in wave.weighting.values()):
        yield "--weights FILE.csv"


def _usual(code: str) -> set[str]:
    """The roles that count as management unless somebody says otherwise."""
    if code not in instruments.available():
        return set()
    question = instruments.by_code(code).role_question
    options = question.options if question is not None else ()
    return {option.code for option in options if option.audience.value == "management"}
