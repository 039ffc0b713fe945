import numpy as np

from cultureassess.disclosure.release import TOTAL, Cell, Plan
from cultureassess.disclosure.suppression import DIRECT
from cultureassess.disclosure.units import unit_breakdowns

UNITS = [(), ("Sales",), ("Sales", "North"), ("Sales", "South"), ("IT",)]


def test_every_unit_is_divided_into_sub_units_and_direct_reports():
    found = [(b.name, b.parent, {v: a.tolist() for v, a in b.cells.items()}) for b in unit_breakdowns(UNITS)]
    assert found == [
        ("unit", TOTAL, {DIRECT: [0], "IT": [4], "Sales": [1, 2, 3]}),
        ("unit/Sales", Cell("unit", "Sales"), {DIRECT: [1], "North": [2], "South": [3]}),
    ]


def test_two_direct_reports_are_protected_by_a_sub_unit():
    """AU11: a department of 10 with a team of 8 in a company of 40."""
    units = [("department", "team"), ("department",), ("rest",)]
    release = Plan(3, unit_breakdowns(units)).release(np.array([8, 2, 30]))
    assert release.shows(Cell("unit", "department"))
    assert not release.shows(Cell("unit/department", "team"))
