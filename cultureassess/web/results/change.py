"""The fourth page: what moved since an earlier wave, what is within noise, and what cannot be compared."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.narrative import statement
from cultureassess.report.words import NO_DIFFERENCE, Words
from cultureassess.services.comparing_waves import Barrier, Comparison, Movement, Verdict, compare_waves
from cultureassess.snapshot.types import Snapshot
from cultureassess.web.results import change_context
from cultureassess.web.results.cells import Cell, Setting
from cultureassess.web.results.strips import percent

COLUMNS = ("customer", "management", "staff", "gap")
UNKNOWN = "–"
MOVED = (Verdict.UP, Verdict.DOWN)


@dataclass(frozen=True)
class Moved:
    """One figure in both waves. ``tone``: up, down, small, noise or barred."""

    name: str
    column: str
    before: str
    after: str
    change: Cell
    word: str
    tone: str
    start: str | None
    end: str | None

    @property
    def known(self) -> bool:
        """At least one of the two waves shows the figure."""
        return (self.before, self.after) != (UNKNOWN, UNKNOWN)


@dataclass(frozen=True)
class Row:
    """One index; ``cells`` in the order of ``COLUMNS``."""

    code: str
    name: str
    cells: tuple[Moved, ...]


@dataclass(frozen=True)
class Sorted:
    """One of the three lists: its heading, what it says, and its lines."""

    heading: str
    lead: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ChangePage:
    """See ``templates/results/change.html``."""

    title: str
    earlier: str
    columns: tuple[tuple[str, str], ...]
    shares: tuple[str, ...]
    lists: tuple[Sorted, ...]
    rows: tuple[Row, ...]
    items: tuple[str, ...]
    shifted: str | None


def build(setting: Setting, before: Snapshot) -> ChangePage:
    """Everything that the page says about an earlier wave and this one."""
    found, words = compare_waves(before, setting.snapshot), setting.words
    rows = tuple(_row(setting, index.code, found) for index in setting.snapshot.indices)
    return ChangePage(
        title=_title(rows, words),
        earlier=", ".join(part for part in (before.wave.label, words.date(before.wave.date)) if part),
        columns=tuple((column, _column(setting, column)) for column in COLUMNS),
        shares=_outcomes(setting, found),
        lists=_lists(rows, setting),
        rows=rows,
        items=tuple(_item(setting, movement) for movement in found.items),
        shifted=change_context.shifted(setting, found.shifted),
    )


def _column(setting: Setting, column: str) -> str:
    return setting.words.gettext("Gap") if column == "gap" else setting.audience(column)


def _row(setting: Setting, code: str, found: Comparison) -> Row:
    name = setting.snapshot.index(code).name
    movements = {**found.indices[code], "gap": found.gaps[code]}
    return Row(code, name, tuple(_moved(setting, name, movements[column]) for column in COLUMNS))


def _moved(setting: Setting, name: str, movement: Movement) -> Moved:
    words, gap = setting.words, movement.audience == "gap"
    shown = movement.barrier is None and movement.before is not None and movement.after is not None
    return Moved(
        name=name,
        column=movement.audience,
        before=_printed(setting, movement.before, gap=gap),
        after=_printed(setting, movement.after, gap=gap),
        change=_change(movement, words),
        word=verdict_word(movement, words),
        tone=movement.verdict.value if movement.verdict else "barred",
        start=percent(movement.before or 0.0) if shown and not gap else None,
        end=percent(movement.after or 0.0) if shown and not gap else None,
    )


def _printed(setting: Setting, value: float | None, *, gap: bool) -> str:
    if value is None:
        return UNKNOWN
    return setting.words.points(value) if gap else setting.words.score(value, setting.snapshot.level_cuts)


def _change(movement: Movement, words: Words) -> Cell:
    if movement.change is None or movement.interval is None:
        return Cell(reason=verdict_word(movement, words))
    return Cell(text=words.points(movement.change), range=words.signed_between(movement.interval))


def verdict_word(movement: Movement, words: Words) -> str:
    """The leader's word for a change, or why there is none."""
    verdicts = {
        Verdict.UP: words.gettext("has risen"),
        Verdict.DOWN: words.gettext("has fallen"),
        Verdict.SMALL: words.gettext("changed, by less than 5 points"),
        Verdict.NOISE: words.gettext("within noise"),
    }
    barriers = {
        Barrier.QUESTIONNAIRE: words.gettext("asked in other words"),
        Barrier.STATEMENTS: words.gettext("customers could judge other statements"),
        Barrier.DEFINITION: words.gettext("another definition of who manages"),
        Barrier.WEIGHTING: words.gettext("weighted otherwise"),
        Barrier.FEW: words.gettext("too few answers in one of the waves"),
    }
    if movement.verdict is not None:
        return verdicts[movement.verdict]
    return barriers[movement.barrier or Barrier.FEW]


def _title(rows: tuple[Row, ...], words: Words) -> str:
    """The finding: what customers see moving; without that, what anybody sees."""
    customers = [row.cells[0] for row in rows]
    risen = [cell for cell in customers if cell.tone == Verdict.UP.value]
    fallen = [cell for cell in customers if cell.tone == Verdict.DOWN.value]
    if all(cell.tone == "barred" for row in rows for cell in row.cells):
        return words.gettext("The two waves cannot be compared")
    if risen and fallen:
        return words.gettext(
            "Customers see {up} of {total} indices rise and {down} fall",
            up=len(risen),
            down=len(fallen),
            total=len(rows),
        )
    if risen:
        return words.gettext(
            "Customers see {up} of {total} indices rise, and none fall", up=len(risen), total=len(rows)
        )
    if fallen:
        return words.gettext(
            "Customers see {down} of {total} indices fall, and none rise", down=len(fallen), total=len(rows)
        )
    return words.gettext("Nothing that customers say has moved beyond noise")


def _lists(rows: tuple[Row, ...], setting: Setting) -> tuple[Sorted, ...]:
    words = setting.words
    cells = [cell for row in rows for cell in row.cells]
    moved = [cell for cell in cells if cell.tone in {verdict.value for verdict in MOVED}]
    quiet = [cell for cell in cells if cell.tone in (Verdict.SMALL.value, Verdict.NOISE.value)]
    barred = [cell for cell in cells if cell.tone == "barred"]
    return (
        Sorted(
            words.gettext("What moved"),
            words.gettext("You would see these changes again, and they are 5 points or more."),
            tuple(_line(setting, cell) for cell in moved),
        ),
        Sorted(
            words.gettext("What is within noise"),
            words.gettext(
                "Differences of this size come about by who happened to answer, or are too small to act on."
            ),
            _by_column(setting, quiet, with_reason=False),
        ),
        Sorted(
            words.gettext("What cannot be compared"),
            words.gettext("A line that is drawn anyway would mislead."),
            _by_column(setting, barred, with_reason=True),
        ),
    )


def _line(setting: Setting, cell: Moved) -> str:
    words = setting.words
    places = {
        "who": _column(setting, cell.column),
        "index": cell.name,
        "before": cell.before,
        "after": cell.after,
        "change": cell.change.text,
        "range": cell.change.range,
    }
    if cell.column == "gap":
        return words.gettext(
            "The gap on {index}: from {before} to {after} ({change}, likely {range}).", **places
        )
    return words.gettext("{who} on {index}: from {before} to {after} ({change}, likely {range}).", **places)


def _by_column(setting: Setting, cells: list[Moved], *, with_reason: bool) -> tuple[str, ...]:
    """One line per audience (and reason) with the names of the indices."""
    words = setting.words
    found: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        found.setdefault((cell.column, cell.word if with_reason else ""), []).append(cell.name)
    return tuple(
        words.gettext(
            "{who}: {names} ({why}).", who=_column(setting, column), names=_names(setting, names), why=why
        )
        if why
        else words.gettext("{who}: {names}.", who=_column(setting, column), names=_names(setting, names))
        for (column, why), names in found.items()
    )


def _names(setting: Setting, names: list[str]) -> str:
    """The indices by name; where nearly all are meant, by those that are not."""
    words = setting.words
    others = [index.name for index in setting.snapshot.indices if index.name not in names]
    if not others:
        return words.gettext("all indices")
    if len(others) < len(names) and len(others) <= 2:
        return words.gettext("all but {others}", others=words.listed(others))
    return words.listed(names)


def _outcomes(setting: Setting, found: Comparison) -> tuple[str, ...]:
    """The overall question and the recommendation, a sentence each."""
    recommendations = (
        change_context.recommendation(setting, movement, verdict_word(movement, setting.words))
        for movement in found.recommendations.values()
    )
    return (*(_share(setting, movement) for movement in found.shares.values()), *recommendations)


def _share(setting: Setting, movement: Movement) -> str:
    """How the overall question moved, whole sentences; a change without verdict names its reason."""
    words = setting.words
    who = words.gettext("Managers") if movement.audience == "management" else words.gettext("Customers")
    if movement.change is None or movement.interval is None:
        return words.gettext(
            "{who} who say that customers come first: {why}.", who=who, why=verdict_word(movement, words)
        )
    return words.gettext(
        "{who} who say that customers come first: from {before} to {after} "
        "({change} percentage points, likely {range}): {word}.",
        who=who,
        before=words.percent(movement.before or 0.0),
        after=words.percent(movement.after or 0.0),
        change=words.points(movement.change, NO_DIFFERENCE),
        range=words.signed_between(movement.interval, NO_DIFFERENCE),
        word=verdict_word(movement, words),
    )


def _item(setting: Setting, movement: Movement) -> str:
    words, snapshot = setting.words, setting.snapshot
    pair = next(pair for pair in snapshot.pairs if pair.id == movement.code)
    interval = movement.interval
    return words.gettext(
        "{statement} from {before} to {after} ({change}, likely {range}).",
        statement=words.quoted(statement(pair.customer or pair.inside or "", snapshot)),
        before=words.number(movement.before or 0.0),
        after=words.number(movement.after or 0.0),
        change=words.points(movement.change or 0.0),
        range=words.signed_between(interval) if interval else "–",
    )
