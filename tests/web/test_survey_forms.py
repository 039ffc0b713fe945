"""Whatever comes as a form: valid answers are stored, or nothing is. Never half of them (RELIABILITY T.3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as counts
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from cultureassess import instruments
from cultureassess.app import create_app
from cultureassess.db import session_factory, transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Draft, Intake, IntakeComment
from cultureassess.services import drafts
from cultureassess.services.drafts import Answers
from cultureassess.services.questions import NOT_SAID
from tests import scene
from tests.web.respondent import PARTS, Respondent
from tests.web.strange import STRANGE

OURS = instruments.by_code("customer_culture_v1")
ITEMS = {item.id for item in OURS.rated}
RANGES = {"OV1": range(1, 6), "OV2": range(101), "NPS": range(11), "ENPS": range(11)}
ROLES = ("executive", "middle manager", "frontline manager or supervisor", "no people responsibility")
SEGMENTS = {
    question.code: {*question.codes, *scene.SEGMENTS.get(f"{question.side}.{question.code}", ()), NOT_SAID}
    for question in OURS.segments
}
OPEN = ("OPEN_C1", "OPEN_C2", "OPEN_I1", "OPEN_I2")
NAMES = (*sorted(ITEMS), *RANGES, *SEGMENTS, *OPEN, "role", "since", "go", "viewport")
"""Names of fields, each of which belongs to one part or the other, or to none."""

LIKELY = (*"12345D", "0", "6", "10", "55", "100", "101", "٣", "60 %", *ROLES, "both", "HR", NOT_SAID)
OFFERED: dict[str, list[str]] = {
    **{name: [*"12345D"] for name in ITEMS},
    **{name: [str(number) for number in numbers] for name, numbers in RANGES.items()},
    **{name: sorted(codes) for name, codes in SEGMENTS.items()},
}
FAST = 100
MANY = 50_000

places = st.integers(0, 20)
values = st.one_of(
    places,
    st.sampled_from(LIKELY),
    st.sampled_from(STRANGE).map(lambda value: value.encode("utf-8", "surrogatepass")),
    st.text(max_size=40),
    st.binary(max_size=12),
)
names = st.one_of(st.sampled_from(NAMES), st.sampled_from(NAMES), st.text(max_size=12), st.binary(max_size=6))
ways = st.sampled_from(("stay", "next", "back", "elsewhere", "lang-de", "lang-xx", "", "\x00", "next\n"))
Pairs = list[tuple[str | bytes | int, str | bytes | int]]
"""Names and values; a number stands for one of those that the part shows, or offers."""


@st.composite
def forms(draw: st.DrawFn) -> tuple[int, str, Pairs]:
    """A part, a way to go, and fields: the part's own, doubled and foreign ones."""
    part = draw(st.integers(1, 8))
    tidy = draw(st.booleans())
    own = draw(st.lists(st.tuples(st.integers(0, 8), places if tidy else values), max_size=8))
    strange = draw(st.lists(st.tuples(names, values), max_size=3))
    return part, draw(ways), [*own, *strange]


class Filler:
    """Somebody who is under way by an open link, and begins anew whenever the answers were sent."""

    def __init__(self, app: Any, engine: sa.Engine, token: str, who: str) -> None:
        self.app, self.engine, self.token, self.who = app, engine, token, who
        self.come()

    def come(self) -> None:
        self.respondent = Respondent(self.app)
        self.respondent.open(self.token)
        self.respondent.begin(**({"role": "executive"} if self.who == "inside" else {}))
        self.csrf, self.before = self.respondent.csrf, self.stored()
        self.own: dict[int, list[str]] = {}

    def names(self, part: int) -> list[str]:
        """The fields that a part shows, so that forms often hold them."""
        if part not in self.own:
            self.respondent.go(f"/survey/{part}")
            self.own[part] = self.respondent.names()
        return self.own[part]

    def post(self, part: int, go: str, pairs: Pairs) -> TestResponse:
        own = self.names(part)
        named = [(own[name % len(own)] if isinstance(name, int) else name, value) for name, value in pairs]
        sent = [(name, offered(name, value) if isinstance(value, int) else value) for name, value in named]
        body = "&".join(
            f"{escaped(name)}={escaped(value)}"
            for name, value in [("csrf_token", self.csrf), ("go", go), *sent]
        )
        return self.respondent.client.post(
            f"/survey/{part}",
            data=body.encode("ascii"),
            content_type="application/x-www-form-urlencoded",
        )

    def stored(self) -> tuple[list[bytes], Answers | None, int]:
        """The ciphertexts of all drafts, one's own opened, and how many responses there are."""
        cookie = self.respondent.client.get_cookie("respondent")
        assert cookie is not None
        with session_factory(self.engine)() as session:
            sealed = list(session.scalars(sa.select(Draft.ciphertext).order_by(Draft.key_hash)))
            own = drafts.load_draft(session, drafts.derive(cookie.value.partition(".")[2]))
            rows = session.scalar(sa.select(sa.func.count()).select_from(Intake))
        return sealed, own, rows or 0


def offered(name: str | bytes, place: int) -> str:
    """One of the values that will do for a field; text where it is none to choose from."""
    choice = OFFERED.get(name, ["A remark."]) if isinstance(name, str) else [""]
    return choice[place % len(choice)]


def escaped(text: str | bytes) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)


def wrong(answers: Answers) -> Iterator[object]:
    """What of a draft could not be sent and read back."""
    yield from (pair for pair in answers.points.items() if pair[0] not in ITEMS or pair[1] not in {*"12345D"})
    yield from (pair for pair in answers.outcomes.items() if pair[1] not in RANGES.get(pair[0], ()))
    yield from (pair for pair in answers.segments.items() if pair[1] not in SEGMENTS.get(pair[0], ()))
    yield from (pair for pair in answers.comments.items() if pair[0] not in OPEN or not readable(pair[1]))
    if answers.role not in (None, *ROLES):
        yield answers.role


def readable(text: str) -> bool:
    inner = all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") for c in text)
    return inner and text == text.strip() and 1 <= len(text) <= 4000


def check_sent(engine: sa.Engine) -> None:
    """The responses that wait are whole and valid; they are then deleted, so that each is looked at once."""
    with transaction(engine) as session:
        for row in session.scalars(sa.select(Intake)):
            assert re.fullmatch("[0-5D]{33}", row.answers)
            assert re.fullmatch("([01][0-9]{2}|---){4}", row.outcomes)
            assert row.role in (None, *ROLES)
            inside = row.audience.side is Side.INSIDE
            allowed = ("function", "contact") if inside else ("decider", "segment", "type")
            for code, value in zip(allowed, (row.segment_1, row.segment_2, row.segment_3), strict=False):
                assert value is None or value in SEGMENTS[code] | ({NOT_SAID} - SEGMENTS[code])
        for comment in session.scalars(sa.select(IntakeComment)):
            assert readable(comment.text)
            assert comment.question in OPEN
        for table in (Intake, IntakeComment):
            session.execute(sa.delete(table))


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("who", ["inside", "customer"])
@pytest.mark.parametrize("examples", [FAST // 2, pytest.param(MANY // 2, marks=pytest.mark.torture)])
def test_a_form_is_stored_as_valid_answers_or_not_at_all(settings, engine, who, examples):
    app = create_app(settings, engine=engine)
    app.config["RESPONDENT_VIEWS"] = (10**9, 10**9)
    with transaction(engine) as session:
        wave = scene.open_wave(session, opens_on=scene.LONG_AGO, languages=("en", "de"))
        side = Side.INSIDE if who == "inside" else Audience.CUSTOMER
        token = scene.open_token(session, wave, side, secret_key=settings.secret_key)
    filler = Filler(app, engine, token, who)

    @counts(
        max_examples=examples,
        derandomize=examples < MANY // 2,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(forms())
    def send(form: tuple[int, str, Pairs]) -> None:
        part, go, pairs = form
        part = min(part, PARTS[who])
        before = filler.before
        answer = filler.post(part, go, pairs)
        sealed, own, rows = filler.before = filler.stored()
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert (sealed, rows) == (before[0], before[2])
        elif rows > before[2]:
            assert (rows, len(sealed), own) == (before[2] + 1, len(before[0]) - 1, None)
            assert answer.location == "/survey/thanks"
            check_sent(engine)
            filler.come()
        elif own is not None:
            assert list(wrong(own)) == []

    send()
