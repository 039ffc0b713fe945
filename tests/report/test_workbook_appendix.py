"""The workbook holds every number of the appendix and of the view inside, and none where they have none."""

import io
import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pytest
from msgspec.structs import replace

from cultureassess.report.document.appendix import appendix
from cultureassess.report.document.outcomes import inside_section
from cultureassess.report.document.trend import trend_section
from cultureassess.report.process import Request, written
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot.document import to_json
from cultureassess.snapshot.types import Driver, Importance, ItemFigures, Range, Share
from tests.report import scenes
from tests.samples.companies import COMPANIES, before
from tests.samples.companies import snapshot as of_company

NUMBER = re.compile(r"[+−]?\d[\d,]*(?:\.\d+)?")
RANGE = ("Likely from", "Likely to")
DASHES = ("", "–", "not shown")


def book_of(snapshot, earlier=None):
    told = to_json(earlier).decode() if earlier is not None else None
    return openpyxl.load_workbook(
        io.BytesIO(written(Request("xlsx", to_json(snapshot).decode(), earlier=told)))
    )


def displayed(cell):
    """What a reader sees: the number in the cell's format, with its sign; texts as they are."""
    if isinstance(cell.value, str | None):
        return cell.value or ""
    first = cell.number_format.split(";")[0]
    places = len(re.search(r"0(?:\.(0+))?", first).group(1) or "")
    size = Decimal(repr(abs(cell.value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = "−" if cell.value < 0 else "+" if cell.value > 0 and first.startswith("+") else ""
    return f"{sign}{size}"


def reads_as(shown, printed):
    """Rounded to the decimals of the page, the cell has the page's digits, and the same sign."""
    value, page = (Decimal(text.replace(",", "").replace("−", "-")) for text in (shown, printed))
    places = -page.as_tuple().exponent
    return abs(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) == abs(page) and (
        page == 0 or (shown[0] if shown[0] in "+−" else "") == (printed[0] if printed[0] in "+−" else "")
    )


def same(cells, printed):
    """Tell whether the cells of a row hold what one cell of a page prints."""
    if printed in DASHES:
        return not any(NUMBER.match(shown) for shown in cells)
    if printed.startswith("±"):
        return reads_as(cells[-1], printed[1:])
    if printed in ("under 1%", "<1%"):
        return 0 < float(cells[0]) < 1
    if printed in ("over 99%", ">99%"):
        return 99 < float(cells[0]) < 100
    numbers = NUMBER.findall(printed)
    if not numbers or printed in cells:  # words, also with numbers in them: "95% or more", "4 of 7"
        return printed in cells
    filled = [shown for shown in cells if shown]
    return len(filled) == len(numbers) and all(map(reads_as, filled, numbers))


def lines_of(book):
    """Of each sheet, each row as its texts and what it shows below each head."""
    found = defaultdict(list)
    for sheet in book:
        heads = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            cells = [displayed(cell) for cell in row]
            found[sheet.title].append((set(cells), dict(zip(heads, cells, strict=True))))
    return found


def told(snapshot, earlier=None):
    """Sheet, texts that name the row, heads, what the page prints: of every figure of the appendix."""
    yield from since(snapshot, earlier)
    parts = appendix(snapshot, ENGLISH)
    for table in (*parts.across, *parts.tested, *parts.beside):
        yield from by_caption(table, snapshot)
    inside = inside_section(snapshot, ENGLISH)
    for block in inside.blocks:
        yield from of_block(block)
    if inside.mindset is not None:
        for group, *cells in texts(inside.mindset):
            for measure, (mean, likely) in zip(
                ("Mindset", "Behaviour"), (cells[:2], cells[2:4]), strict=True
            ):
                yield "Means", {measure, group}, ("Mean",), mean
                yield "Means", {measure, group}, (*RANGE, "±"), likely


def texts(table):
    return [[cell.text for cell in row for _ in range(cell.span)] for row in table.rows]


def by_caption(table, snapshot):
    heads = table.heads
    answers = tuple(f"{place} {name}" for place, name in enumerate(snapshot.instrument.scale_labels, 1))
    places = {"Likely": (*RANGE, "±"), "Resampled": ("Resampled from", "Resampled to")}
    places |= {f"Points 1 to {len(answers)}": answers, "Gap (likely)": ("Gap", *RANGE)}
    sheet, names = {
        "Gaps: managers minus customers, in points": ("Gaps", 1),
        "Gaps: managers minus partners, in points": ("Gaps to partners", 1),
        "Steps, in points": ("Steps, in points", 3),
        "Reliability, from 30 answers": ("Reliability", 2),
        "Items": ("Items", 2),
        "Derived importance": ("Importance", 1),
        "Who says that customers come first": ("Outcome", 1),
    }.get(table.caption, ("Means", 1))
    for row in texts(table):
        keys = {cell.replace(" full", ", full") for cell in row[:names]}
        for at, (head, printed) in enumerate(zip(heads[names:], row[names:], strict=True), names):
            group = {table.over[at]} if table.over else {"Partners"} if table.name == "partners" else set()
            if sheet == "Outcome" and at > 4:
                forecast = {f"{row[0]} (their forecast of customers)"}
                yield sheet, forecast, ("Percent",) if at == 5 else places.get(head, (head,)), printed
            else:
                yield sheet, keys | group, places.get(head, (head,)), printed


def of_block(block):
    whole, *items = texts(block)
    for at, group in enumerate(block.heads[1:], 1):
        mean, _, likely = whole[at].rstrip(")").partition(" (")
        yield "Means", {"Whole block", block.caption, group}, ("Mean",), mean
        yield "Means", {"Whole block", block.caption, group}, (*RANGE, "±"), likely
        for row in items:
            share_, _, n = row[at].removesuffix(" agree").partition(" of ")
            yield (
                "The view inside",
                {row[0], group},
                ("Agree", "Percent")[share_.endswith(("%", "more")) :][:1],
                share_,
            )
            yield "The view inside", {row[0], group}, ("n",), n


def since(snapshot, earlier):
    """The page of what changed; below ten answers each mean stands there with its ±."""
    for table in trend_section(snapshot, earlier, ENGLISH).tables if earlier is not None else ():
        for name, then, now, change, likely, *n, verdict in texts(table):
            key = "Trend", {name, table.caption}
            for head, printed in (("Then", then), ("Now", now)):
                mean, _, half = printed.rstrip(")").partition(" (")
                yield *key, (head,), mean
                yield *key, (f"± · {head}",), half
            yield *key, ("Change",), change
            yield *key, RANGE, likely
            yield *key, ("Verdict",), verdict
            if n and n[0] not in DASHES:
                yield *key, ("n · Then", "n · Now"), n[0]


def differing(snapshot, book, earlier=None):
    """What the appendix prints and the workbook has not, or has another way."""
    lines = lines_of(book)
    for sheet, keys, heads, printed in told(snapshot, earlier):
        rows = [cells for names, cells in lines[sheet] if keys <= names]
        cells = [rows[0].get(head, "") for head in heads] if len(rows) == 1 else []
        if (rows or printed not in DASHES) and (len(rows) != 1 or not same(cells, printed)):
            yield sheet, sorted(keys), heads, printed, cells


@pytest.mark.parametrize("name", ["strong", "tiny", "lopsided", "small gap", "customers hidden", "reverse"])
def test_every_figure_of_the_appendix_stands_in_the_workbook(name):
    snapshot = scenes.SCENES[name]()
    assert len(list(told(snapshot))) > 100
    assert list(differing(snapshot, book_of(snapshot))) == []


def test_every_figure_of_the_demo_stands_in_the_workbook(demo):
    figures = list(told(demo))
    assert {sheet for sheet, *_ in figures} == {
        *("Means", "Gaps", "Gaps to partners", "Steps, in points", "Items", "Reliability", "Outcome"),
        "The view inside",
    }
    assert list(differing(demo, book_of(demo))) == []


@pytest.mark.parametrize("company", [one for one in COMPANIES if one.name in ("strong-gap", "tiny")])
def test_every_figure_of_a_company_stands_in_the_workbook(company):
    """One has all of it, with what changed; the other fewer than ten answers on each side."""
    snapshot, earlier = of_company(company), before(company)
    assert list(differing(snapshot, book_of(snapshot, earlier), earlier)) == []


def test_the_workbook_of_another_wave_is_told_apart():
    """Nearly every figure is found to differ: what is compared above could fail."""
    one, other = scenes.SCENES["strong"](), of_company(COMPANIES[0])
    found = list(differing(one, book_of(other)))
    assert len(found) > 400
    assert {sheet for sheet, *_ in found} == {"Means", "Gaps", "Items", "Outcome", "The view inside"}


def with_customers(snapshot, share_):
    groups = snapshot.headline.groups | {"customer": share_}
    return replace(snapshot, headline=replace(snapshot.headline, groups=groups))


def test_a_share_of_few_or_of_nearly_all_stands_in_the_trend_as_on_the_page():
    base = scenes.SCENES["strong"]()
    earlier = with_customers(base, Share(n=7, count=4, percent=400 / 7))
    now = with_customers(base, Share(n=40, bounded="95 or more"))
    book = book_of(now, earlier)
    assert list(differing(now, book, earlier)) == []
    told_ = [row for row in book["Trend"].iter_rows(min_row=2, values_only=True) if row[0] == "Who says so"]
    assert told_[0][2:] == ("4 of 7", "95% or more", None, None, None, 7, 40, "too few to compare")


def test_a_statement_that_nearly_all_agree_with_stands_in_the_view_inside_as_on_the_page():
    base = scenes.SCENES["strong"]()
    (block,) = base.blocks
    code = next(iter(block.wordings))
    items = block.items | {code: {"staff": ItemFigures(n=21, mean=88.0, bounded="95 or more")}}
    told_ = replace(base, blocks=(replace(block, items=items),))
    book = book_of(told_)
    assert list(differing(told_, book)) == []
    assert [cell.value for cell in book["The view inside"][2][2:]] == ["Employees", 21, None, "95% or more"]


def test_gaps_have_their_resampled_ranges_where_these_were_computed():
    base = scenes.SCENES["strong"]()
    first, *others = base.indices
    gap = replace(first.gap, bootstrap=Range(16.4, 37.25))
    told_ = replace(base, indices=(replace(first, gap=gap), *others))
    book = book_of(told_)
    assert list(differing(told_, book)) == []
    assert [cell.value for cell in book["Gaps"][1]][5:7] == ["Resampled from", "Resampled to"]
    assert "Resampled from" not in [cell.value for cell in book_of(base)["Gaps"][1]]


def test_derived_weights_stand_in_the_workbook_with_their_ranges():
    base = scenes.SCENES["strong"]()
    drivers = tuple(
        Driver(one.index, one.weight, 0.285, 0.045, Range(0.005, 0.125), 0.055)
        for one in base.importance.drivers
    )
    told_ = replace(
        base, importance=Importance("answers", "OV1", 251, 0.26, indicative=False, drivers=drivers)
    )
    assert list(differing(told_, book_of(told_))) == []
    assert sum(sheet == "Importance" for sheet, *_ in told(told_)) == 5 * 8
