"""The demo's open answers: texts in English and German from ``comments.toml``, drawn for one year."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import numpy as np

from cultureassess.instruments.types import Audience, Side
from cultureassess.scoring.answers import Comment
from cultureassess.services.demo.profile import Year

WRITTEN_IN_A_YEAR = 0.86
"""Part of the texts that one year's wave has: neither year has all, most are in both."""


@cache
def texts() -> dict[str, dict[str, list[str]]]:
    """All texts: audience -> open question -> texts."""
    source = resources.files(__package__).joinpath("comments.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


def of_side(side: Side, year: Year, seed: int) -> tuple[Comment, ...]:
    """Draw what one side wrote in one year, in random order; the same arguments draw the same."""
    rng = np.random.default_rng((seed, year == "this", list(Side).index(side)))
    drawn = [
        Comment(question, audience, text)
        for audience, questions in texts().items()
        if Audience(audience).side is side
        for question, pool in questions.items()
        for text in rng.permutation(pool)[: round(len(pool) * WRITTEN_IN_A_YEAR)].tolist()
    ]
    return tuple(drawn[place] for place in rng.permutation(len(drawn)))
