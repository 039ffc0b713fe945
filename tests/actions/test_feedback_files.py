"""A line of a file that cannot be stored is passed over, and the rest is read."""

from __future__ import annotations

import io

from tests.actions.browser import HOME


def test_a_value_too_large_is_passed_over_and_its_neighbours_are_stored(consultant):
    consultant.post(f"{HOME}/figures", name="Complaints", unit="", better="down", decision="We move people.")
    lines = ("2026-01,Complaints,3", "2026-02,Complaints,5000000000000", "2026-03,Complaints,4")
    file = "\n".join(("month,figure,value", *lines)).encode()
    page = consultant.post(f"{HOME}/figures/import", file=(io.BytesIO(file), "values.csv"))
    assert page.status_code == 200
    assert "Line 3 was passed over: a number too large." in page.text
    found = consultant.read(f"{HOME}/figures")
    assert "January 2026 3" in found
    assert "February 2026" not in found
    assert "March 2026 4" in found


def test_the_form_says_where_a_file_comes_from(consultant):
    for origin, count in (("support", 40), ("reviews", 25)):
        file = io.BytesIO(f"theme,touchpoint,count\nLate invoices,Buy,{count}\n".encode())
        consultant.post(f"{HOME}/journey/import", file=(file, "feedback.csv"), origin=origin)
    page = consultant.read(f"{HOME}/journey")
    assert "Late invoices (support) other feedback 40" in page
    assert "Late invoices (reviews) other feedback 25" in page
    file = io.BytesIO(b"theme,touchpoint,count\nA,,1\n")
    long = consultant.post(f"{HOME}/journey/import", file=(file, "f.csv"), origin="x" * 61)
    assert (long.status_code, 'id="origin-error"' in long.text) == (422, True)
