"""The two commands that compute a report again from the answers."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from cultureassess import instruments
from cultureassess.snapshot.types import Snapshot


def commands(snapshot: Snapshot) -> tuple[str, str]:
    """Write the answers of a wave, and compute them anew with the settings of this one.

    What the snapshot does not know is in capitals: the wave's number, and a file with weights or with a
    questionnaire of somebody's own.
    """
    return (
        "cultureassess export WAVE --out answers",
        " ".join(
            (
                "cultureassess analyse answers/inside.csv answers/customers.csv",
                *_options(snapshot),
                "--out again",
            )
        ),
    )


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
