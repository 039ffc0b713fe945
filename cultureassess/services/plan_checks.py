"""What a plan decides about a questionnaire, checked against the instrument (METHOD 1.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cultureassess import instruments
from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.models.responses import SEGMENT_COLUMNS
from cultureassess.services.errors import WaveRefused
from cultureassess.services.reading import MOST_VALUES

if TYPE_CHECKING:
    from cultureassess.services.fielding import Plan


def management_roles(instrument: Instrument, plan: Plan) -> tuple[str, ...]:
    """The roles that count as management: the plan's, or the instrument's. Raises WaveRefused for others."""
    options = instrument.role_question.options if instrument.role_question is not None else ()
    if plan.management_roles is None:
        return tuple(option.code for option in options if option.audience is Audience.MANAGEMENT)
    _refuse_unknown("role", plan.management_roles, [option.code for option in options])
    return plan.management_roles


def segments(instrument: Instrument, plan: Plan) -> tuple[str, ...]:
    """The segment questions to ask: the plan's, or the default ones of the audiences that take part."""
    offered = [f"{question.side}.{question.code}" for question in instrument.segments]
    if plan.segments is None:
        default = [
            key
            for key, question in zip(offered, instrument.segments, strict=True)
            if question.default
            and (question.codes or key in plan.segment_options)
            and (question.audience is None or question.audience in plan.definitions)
        ]
        return tuple(dict.fromkeys(default))
    _refuse_unknown("segment", plan.segments, offered)
    return tuple(dict.fromkeys(plan.segments))


def languages(instrument: Instrument, plan: Plan) -> tuple[str, ...]:
    """The languages to offer, the first being the default."""
    packaged = instrument.code in instruments.available()
    offered = instruments.languages(instrument.code) if packaged else (instrument.language,)
    _refuse_unknown("language", plan.languages, offered)
    return tuple(dict.fromkeys(plan.languages)) or (instrument.language,)


def left_out(instrument: Instrument, plan: Plan) -> tuple[str, ...]:
    """The optional outcomes that are not asked."""
    optional = [outcome.id for outcome in instrument.outcomes if outcome.optional]
    _refuse_unknown("optional outcome", plan.left_out, optional)
    return plan.left_out


def check_days(plan: Plan) -> None:
    """See that the field period does not end before it begins."""
    if plan.opens_on is not None and plan.closes_on is not None and plan.closes_on < plan.opens_on:
        raise WaveRefused("The last day must not come before the first.")


def check_segments(
    segments: tuple[str, ...], options: Mapping[str, tuple[str, ...]], instrument: Instrument
) -> None:
    """See that the segments can be asked, stored and read back.

    Raises:
        WaveRefused: too many on a side, one without values, or one with too many.
    """
    for side in Side:
        if len({key for key in segments if key.startswith(f"{side}.")}) > len(SEGMENT_COLUMNS):
            raise WaveRefused(f"A wave asks at most {len(SEGMENT_COLUMNS)} segments on a side (METHOD 1.8).")
    for question in instrument.segments:
        key = f"{question.side}.{question.code}"
        if key in segments and not (question.codes or options.get(key)):
            raise WaveRefused(f"The segment {key} needs the organisation's own values.")
    _refuse_countless_values(segments, options, instrument)


def _refuse_countless_values(
    segments: tuple[str, ...], options: Mapping[str, tuple[str, ...]], instrument: Instrument
) -> None:
    """A wave must never be opened that cannot be read when it is closed."""
    values: dict[str, set[str]] = {key: set() for key in segments}
    for question in instrument.segments:
        key = f"{question.side}.{question.code}"
        values.setdefault(key, set()).update(options.get(key, question.codes))
    for key in segments:
        if len(values[key]) > MOST_VALUES:
            raise WaveRefused(
                f"The segment {key} has {len(values[key])} values; there is room for {MOST_VALUES}, and "
                "hardly any of so many would reach the answers that it takes to be shown. "
                "Put them into groups."
            )


def _refuse_unknown(what: str, wanted: Sequence[str], offered: Sequence[str]) -> None:
    unknown = [code for code in wanted if code not in offered]
    if unknown:
        raise WaveRefused(f"There is no {what} {unknown[0]!r}; there is {', '.join(offered)}.")
