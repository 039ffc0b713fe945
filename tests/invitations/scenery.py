"""Lists of people, and a confidential wave that invites them."""

import csv
import datetime as dt
import io

import sqlalchemy as sa

from cultureassess import clock, instruments
from cultureassess.db import transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import Invitee, Wave
from cultureassess.services.people import accepting

from ..scene import LONG_AGO, draft_wave, open_wave

OWNER = b"o" * 32
SEGMENTS = ("inside.function", "outside.segment")
INSTRUMENT = instruments.by_code("customer_culture_v1")


def wave_of(session, **plan):
    """An open wave that may have personal links; with ``draft=True`` one that is not open yet."""
    make = draft_wave if plan.pop("draft", False) else open_wave
    return make(session, **{"segments": SEGMENTS, "opens_on": LONG_AGO, "languages": ("en", "de"), **plan})


def csv_of(*rows, header=("Name", "E-Mail"), separator=";", encoding="utf-8"):
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows([header, *rows])
    return written.getvalue().encode(encoding)


def upload(session, wave, data, audience=Audience.CUSTOMER, *, owner=OWNER, now=None):
    return accepting.upload_list(
        session, wave, INSTRUMENT, audience, data, owner=owner, now=now or clock.now()
    )


def check(session, wave, data, audience=Audience.CUSTOMER):
    """What the preview says of a file."""
    return accepting.check_pending(session, wave, INSTRUMENT, upload(session, wave, data, audience))


def reasons(checked):
    """[(line, field, beginning of the reason)]."""
    return [(problem.line, problem.field, problem.reason.split(".")[0]) for problem in checked.problems]


def invite(
    engine, settings, rows, *, audience=Audience.CUSTOMER, header=("Name", "E-Mail"), wave_id=None, **plan
):
    """Take a list over into a new open wave, or an old one; returns the wave's number."""
    with transaction(engine) as session:
        wave = wave_of(session, **plan) if wave_id is None else session.get_one(Wave, wave_id)
        pending = upload(session, wave, csv_of(*rows, header=header), audience)
        accepting.accept_list(session, wave, INSTRUMENT, pending, secret_key=settings.secret_key)
        return wave.id


def customers(number, start=0):
    return [(f"Person {place}", f"person-{place}@kunde.example") for place in range(start, start + number)]


def people(engine):
    with transaction(engine) as session:
        return list(session.scalars(sa.select(Invitee).order_by(Invitee.id)))


def days_later(days):
    return clock.now() + dt.timedelta(days=days)
