"""What every answer carries, whatever it is (RELIABILITY T.5)."""

import pytest
import sqlalchemy as sa

from cultureassess import config
from cultureassess.app import create_app
from cultureassess.web.headers import ALWAYS, POLICY
from tests.web.respondent import Respondent

PATHS = ["/", "/survey", "/survey/thanks", "/s/x", "/nowhere", "/static/css/base.css", "/static/nowhere.css"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["get", "head", "post", "options", "put"])
def test_every_answer_has_the_headers(client, path, method):
    with getattr(client, method)(path) as response:
        assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS
        assert "Strict-Transport-Security" not in response.headers


def test_a_failure_of_ours_has_the_headers_and_no_trace(app):
    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("a secret")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    response = app.test_client().get("/broken")
    assert response.status_code == 500
    assert response.headers["Content-Security-Policy"] == POLICY
    assert "a secret" not in response.get_data(as_text=True)
    assert "The fault is ours" in response.get_data(as_text=True)


def test_the_policy_allows_nothing_inline():
    assert "unsafe" not in POLICY
    assert POLICY.startswith("default-src 'none'; script-src 'self'; style-src 'self';")


def test_pages_are_not_kept_and_hashed_files_for_ever(arrive):
    respondent = arrive("customer")
    assert respondent.shown.headers["Cache-Control"] == "no-store"
    style = respondent.page.split('href="')[2].split('"')[0]
    assert "?v=" in style
    for address, kept in ((style, "public, max-age=31536000, immutable"), (style.split("?")[0], "no-cache")):
        with respondent.client.get(address) as response:
            assert response.headers["Cache-Control"] == kept


def test_sending_clears_cache_and_storage(arrive):
    respondent = arrive("customer")
    respondent.go("/survey/6")
    answer = respondent.client.post("/survey/6", data={"csrf_token": respondent.csrf})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def cookies(response) -> dict[str, str]:
    return {header.split("=")[0]: header for header in response.headers.getlist("Set-Cookie")}


def test_cookies_on_localhost_have_plain_names(client, tokens):
    sent = cookies(client.get(f"/s/{tokens['customer']}"))
    assert set(sent) == {"respondent"}
    assert "HttpOnly" in sent["respondent"]
    assert "SameSite=Lax" in sent["respondent"]


@pytest.fixture
def secure_app(tmp_path, sqlite):
    settings = config.load({"INSTANCE": str(tmp_path), "BASE_URL": "https://culture.example.org"})
    return create_app(settings, engine=sqlite)


def test_with_https_cookies_are_bound_to_the_host(secure_app, tokens):
    # the links were made by the application of the fixture, in the same database with the same key
    client = secure_app.test_client()
    first = client.get(f"/s/{tokens['customer']}", base_url="https://culture.example.org")
    second = client.get("/survey", base_url="https://culture.example.org")
    sent = cookies(first) | cookies(second)
    assert set(sent) == {"__Host-respondent", "__Host-session"}
    for header in sent.values():
        assert "Secure" in header
        assert "HttpOnly" in header
        assert "Path=/" in header
        assert "Domain" not in header
    assert first.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("host", ["evil.example.org", "localhost.evil.example.org", "127.0.0.1.nip.io"])
def test_another_host_name_is_refused(client, host):
    response = client.get("/survey/thanks", headers={"Host": host})
    assert response.status_code == 400
    assert response.headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:9999", "localhost:80"])
def test_every_name_of_this_machine_is_answered(client, host):
    assert client.get("/survey/thanks", headers={"Host": host}).status_code == 200


def test_a_report_of_a_violation_is_taken_without_a_form_token(client, caplog):
    response = client.post("/csp-report", data=b'{"blocked-uri": "https://secret.example"}')
    assert response.status_code == 204
    assert "secret.example" not in caplog.text


def test_the_log_names_no_path_and_no_token(app, tokens, caplog):
    caplog.set_level("INFO")
    respondent = Respondent(app)
    respondent.open(tokens["customer"])
    respondent.begin()
    respondent.send("/survey/6", OPEN_C1="A remark.")
    assert "endpoint=survey.enter status=303" in caplog.text
    for text in (tokens["customer"], "/s/", "127.0.0.1", "A remark.", "Werkzeug"):
        assert text not in caplog.text


def test_a_busy_database_asks_to_come_again(app, sqlite, arrive):
    respondent = arrive("customer")
    sa.event.listen(sqlite, "checkout", hurry)
    with sqlite.connect() as writer:
        writer.exec_driver_sql("UPDATE wave SET label = label")
        answer = respondent.client.post("/survey/1", data={"csrf_token": respondent.csrf, "RG1": "3"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "this page still holds all that you entered" in answer.get_data(as_text=True)


def hurry(connection, _record, _proxy) -> None:
    """Wait for other writers for 10 ms instead of 5 s."""
    connection.execute("PRAGMA busy_timeout = 10").close()
