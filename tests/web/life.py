"""What must be known of respondents' lives: people, their browsers, and what of theirs must be stored."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

import sqlalchemy as sa
import time_machine
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from cultureassess import clock, instruments
from cultureassess.db import session_factory, transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import (
    Comment,
    Draft,
    Intake,
    IntakeComment,
    Invitation,
    Organisation,
    Response,
    Submission,
    Wave,
)
from cultureassess.services import drafts, links, questions
from cultureassess.services.questions import NOT_SAID
from tests import scene
from tests.web.respondent import Respondent

NOON = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)
LAST_DAY = dt.date(2026, 10, 5)
HOUR = dt.timedelta(hours=1)
OURS = instruments.by_code("customer_culture_v1")
ITEMS = [item.id for item in OURS.rated]
OUTCOMES = {"OV1": range(1, 6), "OV2": range(101), "NPS": range(11), "ENPS": range(11)}
COLUMNS = {Side.INSIDE: ("function", "contact"), Side.OUTSIDE: ("decider", "segment", "type")}
SEGMENTS = {
    "function": ("HR", "IT", NOT_SAID),
    "contact": ("daily", "never", NOT_SAID),
    "decider": ("uses", "both", NOT_SAID),
    "segment": ("Key accounts", "Small business", NOT_SAID),
    "type": ("partner", "supplier", NOT_SAID),
}
UNNAMED = ("segment", "type")
"""Questions whose values have no "prefer not to say": it is offered, and nothing is stored of it."""

WRONG = {"points": "6", "outcomes": "101", "segments": "elsewhere", "comments": "x" * 4001}
ROLES = ("executive", "no people responsibility")
OPEN = {"inside": Side.INSIDE, "customer": Audience.CUSTOMER, "partner": Audience.PARTNER}
PERSONAL = {"executive": Audience.MANAGEMENT, "colleague": Audience.STAFF, "buyer": Audience.CUSTOMER}
WHO = (*OPEN, *PERSONAL)

Page = list[tuple[str, str]]
"""The fields of a part, each with the part of the answers that it goes to."""


@dataclass(eq=False)
class Person:
    """Somebody's one way through the questionnaire, on however many devices."""

    who: str
    secret: str = ""
    begun: bool = False
    sent: bool = False
    role: str | None = None
    given: dict[str, str] = field(default_factory=dict)

    @property
    def audience(self) -> Audience:
        if self.who in PERSONAL:
            return PERSONAL[self.who]
        if self.who == "inside":
            return Audience.MANAGEMENT if self.role == "executive" else Audience.STAFF
        return Audience.CUSTOMER if self.who == "customer" else Audience.PARTNER


@dataclass(eq=False)
class Browser:
    """A browser, whose link its cookie holds, and the last form that it sent."""

    respondent: Respondent
    person: Person | None = None
    csrf: str = ""
    last: tuple[int, str, dict[str, str]] | None = None


class Model(RuleBasedStateMachine):
    """A wave and its people, and what the database must hold of them after every step."""

    app: Flask
    engine: sa.Engine

    def open_a_wave(self) -> None:
        self.travel = time_machine.travel(NOON, tick=False)
        self.time = self.travel.start()
        self.browsers: list[Browser] = []
        self.people: list[Person] = []
        self.stored: Counter[tuple[object, ...]] = Counter()
        self.said: Counter[tuple[str, str, str]] = Counter()
        self.erased_used, self.closes_on = 0, LAST_DAY
        self.stopped = self.closed = self.gone = False
        self.erased: set[str] = set()
        key = self.app.config["SECRET_KEY"]
        with transaction(self.engine) as session:
            session.execute(sa.delete(Organisation))
            wave = scene.open_wave(
                session, opens_on=scene.LONG_AGO, closes_on=LAST_DAY, languages=("en", "de")
            )
            self.wave_id = wave.id
            self.tokens = {who: scene.open_token(session, wave, OPEN[who], secret_key=key) for who in OPEN}
            for who, audience in PERSONAL.items():
                self.tokens[who] = links.create_invitation(session, wave, audience, role=None)
            self.plans = {audience: plan_of(wave, audience) for audience in Audience}

    def teardown(self) -> None:
        self.travel.stop()

    @property
    def taking(self) -> bool:
        """Whether somebody who is under way may save and send."""
        end = dt.datetime.combine(self.closes_on, dt.time(), dt.UTC) + dt.timedelta(days=1) + HOUR
        return not (self.gone or self.closed or self.stopped) and clock.now() <= end

    @property
    def open(self) -> bool:
        """Whether somebody may begin."""
        return self.taking and clock.today() <= self.closes_on

    def may_enter(self, person: Person) -> bool:
        return self.taking if person.begun else self.open

    def thanked(self, person: Person) -> bool:
        """Whether it is known of a link that its answers were sent; the close forgets it of open ones."""
        return person.sent and not (self.closed and person.who in OPEN)

    def known(self, person: Person) -> bool:
        return not self.gone and person.who not in self.erased

    def plan(self, person: Person) -> list[Page]:
        """The fields of every part, as the questionnaire has them."""
        return self.plans[person.audience]

    def expected(self, person: Person) -> tuple[object, ...]:
        given = person.given
        side = person.audience.side
        segments = [given.get(code) for code in COLUMNS[side]]
        named = [
            None if value == NOT_SAID and code in UNNAMED else value
            for code, value in zip(COLUMNS[side], segments, strict=True)
        ]
        return (
            person.audience,
            "".join(given.get(item, "0") for item in ITEMS),
            "".join(f"{int(given[code]):03d}" if code in given else "---" for code in OUTCOMES),
            person.role,
            *named,
        )

    @invariant()
    def every_sent_questionnaire_is_stored_once_and_whole(self) -> None:
        with session_factory(self.engine)() as session:
            found = Counter(
                (row.audience, row.answers, row.outcomes, row.role, *segments_of(row))
                for table in (Intake, Response)
                for row in session.scalars(sa.select(table))
            )
            said = Counter(
                (row.audience.value, row.question, row.text)
                for table in (IntakeComment, Comment)
                for row in session.scalars(sa.select(table))
            )
            used = session.scalar(sa.select(sa.func.count()).where(Invitation.used)) or 0
            marks = session.scalar(sa.select(sa.func.count()).select_from(Submission)) or 0
        assert found == self.stored
        assert said == self.said
        if not self.gone and not self.closed:
            assert sum(found.values()) == used + marks + self.erased_used

    @invariant()
    def a_draft_holds_what_was_given_by_whoever_is_under_way_and_there_is_no_other(self) -> None:
        under_way = {drafts.derive(person.secret): person for person in self.people if person.begun}
        with session_factory(self.engine)() as session:
            found = set(session.scalars(sa.select(Draft.key_hash)))
            opened = {keys: drafts.load_draft(session, keys) for keys in under_way}
        assert found == {keys.name for keys in under_way}
        for keys, person in under_way.items():
            answers = opened[keys]
            assert answers is not None
            numbers = {name: str(number) for name, number in answers.outcomes.items()}
            assert {**answers.points, **numbers, **answers.segments, **answers.comments} == person.given
            assert answers.role == person.role


def plan_of(wave: Wave, audience: Audience) -> list[Page]:
    return [fields_of(page) for page in questions.pages(wave, OURS, audience)]


def fields_of(page: questions.Page) -> Page:
    return [
        *((item.id, "points") for item in page.items),
        *((outcome.id, "outcomes") for outcome in page.outcomes),
        *((question.code, "segments") for question in page.segments),
        *((question.id, "comments") for question in page.comments),
    ]


def drawn(data: st.DataObject, page: Page, *, wrong: bool) -> dict[str, str]:
    """Answers to a part: some fields left out, some emptied; one of them wrong where that is wanted."""
    offered = {
        **{name: "12345D" for name, kind in page if kind == "points"},
        **{name: [str(number) for number in OUTCOMES[name]] for name, kind in page if kind == "outcomes"},
        **{name: SEGMENTS[name] for name, kind in page if kind == "segments"},
        **{name: ("A remark.", "نعم", "Two\nlines") for name, kind in page if kind == "comments"},
    }
    chosen = data.draw(st.lists(st.sampled_from(page), unique=True))
    form = {name: data.draw(st.sampled_from(["", *offered[name]])) for name, _ in chosen}
    if wrong and chosen:
        form[chosen[0][0]] = WRONG[chosen[0][1]]
    return form


def segments_of(row: Intake | Response) -> list[str | None]:
    columns = [row.segment_1, row.segment_2, row.segment_3, row.segment_4]
    return columns[: len(COLUMNS[row.audience.side])]
