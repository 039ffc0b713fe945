"""Store the demo organisation: last year's wave, reported, and this year's, open and nearly done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess import instruments
from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.models import Assessment, Chosen, OpenLink, Organisation, State, Wave
from cultureassess.services import comment_screening, fielding, links
from cultureassess.services.closing import close_wave, release_results
from cultureassess.services.comments import read_with_comments
from cultureassess.services.demo.generate import wave_answers
from cultureassess.services.demo.profile import Year, nordlicht
from cultureassess.services.errors import DomainError
from cultureassess.services.storing import store_side

FIELDING = dt.timedelta(days=28)
STILL_OPEN = dt.timedelta(days=10)

SEGMENTS = (
    "inside.function",
    "inside.tenure",
    "inside.contact",
    "outside.decider",
    "outside.segment",
    "outside.contact",
    "outside.type",
)

LANGUAGES = ("en", "de", "fr", "es", "ar")

DOORS: tuple[Audience | Side, ...] = (Side.INSIDE, Audience.CUSTOMER, Audience.PARTNER)


class DemoRefused(DomainError):
    """The demo cannot be built here."""


@dataclass(frozen=True)
class DemoLinks:
    """Where to look.

    Attributes:
        last_wave, this_wave: their numbers.
        this_year: the year in which this year's wave closes.
        newest: the number of the newest wave that has results.
        newest_year: the year that it closed in.
        released: whether leaders may read the newest results.
        doors: "inside", "customer" and "partner" to the token of the link; none once the wave is closed.
    """

    organisation: str
    last_wave: int
    this_wave: int
    this_year: int
    newest: int
    newest_year: int
    released: bool
    doors: dict[str, str]

    def addresses(self, base_url: str) -> dict[str, str]:
        """The doors as addresses below the installation's own, for example ``https://host/s/<token>``."""
        return {name: f"{base_url.rstrip('/')}/s/{token}" for name, token in self.doors.items()}


def build(session: Session, *, today: dt.date, secret_key: str) -> DemoLinks:
    """Store both waves of Nordlicht Logistics, or find them: building twice changes nothing.

    Last year's wave closed one year before ``today`` and is reported. This year's is open for another
    ``STILL_OPEN``; if its last day has passed since, it is given that time again. The answers are the
    same in every installation; only keys and tokens are random.

    Args:
        secret_key: the installation's, for the tokens of the doors.

    Raises:
        DemoRefused: an organisation has taken the demo's address without being the demo.
    """
    slug = nordlicht().slug
    organisation = session.scalar(sa.select(Organisation).filter_by(slug=slug))
    if organisation is None:
        organisation = _build(session, today, secret_key)
    last, this = _waves(organisation)
    if this.state is State.OPEN and this.closes_on is not None and this.closes_on < today:
        this.closes_on = today + STILL_OPEN
        session.flush()
    is_open = this.state is State.OPEN
    newest = last if is_open else this
    open_links = links.open_links(session, this) if is_open else ()
    return DemoLinks(
        organisation=organisation.slug,
        last_wave=last.id,
        this_wave=this.id,
        this_year=_year(this),
        newest=newest.id,
        newest_year=_year(newest),
        released=newest.state is State.REPORTED,
        doors={_name(link): links.open_link_token(link, secret_key=secret_key) for link in open_links},
    )


def _build(session: Session, today: dt.date, secret_key: str) -> Organisation:
    instrument = instruments.by_code(nordlicht().instrument)
    organisation = fielding.create_organisation(session, nordlicht().organisation, nordlicht().slug)
    assessment = fielding.create_assessment(session, organisation, instrument)
    closed_on = _a_year_before(today)
    last = _answered_wave(session, assessment, instrument, "last", closes_on=closed_on)
    close_wave(session, last, today=closed_on, secret_key=secret_key)
    comment_screening.mark_read(session, last, read_with_comments(session, last), secret_key=secret_key)
    release_results(session, last)
    this = _answered_wave(session, assessment, instrument, "this", closes_on=today + STILL_OPEN)
    for who in DOORS:
        links.create_open_link(session, this, who, secret_key=secret_key)
    return organisation


def _answered_wave(
    session: Session, assessment: Assessment, instrument: Instrument, year: Year, *, closes_on: dt.date
) -> Wave:
    wave = fielding.create_wave(session, assessment, instrument, _plan(closes_on))
    fielding.open_wave(session, wave, today=closes_on - FIELDING)
    for side in wave_answers(instrument, year=year):
        store_side(session, wave, side, instrument)
    return wave


def _plan(closes_on: dt.date) -> fielding.Plan:
    casts = nordlicht().casts.items()
    asked = {Audience(audience): cast.invited for audience, cast in casts if cast.invited is not None}
    return fielding.Plan(
        label=f"Culture check {closes_on.year}",
        chosen=Chosen.ALL,
        opens_on=closes_on - FIELDING,
        closes_on=closes_on,
        business=True,
        invited=asked,
        population=asked,
        segments=SEGMENTS,
        segment_options={"outside.segment": nordlicht().customer_segments},
        languages=LANGUAGES,
    )


def _waves(organisation: Organisation) -> tuple[Wave, Wave]:
    waves = [wave for assessment in organisation.assessments for wave in assessment.waves]
    if organisation.name != nordlicht().organisation or len(waves) < 2:
        raise DemoRefused(
            f"There is an organisation {organisation.slug} here that is not the demo. "
            "Rename it, or build the demo in another database."
        )
    return waves[0], waves[1]


def _year(wave: Wave) -> int:
    return int(wave.label.split()[-1])


def _name(link: OpenLink) -> str:
    return (link.audience or link.side).value


def _a_year_before(day: dt.date) -> dt.date:
    """The same date a year ago; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
