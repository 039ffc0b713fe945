"""How far the numbers carry: who answered, how steady the indices are, what was left out (METHOD 3.7-3.9)."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.narrative.concerns import concern_sentences
from cultureassess.report.narrative.sampling import chosen_sentence, tipping_sentence
from cultureassess.report.words import Words
from cultureassess.scoring.waves import MEANINGFUL
from cultureassess.snapshot.types import Careless, IndexResult, LateAnswers, Reliability, Snapshot
from cultureassess.web.results.cells import Cell, Setting, mean
from cultureassess.web.results.page import Absent, CoverageRow, absent, coverage


@dataclass(frozen=True)
class Steady:
    """Reliability of one index: alpha and omega (or Spearman-Brown) per audience, and managers' agreement.

    ``tested``: there were enough answers of at least one audience, so that no concern means none was found.
    """

    code: str
    name: str
    cells: tuple[Cell, ...]
    agreement: Cell
    band: str
    tested: bool
    concerns: tuple[str, ...]


@dataclass(frozen=True)
class LateRow:
    """Early and late answers of one side."""

    side: str
    early: Cell
    late: Cell
    said: str


@dataclass(frozen=True)
class CarelessRow:
    """What was looked for in one audience's answers; None where a count of its side is withheld."""

    side: str
    answered: str | None
    straight: str | None
    fast: str | None
    excluded: str | None


@dataclass(frozen=True)
class QualityPage:
    """See ``templates/results/quality.html``."""

    title: str
    said: tuple[str, ...]
    coverage: tuple[CoverageRow, ...]
    late: tuple[LateRow, ...]
    careless: tuple[CarelessRow, ...]
    audiences: tuple[str, ...]
    steady: tuple[Steady, ...]
    absent: tuple[Absent, ...]


JUDGED = ("management", "staff", "customer")


def build(setting: Setting) -> QualityPage:
    """Everything that a sceptical reader asks about the data."""
    snapshot, words = setting.snapshot, setting.words
    steady = tuple(_steady(setting, index) for index in snapshot.indices)
    return QualityPage(
        title=_title(snapshot, steady, words),
        said=tuple(_said(snapshot, words)),
        coverage=coverage(setting),
        late=tuple(_late(setting, row) for row in snapshot.late),
        careless=tuple(found for row in snapshot.careless for found in _careless(setting, row)),
        audiences=tuple(setting.audience(code) for code in JUDGED),
        steady=steady,
        absent=absent(setting),
    )


def _title(snapshot: Snapshot, steady: tuple[Steady, ...], words: Words) -> str:
    found = snapshot.detectable
    doubtful = sum(bool(row.concerns) for row in steady)
    if found is None:
        return words.gettext("Too few answers to measure a gap: read this as a conversation")
    if doubtful:
        return words.ngettext(
            "Gaps from {one} points show up; {n} index needs a second look",
            "Gaps from {one} points show up; {n} indices need a second look",
            doubtful,
            one=words.number(found.one),
            n=doubtful,
        )
    if not all(row.tested for row in steady):
        return words.gettext(
            "Gaps from {one} points show up; too few answers to see whether every index holds together",
            one=words.number(found.one),
        )
    return words.gettext(
        "Gaps from {one} points show up, and every index holds together", one=words.number(found.one)
    )


def _said(snapshot: Snapshot, words: Words) -> list[str]:
    """How customers were chosen, what the silent could change, what can be found, accounts, and languages."""
    said = [chosen_sentence(snapshot, words)]
    if (tipping := tipping_sentence(snapshot, words)) is not None:
        said.append(tipping)
    if (found := snapshot.detectable) is not None:
        said.append(
            words.gettext(
                "With {managers} and {customers} this wave reliably finds gaps of about {one} points (one "
                "index alone) to {family} points (all indices judged together).",
                managers=words.managers(found.n_management),
                customers=words.customers(found.n_customers),
                one=words.number(found.one),
                family=words.number(found.family),
            )
        )
    if snapshot.wave.accounts:
        said.append(_accounts(snapshot, words))
    said.append(
        words.gettext(
            "Languages are not counted here: an answer keeps the language it was given in (“other” where few "
            "used it), but the results hold no number of them, because one of a few could be recognised."
        )
    )
    return said


def _accounts(snapshot: Snapshot, words: Words) -> str:
    if any(index.gap.errors == "accounts" for index in snapshot.indices):
        return words.gettext(
            "Several customers answered for the same account; ranges and verdicts count accounts, not people."
        )
    return words.gettext("Accounts were declared, and hardly any of them answered more than once.")


def _steady(setting: Setting, index: IndexResult) -> Steady:
    words, found = setting.words, {one.audience: one for one in index.reliability}
    return Steady(
        code=index.code,
        name=index.name,
        cells=tuple(_reliability(setting, found.get(code)) for code in JUDGED),
        agreement=Cell(reason=words.gettext("from 10 managers"))
        if index.agreement is None
        else Cell(text=words.decimal(index.agreement, 2)),
        band=index.agreement_band or "",
        tested=bool(index.reliability) and all(one.withheld is None for one in index.reliability),
        concerns=concern_sentences(index, words),
    )


def _reliability(setting: Setting, found: Reliability | None) -> Cell:
    """Omega where it can be computed, else Spearman-Brown or alpha; the range is alpha's."""
    words = setting.words
    if found is None or found.withheld is not None:
        return Cell(reason=words.gettext("from 30 answers"))
    value = found.omega if found.omega is not None else found.spearman_brown
    value = value if value is not None else found.alpha
    if value is None:
        return Cell(reason=words.gettext("not defined"))
    return Cell(text=words.decimal(value, 2))


def side_name(side: str, words: Words) -> str:
    """Both sides of the questionnaire by name."""
    return words.gettext("Inside") if side == "inside" else words.gettext("Outside")


def _late(setting: Setting, row: LateAnswers) -> LateRow:
    words = setting.words
    if row.difference is None:
        said = words.gettext("Not compared: one of the two parts may not be shown.")
        return LateRow(side_name(row.side, words), mean(setting, row.early), mean(setting, row.late), said)
    apart = words.points(row.difference, (MEANINGFUL,))
    if not row.notable:
        said = words.gettext(
            "Late and early answers are less than 5 points apart ({apart}).",
            apart=apart,
        )
    elif row.difference < 0:
        said = words.gettext(
            "Late answers are lower ({apart}); silence may hide more.",
            apart=apart,
        )
    else:
        said = words.gettext(
            "Late answers are higher ({apart}); silence may hide more.",
            apart=apart,
        )
    return LateRow(side_name(row.side, words), mean(setting, row.early), mean(setting, row.late), said)


def _careless(setting: Setting, row: Careless) -> tuple[CarelessRow, ...]:
    """One row an audience; one for the side where nothing of it is shown."""
    words = setting.words
    if not row.audiences:
        # Nobody looks like one to four (METHOD 4.2).
        counts = (row.answered, row.straight, row.fast, row.excluded) if row.answered else (None,) * 4
        printed = [None if count is None else words.number(count) for count in counts]
        return (CarelessRow(side_name(row.side, words), *printed),)
    return tuple(
        CarelessRow(
            setting.audience(one.audience),
            *(words.number(count) for count in (one.answered, one.straight, one.fast, one.excluded)),
        )
        for one in row.audiences
    )
