"""What changed since the wave before: on page 1, on its own page and in the workbook."""

from msgspec.structs import replace
from scipy import stats

from cultureassess.report.document import document
from cultureassess.report.sheets.asked import trend_sheet
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from tests.report import factory, parts, scenes


def earlier(**wave):
    return replace(factory.c17(), wave=factory.wave(label="Spring 2025", **wave))


def said_so(snapshot, count, n):
    share = scenes.share(count, n)
    groups = {**snapshot.headline.groups, "customer": share}
    return replace(snapshot, headline=replace(snapshot.headline, groups=groups))


def test_the_trend_has_what_page_one_tells_of_the_wave_before():
    then, now = said_so(earlier(), 6, 140), said_so(factory.c17(), 24, 260)
    told = document(now, earlier=then)
    assert (
        "4% of 140 customers said so (since then +5 percentage points, likely −1 to +10)" in told.cover.since
    )
    table = told.trend.tables[0]
    assert [cell.text for cell in table.rows[0]] == [
        *("Who says so", "4%", "9%", "+5", "−1 to +10", "140 / 260", "within noise"),
    ]
    assert [cell.text for cell in table.rows[1]][:4] == [
        *("CC4 (4 of 8 indices)", "49.5", "49.5", "0"),
    ]
    assert table.rows[1][-1].text == "–"


def rows_of_customers(now, then):
    return {
        row[0].text: [cell.text for cell in row[1:]]
        for row in document(now, earlier=then).trend.tables[0].rows
    }


def test_what_cannot_be_compared_says_why():
    now, then = factory.c17(), earlier()
    first, second, *others = then.indices
    few = replace(first, groups={**first.groups, "customer": parts.estimate(7, 54.0)})
    other = replace(second, items=second.items[:1])
    told = rows_of_customers(said_so(now, 3, 8), replace(then, indices=(few, other, *others)))
    assert told["Who says so"] == ["17%", "3 of 8", "–", "–", "42 / 8", "too few to compare"]
    assert told[first.name][0] == "54 (±17)"
    assert told[first.name][-2:] == ["7 / 41", "too few to compare"]
    assert told[second.name][-1] == "other statements"


def test_waves_without_a_common_index_say_so():
    then = replace(earlier(), indices=tuple(replace(one, code=f"X{one.code}") for one in earlier().indices))
    trend = document(factory.c17(), earlier=then).trend
    assert trend.note.startswith("No index was asked in both waves, so none can be compared.")


def test_the_workbook_has_the_rows_of_the_page():
    then, now = said_so(earlier(), 6, 140), said_so(factory.c17(), 24, 260)
    sheet = trend_sheet(now, then, ENGLISH)
    assert sheet.rows[0][:3] == ("Who says so", "Customers", 4.3)
    assert sheet.rows[0][7:] == (140, 260, "within noise")
    assert {row[:2] for row in sheet.rows} == {
        (row[0].text, table.caption)
        for table in document(now, earlier=then).trend.tables
        for row in table.rows
    }


def gaps_of(now, then):
    table = document(now, earlier=then).trend.tables[-1]
    assert table.caption == "Gaps: managers minus customers, in points"
    return {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}


def measured(n, mean):
    """A mean with a spread of 16 and the t interval that belongs to it."""
    half = float(stats.t.ppf(0.975, n - 1)) * 16 / n**0.5
    return t.Estimate(n=n, mean=mean, sd=16.0, interval=t.Range(mean - half, mean + half))


def test_a_gap_has_its_own_change_by_the_errors_of_all_four_groups():
    """Managers 80 and customers 60 then, 70 and 60 now; every mean has an error of 1.3 to 1.5 points.

    Source of the range: four groups of 120 and 160 with a spread of 16 give a standard error of
    sqrt(2 * 256 / 120 + 2 * 256 / 160) = 2.73, and 1.96 of it 5.4 points on either side of -10.
    """
    base = factory.c17()
    first, second, *others = base.indices

    def wave(managers, index):
        groups = {
            **index.groups,
            "management": measured(120, managers),
            "customer": measured(160, 60.0),
        }
        half = t.Range(managers - 60.0 - 4, managers - 60.0 + 4)
        return replace(
            index, groups=groups, gap=replace(index.gap, difference=managers - 60.0, interval=half)
        )

    now = replace(base, indices=(wave(70.0, first), wave(60.0, second), *others))
    then = replace(earlier(), indices=(wave(80.0, first), wave(61.0, second), *others))
    told = gaps_of(now, then)
    assert told[first.name] == ["+20", "+10", "−10", "−15.4 to −4.6", "narrower"]
    assert told[second.name][2:] == ["−1", "−6 to +4", "within noise"]


def test_gaps_of_other_statements_are_not_compared():
    now, then = factory.c17(), earlier()
    first, *others = then.indices
    told = gaps_of(now, replace(then, indices=(replace(first, items=first.items[:1]), *others)))
    assert told[first.name][2:] == ["–", "–", "other statements"]


def test_a_gap_that_is_in_customers_favour_now_is_neither_wider_nor_narrower():
    now = scenes.with_gaps(-12.0, state="clear gap", class_="hidden strength", n=(200, 900))
    then = scenes.with_gaps(12.4, state="clear gap", class_="blind spot", n=(200, 900))
    told = gaps_of(now, replace(then, wave=factory.wave(label="Spring 2025")))
    assert {row[-1] for row in told.values()} == {"lower"}


def test_an_index_that_the_wave_before_lacks_has_no_row_among_the_gaps():
    now, then = factory.c17(), earlier()
    assert then.indices[0].name not in gaps_of(now, replace(then, indices=then.indices[1:]))
