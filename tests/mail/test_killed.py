"""Workers killed while mailing: nothing twice, nothing missed in silence (RELIABILITY F13)."""

import pytest

from .killed import Count, WholeWorkers, mail_and_kill


def expect(found: Count, kills: int) -> None:
    assert (found.duplicates, found.missed, found.sent_but_not_there) == (0, 0, 0)
    assert found.kills == kills
    assert found.unknown <= kills


def test_three_hundred_mails_and_five_kills(engine, tmp_path):
    expect(mail_and_kill(engine, tmp_path, number=300, kills=5, seed=13), 5)


@pytest.mark.torture
def test_ten_thousand_mails_and_twenty_kills(engine, tmp_path):
    expect(mail_and_kill(engine, tmp_path, number=10_000, kills=20, seed=20, kind=WholeWorkers), 20)
