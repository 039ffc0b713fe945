"""What a wave freezes when it opens (METHOD 2.0, step 1): everything but the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cultureassess.disclosure.minimums import Rules

Chosen = Literal["all", "random", "picked", "open"]


@dataclass(frozen=True)
class Settings:
    """The settings of one wave that its snapshot depends on.

    Attributes:
        chosen: how customers were chosen (METHOD 3.8b).
        date: the wave's closing day; every date in a report comes from it.
        invited: audience code -> people who could have answered (undeliverable ones taken off); an
            audience that is missing was reached by an open link, so that its rate is not computable.
        accounts: whether the wave declares business accounts (METHOD 3.8).
        confidential: personal links or accounts exist, so that pages say "confidential".
        rules: k and the other thresholds (METHOD 4.2).
        management: the role codes that count as management, for the record.
    """

    organisation: str
    chosen: Chosen
    date: dt.date
    label: str = ""
    period: str = ""
    invited: Mapping[str, int] = field(default_factory=dict)
    accounts: bool = False
    confidential: bool = False
    rules: Rules = field(default_factory=Rules)
    management: tuple[str, ...] = ()
