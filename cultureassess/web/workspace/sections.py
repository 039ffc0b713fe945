"""The parts in which a wave's plan is changed: what each shows, and how it is read back.

In an open wave a part shows only what is not frozen (docs/workspace.md), and reads only that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cultureassess import instruments
from cultureassess.disclosure.minimums import Rules
from cultureassess.instruments.types import Audience, Instrument, Outcome, RoleOption, Side
from cultureassess.models import Anonymity, Chosen, State, Wave
from cultureassess.models.responses import SEGMENT_COLUMNS
from cultureassess.services.fielding import DEFINITIONS, Plan, plan_of
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace.sheet import Sheet

Value = str | list[str] | tuple[str, ...]
Shown = Mapping[str, Value]

DEFINITION = 1000
VALUE = 100
MOST_VALUES = {"outside.segment": 6, "inside.function": 12}
"""Segments for which an organisation may have values of its own, and how many at most (METHOD 1.8)."""


@dataclass(frozen=True)
class Section:
    """One part: its fields as they stand, and how they are read into a plan."""

    name: str
    shown: Callable[[Wave], Shown]
    read: Callable[[Sheet, Wave], Plan]
    all_frozen: bool = False
    """Whether nothing of it may change in an open wave."""


def titles() -> dict[str, str]:
    """The parts by their headings, in the order of the page."""
    return {
        "period": gettext("Dates"),
        "people": gettext("People"),
        "questions": gettext("Questions"),
        "privacy": gettext("Privacy and thresholds"),
        "languages": gettext("Languages"),
    }


def _period_shown(wave: Wave) -> Shown:
    dates = {"opens_on": wave.opens_on, "closes_on": wave.closes_on}
    return {"label": wave.label} | {
        name: date.isoformat() for name, date in dates.items() if date is not None
    }


def _read_period(sheet: Sheet, wave: Wave) -> Plan:
    plan = plan_of(wave)
    label = sheet.text("label", missing=gettext("Enter a name for the wave."))
    closes_on = sheet.day("closes_on", missing=gettext("Enter the last day."))
    opens_on = (
        plan.opens_on if is_frozen(wave) else sheet.day("opens_on", missing=gettext("Enter the first day."))
    )
    if opens_on is not None and closes_on is not None and closes_on < opens_on:
        sheet.refuse("closes_on", gettext("The last day must not come before the first."))
    return replace(plan, label=label, opens_on=opens_on, closes_on=closes_on)


def _people_shown(wave: Wave) -> Shown:
    shown: dict[str, Value] = {
        "chosen": wave.chosen.value,
        "roles": wave.management_roles,
        "business": "yes" if wave.business else "",
        "audiences": [audience.value for audience in wave.audiences],
    }
    for audience in Audience:
        row = wave.audiences.get(audience)
        shown[f"definition-{audience}"] = DEFINITIONS[audience] if row is None else row.definition
        for name, number in (("invited", row and row.invited), ("population", row and row.population)):
            shown[f"{name}-{audience}"] = "" if number is None else str(number)
    return shown


def _read_people(sheet: Sheet, wave: Wave) -> Plan:
    plan = plan_of(wave) if is_frozen(wave) else _read_who(sheet, wave)
    numbers: dict[str, dict[Audience, int]] = {"invited": {}, "population": {}}
    for name, found in numbers.items():
        for audience in plan.definitions:
            if (number := sheet.number(f"{name}-{audience}")) is not None:
                found[audience] = number
    for audience in plan.definitions:
        _check_numbers(sheet, audience, numbers["invited"].get(audience), numbers["population"].get(audience))
    return replace(plan, invited=numbers["invited"], population=numbers["population"])


def _read_who(sheet: Sheet, wave: Wave) -> Plan:
    names = sheet.choices("audiences", [audience.value for audience in Audience])
    audiences = [Audience(name) for name in names]
    if {audience.side for audience in audiences} != set(Side):
        sheet.refuse(
            "audiences", gettext("Choose at least one audience inside and one outside."), anchor="audiences-1"
        )
    ways = [way.value for way in Chosen]
    chosen = sheet.choice("chosen", ways, missing=gettext("Say how the customers were chosen."))
    missing = gettext("Say who belongs to this audience.")
    definitions = {a: sheet.text(f"definition-{a}", missing=missing, most=DEFINITION) for a in audiences}
    offered = [option.code for option in role_options(instrument_of(wave))]
    roles = sheet.choices("roles", offered)
    if not roles or len(roles) == len(offered):
        sheet.refuse(
            "roles",
            gettext("Choose who counts as management, and leave somebody as staff."),
            anchor="roles-1",
        )
    return replace(
        plan_of(wave),
        definitions=definitions,
        chosen=Chosen(chosen) if chosen else wave.chosen,
        management_roles=roles,
        business=sheet.flag("business"),
    )


def _check_numbers(sheet: Sheet, audience: Audience, invited: int | None, population: int | None) -> None:
    if invited is not None and population is not None and invited > population:
        sheet.refuse(
            f"invited-{audience}", gettext("More are asked than there are. Correct one of the two numbers.")
        )


def _questions_shown(wave: Wave) -> Shown:
    shown: dict[str, Value] = {
        "period": wave.period,
        "segments": wave.segments,
        "outcomes": [o.id for o in optional_outcomes(instrument_of(wave)) if o.id not in wave.left_out],
    }
    for key in MOST_VALUES:
        shown[f"values-{key}"] = "\n".join(wave.segment_options.get(key, ()))
    return shown


def _read_questions(sheet: Sheet, wave: Wave) -> Plan:
    instrument = instrument_of(wave)
    offered = [f"{question.side}.{question.code}" for question in instrument.segments]
    segments = sheet.choices("segments", offered)
    for side in Side:
        if len({key for key in segments if key.startswith(f"{side}.")}) > len(SEGMENT_COLUMNS):
            sheet.refuse("segments", gettext("Choose at most four for each side."), anchor="segments-1")
    values = {key: _values(sheet, key, most) for key, most in MOST_VALUES.items()}
    if "outside.segment" in segments and not values["outside.segment"]:
        sheet.refuse(
            "values-outside.segment", gettext("Enter the customer segments, or do not ask for them.")
        )
    kept = sheet.choices("outcomes", [outcome.id for outcome in optional_outcomes(instrument)])
    return replace(
        plan_of(wave),
        period=sheet.text("period", missing=gettext("Enter the time that is asked about.")),
        segments=segments,
        segment_options={key: found for key, found in values.items() if found and key in segments},
        left_out=tuple(o.id for o in optional_outcomes(instrument) if o.id not in kept),
    )


def _values(sheet: Sheet, key: str, most: int) -> tuple[str, ...]:
    name = f"values-{key}"
    values = sheet.lines(name, most=VALUE)
    if len(values) > most:
        sheet.refuse(name, gettext("At most %(most)d values: with more, groups become too small.", most=most))
    if len(values) == 1:
        sheet.refuse(name, gettext("One value tells nothing apart. Enter at least two."))
    return values


def _privacy_shown(wave: Wave) -> Shown:
    return {
        "anonymity": wave.anonymity.value,
        "accounts": "yes" if wave.accounts else "",
        "k": str(wave.k),
        "k_comments": str(wave.k_comments),
        "k_distribution": str(wave.k_distribution),
    }


def _read_privacy(sheet: Sheet, wave: Wave) -> Plan:
    modes = [mode.value for mode in Anonymity]
    anonymity = sheet.choice("anonymity", modes, missing=gettext("Say how people come in."))
    accounts = sheet.flag("accounts")
    if accounts and anonymity == Anonymity.ANONYMOUS.value:
        sheet.refuse(
            "accounts", gettext("Business accounts need personal links: such a wave is confidential.")
        )
    missing = gettext("Enter a number.")
    k = sheet.number("k", missing=missing, low=5, high=50)
    comments = sheet.number("k_comments", missing=missing, low=10, high=100)
    distribution = sheet.number("k_distribution", missing=missing, low=10, high=100)
    before = Rules()
    return replace(
        plan_of(wave),
        anonymity=Anonymity(anonymity) if anonymity else wave.anonymity,
        accounts=accounts,
        rules=Rules(
            k=k or before.k,
            k_comments=comments or before.k_comments,
            k_distribution=distribution or before.k_distribution,
        ),
    )


def _languages_shown(wave: Wave) -> Shown:
    shown: dict[str, Value] = {
        "languages": wave.languages,
        "first": wave.languages[0],
        "informal": "yes" if wave.informal else "",
    }
    for code, names in wave.organisation_names.items():
        shown[f"name-{code}"] = names[0] if names else ""
    return shown


def _read_languages(sheet: Sheet, wave: Wave) -> Plan:
    offered = instruments.languages(wave.assessment.instrument)
    chosen = sheet.choices("languages", offered)
    if not chosen:
        sheet.refuse("languages", gettext("Choose at least one language."), anchor="languages-1")
    first = sheet.value("first")
    if chosen and first not in chosen:
        sheet.refuse("first", gettext("The first language must be one of those chosen."), anchor="first-1")
    names = {code: sheet.text(f"name-{code}") for code in offered}
    return replace(
        plan_of(wave),
        languages=(first, *(code for code in chosen if code != first)) if first in chosen else chosen,
        informal=sheet.flag("informal"),
        organisation_names={code: (name,) for code, name in names.items() if name},
    )


def is_frozen(wave: Wave) -> bool:
    """Whether what people are asked is fixed: from the opening on."""
    return wave.state is not State.DRAFT


def instrument_of(wave: Wave) -> Instrument:
    """The questionnaire of a wave."""
    return instruments.by_code(wave.assessment.instrument)


def role_options(instrument: Instrument) -> tuple[RoleOption, ...]:
    """The answers to "Do you lead people?"."""
    return instrument.role_question.options if instrument.role_question is not None else ()


def optional_outcomes(instrument: Instrument) -> tuple[Outcome, ...]:
    """The outcomes that a wave may leave out (METHOD 1.7)."""
    return tuple(outcome for outcome in instrument.outcomes if outcome.optional)


SECTIONS: Mapping[str, Section] = {
    section.name: section
    for section in (
        Section("period", _period_shown, _read_period),
        Section("people", _people_shown, _read_people),
        Section("questions", _questions_shown, _read_questions, all_frozen=True),
        Section("privacy", _privacy_shown, _read_privacy, all_frozen=True),
        Section("languages", _languages_shown, _read_languages),
    )
}
