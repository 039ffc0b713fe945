"""Write the sample reports: ``python -m tests.samples [NAME ...] [--out docs/samples]``."""

import argparse
from pathlib import Path

from msgspec.structs import replace

from cultureassess.report.options import checked
from cultureassess.report.process import Request, written
from cultureassess.snapshot.document import to_json
from tests.samples.companies import COMPANIES, Company, before, snapshot


def write(company: Company, folder: Path) -> None:
    """A report per company; of the first one the brief, the slides, the sheet and the page as well."""
    document, options = to_json(snapshot(company)).decode(), checked(company.options)
    earlier = to_json(before(company)).decode() if company.earlier else None
    files = {f"{company.name}.pdf": Request("pdf", document, options, earlier)}
    if company.earlier:
        brief = replace(options, shape="brief")
        files[f"{company.name}-brief.pdf"] = Request("pdf", document, brief, earlier)
        for kind in ("xlsx", "pptx"):
            files[f"{company.name}.{kind}"] = Request(kind, document, options, earlier)
    for name, request in files.items():
        (folder / name).write_bytes(written(request))
        print(folder / name, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.samples", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(c.name for c in COMPANIES))
    parser.add_argument("--out", type=Path, default=Path("docs/samples"))
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    for company in COMPANIES:
        if not chosen.names or company.name in chosen.names:
            write(company, chosen.out)


if __name__ == "__main__":
    main()
