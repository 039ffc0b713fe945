"""What a line of the log says, and what it never says (RELIABILITY R4)."""

import json
import logging
import sys

import pytest

from cultureassess import config, logs
from cultureassess.app import create_app

SECRET = "jana.kowalski@nordlicht.example"


def record(name="cultureassess.web", message="said %s", *args, error=None, **fields):
    exc_info = None
    if error is not None:
        try:
            raise error
        except type(error):
            exc_info = sys.exc_info()
    found = logging.LogRecord(name, logging.WARNING, "x.py", 1, message, args, exc_info)
    found.created = 1_790_000_000.9
    if fields:
        found.fields = fields
    return found


def test_a_line_is_one_json_object():
    line = json.loads(logs.JsonLines().format(record("cultureassess.web", "said\n%s", "this")))
    assert line == {
        "time": "2026-09-21T14:13:20Z",
        "level": "warning",
        "logger": "cultureassess.web",
        "message": "said\nthis",
    }


def test_fields_stand_instead_of_the_message():
    line = json.loads(logs.JsonLines().format(record(endpoint="home.home", status=200)))
    assert (line["endpoint"], line["status"], "message" in line) == ("home.home", 200, False)


def test_text_is_a_line_for_people():
    assert logs.TextLines().format(record("cultureassess.web", "said %s", "this")) == (
        "14:13:20 warning cultureassess.web: said this"
    )


@pytest.mark.parametrize("form", ["json", "text"])
def test_of_an_exception_its_type_and_place_are_kept_and_not_its_text(form):
    line = logs.formatter(form).format(record("cultureassess.web", "failed", error=ValueError(SECRET)))
    assert "ValueError" in line
    assert "test_log_lines.py:" in line
    assert SECRET not in line


@pytest.mark.parametrize(
    ("message", "args", "said"),
    [
        ("Invalid request from ip=%s: %s", (SECRET, 3), "Invalid request from ip=...: 3"),
        ("Worker (pid:%d) exited", (7,), "Worker (pid:7) exited"),
        (f"Exception on '/s/{SECRET}' [GET]", (), "Exception on "),
        (f"refused: {SECRET}", (), "refused"),
        ("%(who)s", ({"who": SECRET},), "(a message with values)"),
        ("%d rows", (SECRET,), "(a message with values)"),
    ],
)
def test_of_a_librarys_message_only_numbers_are_filled_in(message, args, said):
    assert logs.said_of(record("gunicorn.error", message, *args)) == said


class TestRequests:
    @pytest.fixture
    def lines(self, app, caplog):
        caplog.set_level("INFO", logger="cultureassess")

        @app.get("/s/broken/<what>")
        def broken(what: str) -> str:
            raise RuntimeError(SECRET)

        app.config["PROPAGATE_EXCEPTIONS"] = False
        return caplog

    def test_a_request_has_a_number_in_its_answer_and_its_lines(self, client, lines):
        numbers = [client.get("/healthz").headers["X-Request-ID"] for _ in range(2)]
        assert len(set(numbers)) == 2
        assert logs.request_id.get() == ""

    def test_a_failure_names_the_page_and_the_place_but_neither_path_nor_text(self, client, lines):
        assert client.get(f"/s/broken/{SECRET}").status_code == 500
        assert "a request failed: endpoint=broken RuntimeError at " in lines.text
        for one in lines.records:
            for form in ("json", "text"):
                assert SECRET not in logs.formatter(form).format(one)
        assert SECRET not in lines.text

    def test_probes_make_no_lines_unless_they_fail(self, client, lines):
        client.get("/healthz")
        assert lines.text == ""
        client.get("/readyz")
        assert "endpoint=ops.readyz status=503" in lines.text

    @pytest.mark.parametrize(("proxies", "kept"), [("0", False), ("1", True)])
    def test_a_number_given_by_a_proxy_is_kept_and_by_a_stranger_not(self, tmp_path, sqlite, proxies, kept):
        settings = config.load({"INSTANCE": str(tmp_path), "TRUSTED_PROXIES": proxies})
        client = create_app(settings, engine=sqlite).test_client()
        given = "0123456789abcdef"
        answer = client.get("/healthz", headers={"X-Request-ID": given})
        assert (answer.headers["X-Request-ID"] == given) is kept
        strange = client.get("/healthz", headers={"X-Request-ID": "jana <b>"})
        assert strange.headers["X-Request-ID"] != "jana <b>"
