"""Reports for the tests, each written once a session: the demo's snapshot in every shape.

They are written in this process; test_process.py and test_verify.py look at the one that usually does it.
"""

from functools import cache

from cultureassess.report.files import file_of
from cultureassess.report.options import USUAL, checked
from cultureassess.report.options import from_json as from_options
from cultureassess.report.options import to_json as to_options
from cultureassess.report.process import Request
from cultureassess.snapshot.document import to_json
from tests.report import scenes


@cache
def document(scene="strong"):
    return to_json(scenes.SCENES[scene]()).decode()


def made(kind="pdf", scene="strong", options=USUAL):
    return _made(kind, scene, to_options(checked(options)))


@cache
def _made(kind, scene, options):
    return file_of(Request(kind, document(scene), from_options(options)))
