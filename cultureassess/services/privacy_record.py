"""The record of processing for an organisation's data-protection officer, from a wave's settings.

Facts about this software and this wave only, as Article 30 GDPR orders them. Who is responsible, and on
what ground, the organisation has to fill in; such lines begin with "To be filled in".
"""

from __future__ import annotations

from collections.abc import Iterator

from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.models import Anonymity, Wave
from cultureassess.services.questions import segment_columns
from cultureassess.services.retention import RULES

NAMES = {
    Audience.MANAGEMENT: "Management",
    Audience.STAFF: "Staff",
    Audience.CUSTOMER: "Customers",
    Audience.PARTNER: "Partners and suppliers",
}
OPEN = "To be filled in by the organisation"


def privacy_record(wave: Wave, instrument: Instrument, *, contact: str = "") -> str:
    """Write the record as Markdown.

    Args:
        contact: whom respondents may ask, from the installation's settings.
    """
    organisation = wave.assessment.organisation.name
    sections = {
        "Who is responsible": [
            f"- Controller: {organisation}",
            f"- Representative and data-protection officer: {OPEN}",
            f"- Contact shown to respondents: {contact or 'none is set (CONTACT)'}",
            f"- Processor that runs this installation, and its contract (Article 28): {OPEN}",
        ],
        "Purpose and ground": [
            (
                "- Purpose: to compare how people inside the organisation and its customers see its customer"
                f" focus, for the last {wave.period}, with the questionnaire “{instrument.title}”"
                f" {instrument.version}."
            ),
            f"- Legal ground (Article 6), works council agreement: {OPEN}",
            "- Taking part is voluntary; every question may be skipped.",
        ],
        "Whose data": list(_people(wave)),
        "Which data": list(_data(wave, instrument)),
        "Who receives results": [
            (
                f"- Leaders and consultants see figures of groups only: at least {wave.k} answers for a mean,"
                f" {wave.k_distribution} for a distribution or an interval, {wave.k_comments} respondents for"
                " comments. Other groups are withheld where a shown one would give them away by subtraction."
            ),
            "- Single answers leave the installation only by `cultureassess export`, for the controller.",
            "- No third party and no third country: the software calls no other server.",
        ],
        "How long it is kept": list(_retention()),
        "How it is protected": list(_measures(wave)),
        "What remains": [
            (
                f"- {wave.k - 1} colleagues who pool what they know of their own answers, a recognisable"
                " style in a comment, and an administrator with access to database, memory or backups"
                " while the wave is open. See docs/threat-model.md."
            ),
        ],
    }
    title = f"# Record of processing: {organisation}, {wave.label}\n\n"
    return title + "\n".join(f"## {name}\n\n" + "\n".join(lines) + "\n" for name, lines in sections.items())


def _people(wave: Wave) -> Iterator[str]:
    for audience, row in sorted(wave.audiences.items(), key=lambda pair: list(NAMES).index(pair[0])):
        asked = "number asked not recorded" if row.invited is None else f"{row.invited} asked"
        yield f"- {NAMES[audience]}: {row.definition.rstrip('.')} ({asked})"


def _data(wave: Wave, instrument: Instrument) -> Iterator[str]:
    for side, name in ((Side.INSIDE, "people inside"), (Side.OUTSIDE, "customers and partners")):
        rated = len(instrument.rated_on(side))
        segments = ", ".join(segment_columns(wave, side)) or "nothing"
        yield f"- Of {name}: answers to {rated} statements and to the outcome questions"
        yield f"- Of {name}, about themselves: {segments}"
    yield "- Comments, in a table of their own, with the audience and without a link to the other answers"
    yield "- The day of the answer and the time spent on the statements, both until the close only"
    if wave.anonymity is Anonymity.CONFIDENTIAL:
        yield "- Personal links: a hash, and whether the link was used; neither when nor for which answer"
        yield (
            "- Of people invited by name: name, e-mail or postal address, language and how the link reached"
            " them, in a table of their own; which link was theirs is forgotten at the close"
        )
    if wave.accounts:
        yield "- The business account, as a random number; which number is which ends with the close"
    yield "- Not stored with an answer: names, network addresses, browsers, times of day, the link itself"


def _retention() -> Iterator[str]:
    for rule in RULES:
        yield f"- {rule.what.capitalize()}: until {rule.until}"
    yield "- Answers without timings and days, and published results: until the organisation deletes the wave"


def _measures(wave: Wave) -> Iterator[str]:
    mode = "anonymous: open links only" if wave.anonymity is Anonymity.ANONYMOUS else "confidential"
    yield f"- Mode: {mode}. Mode, thresholds and groups cannot be changed once the wave is open."
    yield "- Unsent answers are encrypted with a key that only the respondent's link holds."
    yield f"- Answers are moved into their table in shuffled batches of at least {wave.k}; all at the close."
    yield f"- What an invitation knows of its holder is stored only as finely as {wave.k} share it."
    yield "- `cultureassess audit-privacy` inspects the live database for each of these promises."
