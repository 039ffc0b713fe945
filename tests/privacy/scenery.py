"""What most privacy tests start from: waves with answers, committed, so that the files have them."""

import datetime as dt

import numpy as np
import sqlalchemy as sa

from cultureassess.db import transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import Invitation, Wave
from cultureassess.services import closing, intake, links
from cultureassess.services.drafts import Answers

from ..scene import TODAY, answer, everything, open_wave

NOW = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
SEGMENTS = ("inside.function", "inside.tenure")


def invited_wave(engine, people, **plan):
    """An open wave with personal links. ``people``: keyword arguments of each invitation.

    Returns (wave id, tokens in the order of ``people``).
    """
    with transaction(engine) as session:
        wave = open_wave(session, segments=SEGMENTS, **plan)
        tokens = [
            links.create_invitation(session, wave, known.pop("audience", Audience.STAFF), **known)
            for known in (dict(known) for known in people)
        ]
        return wave.id, tokens


def send(engine, token, answers=None):
    """One respondent sends everything, in a transaction of their own."""
    with transaction(engine) as session:
        answer(session, token, answers or everything())


def numbered(place):
    """Answers that tell who gave them: the place in base 5, a digit a statement, most significant first."""
    rated = list(everything().points)
    digits = np.base_repr(place, 5).zfill(len(rated))[-len(rated) :]
    return Answers(points={item: str(int(digit) + 1) for item, digit in zip(rated, digits, strict=True)})


def number_of(answers):
    return int("".join(str(int(point) - 1) for point in answers), 5)


def mix(engine, wave_id, *, everything=False):
    with transaction(engine) as session:
        intake.mix_intake(session, session.get_one(Wave, wave_id), everything=everything)


def close(engine, wave_id, *, today=TODAY):
    with transaction(engine) as session:
        closing.close_wave(session, session.get_one(Wave, wave_id), today=today)


def invitations(engine):
    with transaction(engine) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Invitation))


def spearman(first, second):
    ranks = [np.argsort(np.argsort(values)) for values in (first, second)]
    return float(np.corrcoef(*ranks)[0, 1])
