"""Settings: where they come from, and what is refused with a sentence that helps."""

import stat
import threading

import pytest

from cultureassess import config

SECRET = "s" * 40


def load(folder, **environ):
    return config.load({"INSTANCE": str(folder), **environ})


def test_without_any_setting_it_is_sqlite_on_localhost(tmp_path):
    settings = load(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'cultureassess.sqlite3'}"
    assert (settings.base_url, settings.trusted_proxies, settings.demo) == ("http://localhost:8000", 0, False)
    assert settings.hosts == ("localhost", "127.0.0.1")
    assert not settings.secure


def test_the_port_is_part_of_the_address_unless_the_address_is_set_anywhere(tmp_path):
    def address(**environ):
        return config.load({"INSTANCE": str(tmp_path), **environ}, port=8080).base_url

    assert address() == "http://localhost:8080"
    assert address(BASE_URL="https://culture.example.org") == "https://culture.example.org"
    (tmp_path / "settings.toml").write_text('base_url = "https://culture.example.org"')
    assert address() == "https://culture.example.org"


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    first, second = load(tmp_path), load(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 43
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret_key"]


def test_of_first_starts_at_once_all_get_the_same_secret_key(tmp_path):
    found, start = [], threading.Barrier(8)

    def begin() -> None:
        start.wait()
        found.append(load(tmp_path).secret_key)

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_the_environment_wins_over_the_file(tmp_path):
    (tmp_path / "settings.toml").write_text('contact = "file"\ntrusted_proxies = 2\ndemo = true\n')
    settings = load(tmp_path, CONTACT="environment", DEMO="no")
    assert (settings.contact, settings.trusted_proxies, settings.demo) == ("environment", 2, False)


def test_a_secret_may_lie_in_a_file(tmp_path):
    (tmp_path / "mounted").write_text(SECRET + "\n")
    assert load(tmp_path, SECRET_KEY_FILE=str(tmp_path / "mounted")).secret_key == SECRET


def test_https_is_known_by_its_address(tmp_path):
    settings = load(tmp_path, BASE_URL="https://culture.example.org/")
    assert (settings.base_url, settings.secure) == ("https://culture.example.org", True)
    assert settings.hosts == ("culture.example.org",)


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"BASE_URL": "culture.example.org"}, "BASE_URL is 'culture.example.org'; it must look like"),
        ({"BASE_URL": "https://example.org/culture"}, "it must look like"),
        ({"BASE_URL": "ftp://example.org"}, "it must look like"),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES is '-1'; it must be a whole number"),
        ({"TRUSTED_PROXIES": "11"}, "between 0 and 10"),
        ({"TRUSTED_PROXIES": "٣"}, "whole number"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short; it needs at least 32"),
        ({"DEMO": "maybe"}, "DEMO is 'maybe'; it must be true or false"),
        ({"DEMO": "yes", "BASE_URL": "https://culture.example.org"}, "runs on localhost only"),
        ({"SECRET_KEY_FILE": "/nonexistent/secret"}, "SECRET_KEY_FILE cannot be read"),
    ],
)
def test_a_setting_that_will_not_do_is_named(tmp_path, environ, sentence):
    with pytest.raises(config.ConfigError, match=sentence):
        load(tmp_path, **environ)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("colour = 'blue'", "unknown settings: colour"), ("demo = ", "is not TOML"), ("\xff", "cannot be read")],
)
def test_a_settings_file_that_will_not_do_is_named(tmp_path, text, sentence):
    (tmp_path / "settings.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(config.ConfigError, match=sentence):
        load(tmp_path)


def test_the_secret_key_is_not_printed(tmp_path):
    assert SECRET not in repr(load(tmp_path, SECRET_KEY=SECRET))


def test_every_setting_has_its_line_of_help():
    fields = config.Settings.__dataclass_fields__
    assert [
        name for name, field in fields.items() if name != "instance" and not field.metadata.get("help")
    ] == []
    assert config.names() == tuple(name.upper() for name in fields if name != "instance")
