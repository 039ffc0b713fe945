"""Which passwords are taken."""

from __future__ import annotations

import hashlib

import pytest

from cultureassess.services import passwords

WORDS = ("Ada Lovelace", "ada@nordlicht.example", "Nordlicht Logistics")


@pytest.mark.parametrize(
    "password",
    [
        "wombat ladder quiet prism",
        "correct-giraffe-battery-lake",
        "Grüße aus dem Nebelwald, 4 Uhr",
        "ein langer satz den niemand sonst schreibt",
        "客户第一不是口号而是每天的选择题啊朋友们",
        "x" * 3 + "wombat ladder quiet prism" * 40,
    ],
)
def test_long_and_unusual_passwords_are_taken(password):
    assert passwords.objection(passwords.normalised(password), WORDS) is None


@pytest.mark.parametrize("password", ["", "short", "wombat ladder ", "a" * 14])
def test_fewer_than_fifteen_characters_are_refused(password):
    assert passwords.objection(password, WORDS).startswith("Use at least 15 characters.")


def test_exactly_fifteen_characters_may_be_enough():
    assert passwords.objection("wq7 zebra plumo", WORDS) is None


def test_more_than_1024_characters_are_refused_before_anything_is_computed():
    assert passwords.objection("wombat ladder " * 100_000, WORDS) == "Use at most 1,024 characters."


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaaaaaaaa",
        "passwordpassword",
        "123456789012345678",
        "qwertyuiopasdfghjkl",
        "Ada Lovelace 1815",
        "ada@nordlicht.example",
        "Nordlicht Logistics 2026",
        "cultureassess cultureassess",
        "lovelacelovelace1",
    ],
)
def test_easy_guesses_and_the_names_of_people_clients_and_product_are_refused(password):
    assert passwords.objection(password, WORDS).startswith("This password is easy to guess.")


def test_what_keyboards_compose_in_two_ways_is_one_password():
    assert passwords.normalised("Gru\u0308n") == passwords.normalised("Gr\u00fcn")


STOLEN = [f"stolen password number {number}" for number in range(2_000)]


def listing(folder, form: str):
    if form == "plain":
        lines = [password.encode() for password in STOLEN]
    else:
        digests = [hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest() for password in STOLEN]
        written = {
            "upper": [digest.upper() for digest in digests],
            "lower": digests,
            "counted": [f"{digest.upper()}:{place}" for place, digest in enumerate(digests)],
        }
        lines = [line.encode() for line in written[form]]
    path = folder / "stolen.txt"
    ending = b"\r\n" if form == "counted" else b"\n"
    path.write_bytes(ending.join(sorted(lines)) + ending)
    return path


@pytest.mark.parametrize("form", ["plain", "upper", "lower", "counted"])
def test_every_password_of_a_list_is_found_and_no_other(tmp_path, form):
    path = listing(tmp_path, form)
    assert [password for password in STOLEN if not passwords.is_listed(password, path)] == []
    assert [n for n in range(500) if passwords.is_listed(f"nobody's password {n}", path)] == []


@pytest.mark.parametrize("content", [b"", b"\n", b"only one line without an end"])
def test_a_short_list_is_read_as_well(tmp_path, content):
    (tmp_path / "list").write_bytes(content)
    assert not passwords.is_listed("wombat ladder quiet prism", tmp_path / "list")
    assert passwords.is_listed("only one line without an end", tmp_path / "list") == (len(content) > 5)


def test_a_listed_password_is_refused(tmp_path):
    path = listing(tmp_path, "upper")
    assert "stolen" in passwords.objection(STOLEN[7], WORDS, breached=path)
