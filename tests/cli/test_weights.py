"""``cultureassess analyse --weights``: what takes effect, what is noted, what is refused."""

import pytest

from cultureassess.snapshot.document import from_json
from tests.cli.conftest import REFERENCE

HEADER = "group,attribute,segment,people\n"


def analyse(shell, weights, *more, customers=REFERENCE / "c17_demo_customers.csv"):
    file = shell.folder / "weights.csv"
    file.write_text(HEADER + weights)
    files = (REFERENCE / "c17_demo_inside.csv", customers)
    options = ("--organisation", "Acme", "--out", shell.folder / "out", "--no-report")
    return shell.run("analyse", *files, *options, "--weights", file, *more)


def snapshot(shell):
    return from_json((shell.folder / "out" / "snapshot.json").read_bytes())


def two_segments(shell):
    """The customers of the demonstration, the four of segment C moved to B."""
    text = (REFERENCE / "c17_demo_customers.csv").read_text()
    file = shell.folder / "customers.csv"
    file.write_text(text.replace(",C,", ",B,"))
    return file


def test_weights_are_named_with_their_effective_n(shell):
    result = analyse(shell, "customer,segment,A,800\ncustomer,segment,B,200\n", customers=two_segments(shell))
    assert result.exit_code == 0, result.output
    shown = snapshot(shell).index("CF").groups["customer"]
    assert snapshot(shell).wave.weighting["customer"] == "population"
    assert shown.effective_n < shown.n


def test_weights_that_take_no_effect_are_noted(shell):
    result = analyse(shell, "customer,segment,A,800\ncustomer,segment,B,200\ncustomer,segment,C,9\n")
    assert result.exit_code == 0
    assert "Note: not weighted: customer, because a segment of it is withheld." in result.output
    assert snapshot(shell).wave.weighting["customer"] == "respondents"


@pytest.mark.parametrize(
    ("weights", "more", "message"),
    [
        ("staff,role,executive,3\n", (), "staff cannot be weighted"),
        ("customer,region,north,3\n", (), "the answers of customer have no column region"),
        ("customer,segment,A,3\n", ("--accounts",), "leave out --weights or --accounts"),
    ],
)
def test_weights_that_do_not_fit_are_refused_and_nothing_is_written(shell, weights, more, message):
    result = analyse(shell, weights, *more)
    assert result.exit_code == 2
    assert message in result.output
    assert shell.files() <= {"weights.csv", "instance/secret_key"}
