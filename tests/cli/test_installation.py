"""Which address an installation believes in."""

from __future__ import annotations

import pytest

from cultureassess.cli.installation import DEMO, PORT, remember_port, settings


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("INSTANCE", str(tmp_path))
    return tmp_path / DEMO


def test_the_demos_worker_believes_in_the_port_where_the_demo_was_served_last():
    assert settings(demo=True).base_url == "http://localhost:8000"
    remember_port(settings(demo=True, port=8123), 8123)
    assert settings(demo=True).base_url == "http://localhost:8123"


def test_the_demo_is_served_where_it_is_told_wherever_it_was_before():
    remember_port(settings(demo=True, port=8123), 8123)
    assert settings(demo=True, port=9000).base_url == "http://localhost:9000"


def test_the_real_installation_does_not_take_the_demos_port():
    remember_port(settings(demo=True, port=8123), 8123)
    assert settings().base_url == "http://localhost:8000"


@pytest.mark.parametrize("noted", ["eighty", "", "0", "-1", "65536", "9" * 5000])
def test_what_is_no_port_is_not_believed(folder, noted):
    settings(demo=True)
    (folder / PORT).write_text(noted, "ascii")
    assert settings(demo=True).base_url == "http://localhost:8000"
