"""From a file to people: columns, problems line by line, accepting and discarding."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from cultureassess import clock, instruments
from cultureassess.db import transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import Anonymity, Invitation, Invitee, PendingList, Wave
from cultureassess.services.errors import LinkUnknown, WaveRefused
from cultureassess.services.fieldwork import progress
from cultureassess.services.inviting import token_from
from cultureassess.services.links import find_door
from cultureassess.services.people import accepting
from cultureassess.services.people.column_words import COLUMN_WORDS
from cultureassess.services.people.columns import fields_of, guess_columns
from cultureassess.services.people.role_words import ROLE_WORDS
from cultureassess.web.invitations.checking import loss_in_words, together

from .. import scene
from ..scene import SEGMENTS
from .scenery import INSTRUMENT, OWNER, check, csv_of, customers, invite, people, reasons, upload, wave_of


@pytest.fixture
def wave(session):
    return wave_of(session)


@pytest.fixture
def page():
    """A page is being written, so that there is a language to speak."""
    with Flask("page").app_context():
        yield


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        (("Name", "E-Mail"), {"name": 0, "email": 1}),
        (
            ("Vorname", "Nachname", "E-Mail-Adresse", "Sprache"),
            {"first_name": 0, "last_name": 1, "email": 2, "language": 3},
        ),
        (("First Name", "Surname", "Email"), {"first_name": 0, "last_name": 1, "email": 2}),
        (
            ("PLZ", "Ort", "Straße", "Land", "Name"),
            {"postcode": 0, "city": 1, "street": 2, "country": 3, "name": 4},
        ),
        (("segment", "Umsatzklasse", "mail"), {"outside.segment": 0, "email": 2}),
        (("Work e-mail", "Private e-mail"), {"email": 0}),
        (("Favourite colour", ""), {}),
        (("ROLE", "name"), {"name": 1}),
    ],
)
def test_columns_are_guessed_from_english_and_german_names(wave, header, meaning):
    fields = fields_of(wave, INSTRUMENT, Audience.CUSTOMER)
    assert guess_columns(header, fields) == meaning


def test_accounts_are_offered_only_where_the_wave_has_them(session):
    with_accounts = wave_of(session, accounts=True)
    assert "account" in fields_of(with_accounts, INSTRUMENT, Audience.CUSTOMER)
    assert guess_columns(("Firma",), fields_of(with_accounts, INSTRUMENT, Audience.CUSTOMER)) == {
        "account": 0
    }


def test_every_problem_is_named_with_its_line(session, wave):
    data = csv_of(
        ("Anna", "anna@kunde.example", "Key accounts"),
        ("Ben", "not an address", "Key accounts"),
        ("Cem", "ANNA@Kunde.example", ""),
        ("", "", ""),
        ("", "", "Small business"),
        ("Dora", "dora@kunde.example", "Tiny business"),
        ("Emil\u202e", "emil@kunde.example", ""),
        header=("Name", "E-Mail", "Segment"),
    )
    checked = check(session, wave, data)
    assert [person.name for person in checked.people] == ["Anna"]
    assert reasons(checked) == [
        (3, "email", "This is not an e-mail address"),
        (4, "email", "This address stands in line 2 already"),
        (6, "email", "There is neither an e-mail address nor a name"),
        (7, "outside.segment", "This value is not known"),
        (8, "name", "This cell has invisible control characters"),
    ]
    assert checked.left_out == 5


def test_roles_are_understood_by_code_and_by_name_in_every_language_of_the_wave(session, wave):
    data = csv_of(
        ("a", "executive"),
        ("b", "I lead managers"),
        ("c", german_role(2)),
        ("d", "I lead nobody"),
        ("e", "Chief"),
        header=("Name", "Rolle"),
    )
    checked = check(session, wave, data, Audience.MANAGEMENT)
    assert [person.role for person in checked.people] == [
        "executive",
        "middle manager",
        "frontline manager or supervisor",
    ]
    assert [problem.line for problem in checked.problems] == [5, 6]


def german_role(place):
    return instruments.in_language("customer_culture_v1", "de").role_question.options[place].text


def test_who_is_invited_already_is_not_invited_again(engine, settings):
    wave_id = invite(engine, settings, customers(3))
    with transaction(engine) as session:
        checked = check(session, session.get_one(Wave, wave_id), csv_of(*customers(5)))
    assert len(checked.people) == 2
    assert {problem.reason for problem in checked.problems} == {
        "This address is invited into this wave already."
    }


def test_the_same_address_may_be_in_another_wave(engine, settings):
    invite(engine, settings, customers(2))
    with transaction(engine) as session:
        assert len(check(session, wave_of_another_client(session), csv_of(*customers(2))).people) == 2


def wave_of_another_client(session):
    from cultureassess.models import Organisation

    session.execute(sa.update(Organisation).values(slug="before"))
    return wave_of(session)


@pytest.mark.parametrize(
    ("sizes", "coarser"),
    [((6, 6, 6), 0), ((4, 6, 8), 10), ((2, 3, 9), 5), ((4, 0, 0), 4)],
)
def test_values_that_fewer_than_k_share_are_announced_as_coarser(session, wave, sizes, coarser):
    named = [name for name, size in zip(SEGMENTS["outside.segment"], sizes, strict=True) for _ in range(size)]
    rows = [(f"P{n}", f"p{n}@kunde.example", name) for n, name in enumerate(named)]
    assert check(session, wave, csv_of(*rows, header=("Name", "E-Mail", "Segment"))).losses.people == coarser


def staff_of(**departments):
    return [
        (f"{name} {n}", name.replace("_", " ")) for name, size in departments.items() for n in range(size)
    ]


def test_one_line_without_a_department_costs_the_smallest_one_theirs_and_the_check_says_why(
    page, session, wave
):
    rows = [*staff_of(Sales=30, IT=25, HR=40), ("Zoe", "")]
    checked = check(session, wave, csv_of(*rows, header=("Name", "Department")), Audience.STAFF)
    assert checked.losses.groups == ((("IT",), 25),)
    assert loss_in_words(checked.losses, {"inside.function": "Department"}, k=5) == (
        "Line 97 has no “Department”. So that nobody can be told apart, the 25 of IT would lose theirs, too: "
        "complete line 97, or leave it out."
    )


def test_a_department_of_one_costs_the_smallest_other_one_theirs_and_the_check_says_why(page, session, wave):
    checked = check(
        session,
        wave,
        csv_of(*staff_of(Sales=30, IT=25, HR=1), header=("Name", "Department")),
        Audience.STAFF,
    )
    assert loss_in_words(checked.losses, {}, k=5).startswith(
        "Line 57 shares its role or groups with fewer than 5. So that nobody can be told apart, the 25 of IT"
    )
    assert checked.losses.people == 26


def test_a_list_without_any_loss_has_nothing_said_of_it(page, session, wave):
    checked = check(
        session, wave, csv_of(*staff_of(Sales=30, IT=25), header=("Name", "Department")), Audience.STAFF
    )
    assert loss_in_words(checked.losses, {}, k=5) == ""


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Team leader", "frontline manager or supervisor"),
        ("TEAMLEITUNG", "frontline manager or supervisor"),
        ("Chef d’équipe", "frontline manager or supervisor"),
        ("Jefa de equipo", "frontline manager or supervisor"),
        ("قائد فريق", "frontline manager or supervisor"),
        ("Geschäftsführung", "executive"),
        ("Mandos intermedios", "middle manager"),
    ],
)
def test_managers_are_understood_by_the_usual_words_of_every_language(session, wave, said, role):
    checked = check(session, wave, csv_of(("a", said), header=("Name", "Role")), Audience.MANAGEMENT)
    assert [person.role for person in checked.people] == [role]


@pytest.mark.parametrize("said", ["Employee", "staff", "Mitarbeiter", "empleada", "salarié", "موظف"])
def test_who_leads_nobody_is_understood_by_the_usual_words_of_every_language(session, wave, said):
    checked = check(session, wave, csv_of(("a", said), header=("Name", "Role")), Audience.STAFF)
    assert [person.role for person in checked.people] == ["no people responsibility"]


def test_no_word_names_two_roles_and_every_role_has_some():
    words = [word.casefold() for said in ROLE_WORDS.values() for word in said]
    assert len(words) == len(set(words))
    assert set(ROLE_WORDS) == {option.code for option in INSTRUMENT.role_question.options}


def test_equal_problems_are_one_with_all_their_lines(session, wave):
    rows = [("a", "Chief"), ("b", "chief"), ("c", "Team leader"), ("d", "Chief"), ("e", "Boss")]
    checked = check(session, wave, csv_of(*rows, header=("Name", "Role")), Audience.MANAGEMENT)
    assert [(one.lines, one.said) for one in together(checked.problems)] == [
        ("2–3, 5", "Chief"),
        ("6", "Boss"),
    ]


@pytest.mark.parametrize(
    "name", ["Department", "Abteilung", "Departamento", "Área", "Département", "Service", "القسم", "الإدارة"]
)
def test_a_department_is_guessed_in_every_language_of_the_questionnaire(wave, name):
    fields = fields_of(wave, INSTRUMENT, Audience.STAFF)
    assert guess_columns(("Name", name), fields) == {"name": 0, "inside.function": 1}


def test_every_segment_has_column_names_by_which_it_is_guessed():
    segments = {f"{question.side}.{question.code}" for question in INSTRUMENT.segments}
    assert segments <= set(COLUMN_WORDS)


def test_nothing_is_taken_over_until_somebody_accepts(engine, settings):
    with transaction(engine) as session:
        wave = wave_of(session)
        upload(session, wave, csv_of(*customers(3)))
    assert people(engine) == []
    with transaction(engine) as session:
        pending = session.scalars(sa.select(PendingList)).one()
        wave = session.get_one(Wave, pending.wave_id)
        assert accepting.accept_list(session, wave, INSTRUMENT, pending, secret_key=settings.secret_key) == 3
    with transaction(engine) as session:
        assert session.scalars(sa.select(PendingList)).all() == []
        assert session.get_one(Wave, wave.id).audiences[Audience.CUSTOMER].invited == 3
    assert [person.name for person in people(engine)] == ["Person 0", "Person 1", "Person 2"]


def test_a_discarded_list_leaves_nothing(session, wave):
    pending = upload(session, wave, csv_of(*customers(3)))
    accepting.discard_list(session, pending)
    assert session.scalars(sa.select(PendingList)).all() == []
    assert session.scalars(sa.select(Invitee)).all() == []


@pytest.mark.parametrize(
    ("owner", "age", "there"),
    [
        (OWNER, dt.timedelta(hours=23, minutes=59), True),
        (OWNER, dt.timedelta(hours=24), False),
        (b"x" * 32, dt.timedelta(0), False),
    ],
)
def test_a_list_is_shown_to_its_owner_for_a_day(session, wave, owner, age, there):
    now = clock.now()
    pending = upload(session, wave, csv_of(*customers(1)), now=now)
    found = accepting.pending_list(session, wave, pending.id, owner=owner, now=now + age)
    assert (found is not None) is there


def test_lists_that_nobody_accepted_are_deleted_after_a_day(session, wave):
    now = clock.now()
    upload(session, wave, csv_of(*customers(1)), now=now)
    assert accepting.purge_lists(session, now=now + dt.timedelta(hours=23)) == 0
    assert accepting.purge_lists(session, now=now + dt.timedelta(hours=24)) == 1


def test_a_list_with_problems_alone_is_refused(session, wave, settings):
    pending = upload(session, wave, csv_of(("Anna", "no address")))
    with pytest.raises(accepting.NobodyToAdd):
        accepting.accept_list(session, wave, INSTRUMENT, pending, secret_key=settings.secret_key)


def test_an_anonymous_wave_takes_no_list(session):
    anonymous = wave_of(session, anonymity=Anonymity.ANONYMOUS)
    with pytest.raises(WaveRefused, match="This wave is anonymous"):
        upload(session, anonymous, csv_of(*customers(1)))


@pytest.mark.parametrize(
    "columns", [{}, {"language": 0}, {"email": 0, "name": 0}, {"email": 7}, {"email": -1}]
)
def test_columns_that_invite_nobody_are_refused(session, wave, columns):
    pending = upload(session, wave, csv_of(*customers(1)))
    with pytest.raises(accepting.ColumnsRefused):
        accepting.set_columns(pending, columns)


STRANGE = ["=cmd|'/c calc'!A0", "@SUM(1)", "-1+1", "{{7*7}}", "${7*7}", "%s%n", "../../etc/passwd"]
STRANGE += [
    "<svg/onload=alert(1)>",
    '"><img src=x>',
    "javascript:alert(1)",
    "A\u0301" * 20,
    "أنور",
    "李雷",
    "👩‍👩‍👧",
]


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_name_is_kept_as_it_is(session, wave, settings, name):
    pending = upload(session, wave, csv_of((name, "a@kunde.example")))
    accepting.accept_list(session, wave, INSTRUMENT, pending, secret_key=settings.secret_key)
    import unicodedata

    assert session.scalars(sa.select(Invitee)).one().name == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("said", ["x" * 201, "\x07bell", "a\u2066b", "\ufeffb"])
def test_a_name_that_would_do_harm_is_a_problem(session, wave, said):
    from cultureassess.services.people.checking import check_list
    from cultureassess.services.people.reading import ListTable

    table = ListTable(("Name", "E-Mail"), ((said, "a@kunde.example"),), (2,))
    checked = check_list(session, wave, INSTRUMENT, Audience.CUSTOMER, table, {"name": 0, "email": 1})
    assert (len(checked.people), len(checked.problems)) == (0, 1)


def test_what_is_known_beforehand_stands_on_the_invitation_alone(engine, settings):
    header = ("Name", "E-Mail", "Segment")
    rows = [(f"P{n}", f"p{n}@kunde.example", "Key accounts") for n in range(6)]
    invite(engine, settings, rows, header=header)
    with transaction(engine) as session:
        invitation = session.scalars(sa.select(Invitation)).first()
        assert invitation.segments == {"outside.segment": ("Key accounts",)}
    assert not {"role", "segments", "account", "band"} & set(Invitee.__table__.columns.keys())


def test_removing_somebody_looks_the_same_whether_or_not_they_have_answered(engine, settings):
    wave_id = invite(engine, settings, customers(8))
    with transaction(engine) as session:
        wave = session.get_one(Wave, wave_id)
        links = {
            invitee.id: token_from(invitee.invitation.seed, secret_key=settings.secret_key)
            for invitee in session.scalars(sa.select(Invitee))
        }
        for token in list(links.values())[:6]:
            scene.answer(session, token, scene.everything())
        seen = []
        has_answered, *_, has_not = links
        for removed in (has_answered, has_not):
            accepting.remove_person(session, session.get_one(Invitee, removed))
            row = next(row for row in progress(session, wave) if row.audience is Audience.CUSTOMER)
            with pytest.raises(LinkUnknown):
                find_door(session, links[removed])
            seen.append((row.asked, row.answered))
    assert seen == [(7, 5), (6, 5)]


def test_removing_somebody_takes_their_unused_link_along(engine, settings):
    invite(engine, settings, customers(2))
    with transaction(engine) as session:
        accepting.remove_person(session, session.get_one(Invitee, people(engine)[0].id))
    with transaction(engine) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 1
