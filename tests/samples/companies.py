"""Six companies, made up: who answered, how kindly, and how each one's report looks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from dataclasses import replace as changed

import numpy as np

from cultureassess import instruments
from cultureassess.instruments.types import Side
from cultureassess.report.options import USUAL, Options, Voice
from cultureassess.scoring.answers import DONT_KNOW, Comment, Segment, SideAnswers
from cultureassess.snapshot.build import build_snapshot
from cultureassess.snapshot.comments import with_comments
from cultureassess.snapshot.settings import Settings
from cultureassess.snapshot.types import Snapshot
from tests.samples.pictures import logo

INSTRUMENT = instruments.by_code("customer_culture_v1")
DATE = dt.date(2026, 11, 20)
GERMAN = (
    "Rechtsschutzversicherungsgesellschaftsvorstandssekretariat",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunt.",
    "Kundenzufriedenheitsbefragungsauswertungsabteilung Nord-West",
)
CHINESE = ("北京客户服务中心", "上海制造事业部", "广州零售部")


@dataclass(frozen=True)
class Group:
    """One audience: how many answered, and the middle of its answers on the 1-5 scale, index by index."""

    people: int
    middle: float
    shifts: dict[str, float] = field(default_factory=dict)
    spread: float = 0.7


@dataclass(frozen=True)
class Company:
    """One sample: its groups, its settings, and what its report looks like."""

    name: str
    groups: dict[str, Group]
    settings: Settings
    options: Options = USUAL
    customer_groups: tuple[str, ...] = ()
    comments: bool = False
    earlier: bool = False


def snapshot(company: Company, seed: int = 7) -> Snapshot:
    """The snapshot of a sample; the same every time."""
    sides = (_side(company, Side.INSIDE, seed), _side(company, Side.OUTSIDE, seed))
    built = build_snapshot(INSTRUMENT, *sides, company.settings)
    return with_comments(built, [comment for side in sides for comment in side.comments])


def before(company: Company) -> Snapshot:
    """The wave before: fewer customers, who were a little less kind."""
    groups = dict(company.groups)
    groups["customer"] = changed(groups["customer"], people=140, middle=groups["customer"].middle - 0.35)
    settings = changed(company.settings, label="Autumn 2025", date=dt.date(2025, 11, 21), invited={})
    return snapshot(changed(company, groups=groups, settings=settings), seed=11)


def _side(company: Company, side: Side, seed: int) -> SideAnswers:
    names = ("management", "staff") if side is Side.INSIDE else ("customer", "partner")
    groups = [company.groups.get(name, Group(0, 3)) for name in names]
    random = np.random.default_rng([seed, len(company.name), side is Side.INSIDE])
    people = sum(group.people for group in groups)
    points = np.concatenate([_points(group, side, random) for group in groups])
    audience = np.repeat([0, 1], [group.people for group in groups]).astype(np.int8)
    return SideAnswers(
        points=points,
        outcomes=_outcomes(points, side, random),
        audiences=names,
        audience=audience,
        segments=_segments(company, side, audience, random),
        late=np.arange(people) % 4 == 0,
        comments=_comments(company, side),
    )


def _indices() -> list[str]:
    """The index of every rated item, so that its items move together; the employee block is one, too."""
    return [item.index for item in INSTRUMENT.rated]


def _points(group: Group, side: Side, random: np.random.Generator) -> np.ndarray:
    shape = group.people, len(INSTRUMENT.rated)
    opinion = random.normal(group.middle, 0.55 * group.spread, size=(group.people, 1))
    shifts = np.array([group.shifts.get(item.index, 0.0) for item in INSTRUMENT.rated])
    own = {code: random.normal(0, 0.5 * group.spread, group.people) for code in sorted(set(_indices()))}
    together = np.column_stack([own[code] for code in _indices()])
    drawn = np.rint(opinion + shifts + together + random.normal(0, 0.75 * group.spread, size=shape))
    points = np.clip(drawn, 1, 5).astype(np.uint8)
    points[random.random(shape) < 0.06] = DONT_KNOW
    points[:, [item.wording(side) is None for item in INSTRUMENT.rated]] = 0
    return points


def _outcomes(points: np.ndarray, side: Side, random: np.random.Generator) -> np.ndarray:
    given = np.where((points > 0) & (points <= 5), points, np.nan).astype(float)
    mood = np.nanmean(np.column_stack([given, np.full(len(points), 3.0)]), axis=1)
    columns = []
    for outcome in INSTRUMENT.outcomes:
        if outcome.wording(side) is None:
            columns.append(np.full(len(points), -1.0))
            continue
        low, high = (1, len(outcome.options)) if outcome.kind == "degree" else (outcome.low, outcome.high)
        middle = low + (mood - 1) / 4 * (high - low)
        columns.append(np.clip(np.rint(middle + random.normal(0, (high - low) / 9, len(points))), low, high))
    return np.column_stack(columns).astype(np.int16)


def _segments(
    company: Company, side: Side, audience: np.ndarray, random: np.random.Generator
) -> dict[str, Segment]:
    if side is Side.OUTSIDE:
        names = company.customer_groups
        if not names:
            return {}
        drawn = random.integers(0, len(names), len(audience))
        return {"segment": Segment(names, np.where(audience == 0, drawn, -1).astype(np.int8))}
    roles = tuple(option.code for option in INSTRUMENT.role_question.options)
    functions = next(q.codes for q in INSTRUMENT.segments if q.side is side and q.code == "function")
    role = np.where(audience == 0, random.choice(3, len(audience), p=(0.15, 0.35, 0.5)), 3)
    drawn = random.choice(len(functions) - 1, len(audience))
    return {
        "role": Segment(roles, role.astype(np.int8)),
        "function": Segment(functions, drawn.astype(np.int8)),
    }


def _comments(company: Company, side: Side) -> tuple[Comment, ...]:
    if not company.comments:
        return ()
    audience, questions = (
        ("customer", ("OPEN_C1", "OPEN_C2")) if side is Side.OUTSIDE else ("staff", ("OPEN_I1",))
    )
    return tuple(Comment(code, audience, text) for code in questions for text in WRITTEN[code])


WRITTEN = {
    "OPEN_C1": (
        "The drivers. They know our yard better than we do.",
        "Pick up the phone. I never wait long.",
        "Honest dates, most of the time.",
        "The monthly call with our contact.",
        "Deliveries on public holidays.",
        "Nothing to add, it works.",
    ),
    "OPEN_C2": (
        "I explain the same claim to three people before somebody takes it on.",
        "Tell me when a truck is late. I find out from my own customer.",
        "Your portal asks for things that you already have.",
        "I gave feedback twice and never heard of it again.",
        "Everybody is friendly, nobody may decide.",
        "The new tariff sheet: nobody could explain it.",
        "One contact instead of five.",
        "When something goes wrong, say so first.",
    ),
    "OPEN_I1": (
        "Three approvals for a goodwill of fifty euros.",
        "Sales promises dates that dispatch hears of on Monday.",
        "The claims system does not show what the customer said on the phone.",
        "We are measured on minutes per call.",
        "Nobody owns a case that crosses two branches.",
        "Fear of saying no to the big accounts.",
    ),
}

KIND = {"CF": 0.1, "SB": 0.2, "RG": 0.15, "IN": 0.2}
HARSH = {"EO": -0.5, "CF": -0.45, "CI": -0.3, "CO": -0.3, "RG": 0.5, "IN": 0.7}


def _settings(organisation: str, chosen: str = "random", **invited: int) -> Settings:
    return Settings(
        organisation=organisation,
        chosen=chosen,  # type: ignore[arg-type]
        date=DATE,
        label="Autumn 2026",
        period="12 months",
        invited=invited,
        confidential=True,
        management=tuple(
            o.code for o in INSTRUMENT.role_question.options if o.audience.value == "management"
        ),
    )


COMPANIES = (
    Company(
        "strong-gap",
        {
            "management": Group(34, 4.05, KIND),
            "staff": Group(160, 3.55, {"EO": -0.2}),
            "customer": Group(260, 2.95, HARSH),
        },
        _settings("Nordlicht Logistics", management=38, staff=240, customer=900),
        Options(
            accent="#0f5a63",
            logo=logo("NL", "#0f5a63"),
            voice=Voice(
                name="Brandt & Partner",
                contact="petra@brandt.example",
                logo=logo("B+P", "#7a3e00"),
                note="Three large accounts changed hands in March. Read the customers’ side with that.",
                indices={"EO": "In twelve interviews nobody could say what became of last year’s feedback."},
                recommendation="Sit in on ten customer calls before the workshop; then choose the first gap.",
            ),
        ),
        ("Retail", "Industry", "Public sector"),
        comments=True,
        earlier=True,
    ),
    Company(
        "no-gap",
        {
            "management": Group(60, 3.9, spread=0.6),
            "staff": Group(300, 3.85, spread=0.6),
            "customer": Group(420, 3.9, spread=0.6),
        },
        _settings("Seebad Apotheken", management=62, staff=410, customer=1500),
        customer_groups=("Households", "Care homes"),
    ),
    Company(
        "reverse-gap",
        {
            "management": Group(28, 2.9, spread=0.6),
            "staff": Group(120, 3.2, spread=0.6),
            "customer": Group(230, 3.85, {"IN": 0.2}, spread=0.6),
        },
        _settings("Werkstatt Kollektiv", "all", management=30, staff=150, customer=300),
        customer_groups=("Cities", "Villages"),
    ),
    Company(
        "tiny",
        {"management": Group(8, 4.0), "staff": Group(7, 3.6), "customer": Group(6, 3.1)},
        _settings("Beispiel & Töchter", "picked", management=9, staff=12, customer=14),
    ),
    Company(
        "lopsided",
        {"management": Group(5, 4.1), "staff": Group(40, 3.6), "customer": Group(3200, 3.2, HARSH)},
        _settings("Bundesverband der Rechtsschutzversicherungsgesellschaften", "open"),
        Options(paper="Letter"),
        GERMAN,
    ),
    Company(
        "arabic",
        {
            "management": Group(30, 4.0, KIND),
            "staff": Group(90, 3.6),
            "customer": Group(150, 3.1, HARSH),
        },
        _settings("النخيل للخدمات", management=33, staff=120, customer=400),
        Options(language="ar"),
        CHINESE,
    ),
)
