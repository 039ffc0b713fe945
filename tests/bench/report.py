"""The report against the least that WeasyPrint needs for the same page, both in fresh processes."""

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from cultureassess.report.options import USUAL
from cultureassess.report.pdf import Order
from cultureassess.report.pdf.render import page_of
from cultureassess.report.process import Request, written
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot.document import from_json
from tests.bench.timing import Result, ratio
from tests.bench.work import document_far_apart, document_of

BARE = """
import gc
import sys
gc.disable()  # as in ours: what is left is our code
from weasyprint import HTML
from cultureassess.report.pdf.resources import fetcher, made_for
from cultureassess.report.options import USUAL
served = fetcher(made_for(USUAL))
page = HTML(string=sys.stdin.buffer.read().decode(), base_url="about:blank", url_fetcher=served)
sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1"))
"""

PEAK = """
import sys
sys.argv = ["child"]
from cultureassess.report.child import main
from tests.bench.timing import peak
status = main()
sys.stderr.write(str(peak()))
sys.exit(status)
"""


def bare(page: bytes) -> None:
    """WeasyPrint alone, in a process of its own."""
    subprocess.run([sys.executable, "-c", BARE], input=page, stdout=subprocess.DEVNULL, check=True)


def peak_megabytes(request: Request) -> float:
    """Peak resident size of the process that writes a report."""
    import msgspec

    done = subprocess.run(
        [sys.executable, "-c", PEAK], input=msgspec.json.encode(request), capture_output=True, check=True
    )
    return float(done.stderr.split()[-1])


def pages(request: Request) -> int:
    """How many pages a report has."""
    import pikepdf

    with pikepdf.open(io.BytesIO(written(request))) as pdf:
        return len(pdf.pages)


def report(folder: Path, customers: int) -> Iterator[Result]:
    """The full report: our code around WeasyPrint, a large wave against a small one, memory.

    How long a report takes depends on what it has to say. So a million answers are measured against two
    hundred that say the same, a gap in every index; and, page by page, against two hundred of which nine
    managers get no verdict, whose report is six pages shorter.
    """
    request = Request("pdf", document_far_apart(200))
    page = page_of(Order(from_json(request.snapshot), USUAL).document(), ENGLISH).encode()
    yield Result(
        "report / weasyprint_of_the_same_page", ratio(lambda: written(request), lambda: bare(page)), 1.3
    )
    large = Request("pdf", document_far_apart(customers))
    value = ratio(lambda: written(large), lambda: written(request))
    yield Result("report_of_1000000 / report_of_200", value, 1.2)
    large, brief = Request("pdf", document_of(customers)), Request("pdf", document_of(200))
    value = ratio(lambda: written(large), lambda: written(brief)) * pages(brief) / pages(large)
    yield Result("page_of_1000000 / page_of_200_without_verdicts", value, 1.2)
    yield Result(
        "report_peak_megabytes", peak_megabytes(Request("pdf", document_far_apart(customers))), 400.0
    )
    start = time.perf_counter()
    written(request)
    yield Result("report_seconds", time.perf_counter() - start, 20.0)
