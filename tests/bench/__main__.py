"""Run the benchmarks, all or those named; one JSON object a line.

``--data FOLDER`` keeps the large wave for the next run; ``--customers N`` makes it smaller for a quick look
(the goals are meant for a million). Ends with status 1 if a goal is missed.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import answer, audit, data, latency, report, respondent, work
from tests.bench.timing import Result, peak_megabytes, ratio, seconds

CUSTOMERS = 1_000_000
Benchmark = Callable[[Path, int], Iterator[Result]]


def from_database(folder: Path, customers: int) -> Iterator[Result]:
    """A full snapshot from SQLite, against counting the same strings with NumPy (FACTS 6, design e)."""
    files = data.write(folder, customers, customers // 10)
    work.count_from_database(files.database)
    value = ratio(
        lambda: work.snapshot_from_database(files.database), lambda: work.count_from_database(files.database)
    )
    yield Result("snapshot_from_sqlite / numpy_count_from_sqlite", value, 5.0)


def against_pandas(folder: Path, customers: int) -> Iterator[Result]:
    """A full snapshot, against index means and Welch tests alone with pandas, from the same arrays."""
    sides = work.both_sides(customers)
    pandas = work.Pandas(sides)
    value = ratio(lambda: work.snapshot_of(sides), pandas.means_and_tests)
    yield Result("snapshot / pandas_index_means_and_welch", value, 1.0)


def from_files(folder: Path, customers: int) -> Iterator[Result]:
    """Reading both CSV files and a full snapshot, against ``pandas.read_csv`` of the same files."""
    files = data.write(folder, customers, customers // 10)
    value = ratio(lambda: work.snapshot_from_files(files), lambda: work.read_with_pandas(files))
    yield Result("snapshot_from_csv / pandas_read_csv", value, 1.5)


def memory(folder: Path, customers: int) -> Iterator[Result]:
    """Peak resident memory of a fresh process that computes a snapshot from SQLite."""
    files = data.write(folder, customers, customers // 10)
    value = peak_megabytes("tests.bench.fresh", str(files.database))
    yield Result("snapshot_from_sqlite_peak_megabytes", value, 600.0)


def growth(folder: Path, customers: int) -> Iterator[Result]:
    """A full snapshot from SQLite of all, against that of a tenth."""
    large = data.write(folder, customers, customers // 10)
    small = data.write(folder, customers // 10, customers // 100)
    work.snapshot_from_database(small.database)
    value = ratio(
        lambda: work.snapshot_from_database(large.database),
        lambda: work.snapshot_from_database(small.database),
    )
    yield Result("snapshot_of_1000000 / snapshot_of_100000", value, 12.0)


def small_wave(folder: Path, customers: int) -> Iterator[Result]:
    """A wave of 200 responses in a warm process."""
    sides = data.side_answers(data.Side.INSIDE, 60), data.side_answers(data.Side.OUTSIDE, 140)
    work.snapshot_of(sides)
    yield Result(
        "snapshot_of_200_milliseconds", 1000 * seconds(lambda: work.snapshot_of(sides), repeats=9), 150.0
    )


def disclosure(folder: Path, customers: int) -> Iterator[Result]:
    """The release of a realistic report: 400 respondents, 3 attributes, 40 cells, about 60 small atoms."""
    plan, counts = audit.realistic()
    yield Result("disclosure_audit_seconds", seconds(lambda: audit.release(plan, counts), repeats=3), 2.0)


BENCHMARKS: dict[str, Benchmark] = {
    "sqlite": from_database,
    "pandas": against_pandas,
    "csv": from_files,
    "memory": memory,
    "growth": growth,
    "small": small_wave,
    "audit": disclosure,
    "report": report.report,
    "latency": latency.page,
    "answer": answer.page,
    "respondent": respondent.sqlite,
    "respondent-postgresql": respondent.postgresql,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(BENCHMARKS)}")
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    parser.add_argument("--data", type=Path)
    chosen = parser.parse_args()
    unknown = set(chosen.names) - BENCHMARKS.keys()
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    missed = False
    with tempfile.TemporaryDirectory() as temporary:
        for name in chosen.names or BENCHMARKS:
            for result in BENCHMARKS[name](chosen.data or Path(temporary), chosen.customers):
                print(result.line(), flush=True)
                missed |= not result.reached
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
