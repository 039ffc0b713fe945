"""What the columns of a list mean: guessed from their names, confirmed by a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from cultureassess.instruments.types import Audience, Instrument
from cultureassess.models import Wave
from cultureassess.services.people.column_words import COLUMN_WORDS
from cultureassess.services.questions import segments_asked

Columns = Mapping[str, int]
"""Field to the place of its column."""

FIELDS: Mapping[str, str] = {
    "email": "E-mail address",
    "name": "Name",
    "first_name": "First name",
    "last_name": "Last name",
    "language": "Language",
    "role": "Role",
    "account": "Account (company)",
    "postal": "Postal address (one column)",
    "street": "Street",
    "postcode": "Postcode",
    "city": "Town",
    "country": "Country",
}
"""What may be known of a person, besides the wave's segments."""

_GUESSES: Mapping[str, str] = {
    "email": r"e?[ -]?mail([ -]?(address|adresse))?|.*\be-?mail\b.*",
    "first_name": r"first ?name|given ?name|vorname",
    "last_name": r"last ?name|surname|family ?name|nachname|familienname",
    "name": r"(full )?name|person|contact( name)?|ansprechpartner(in)?|kontakt|vor- und nachname",
    "language": r"language|lang|locale|sprache",
    "role": r"role|position|level|rolle|funktion im haus|ebene|fuhrungsebene",
    "account": r"account|company|customer( name)?|organi[sz]ation|firma|kunde|kundenname|unternehmen",
    "postal": r"(postal |full )?address|adresse|anschrift",
    "street": r"street|street address|strasse|stra(ss|ß)e( und hausnummer)?|address line 1",
    "postcode": r"post ?code|zip( code)?|plz|postleitzahl",
    "city": r"city|town|ort|stadt|wohnort",
    "country": r"country|land|staat",
}


def fields_of(wave: Wave, instrument: Instrument, audience: Audience) -> Mapping[str, str]:
    """The fields that a list of this audience may have, each with its name in words."""
    fields = {key: name for key, name in FIELDS.items() if key != "role" or _has_roles(instrument, audience)}
    for question in segments_asked(wave, instrument, audience):
        organisation = wave.assessment.organisation.name
        fields[f"{question.side}.{question.code}"] = question.text.replace("{ORG}", organisation)
    return fields if wave.accounts else {key: name for key, name in fields.items() if key != "account"}


def _has_roles(instrument: Instrument, audience: Audience) -> bool:
    roles = instrument.role_question.options if instrument.role_question is not None else ()
    return any(option.audience.side is audience.side for option in roles)


def guess_columns(header: Sequence[str], fields: Mapping[str, str]) -> Columns:
    """The columns whose names say what they are; each column and each field once, the first one wins."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        field = _guess(_plain(name), fields)
        if field is not None and field not in found:
            found[field] = place
    return found


def _guess(name: str, fields: Mapping[str, str]) -> str | None:
    for field in fields:
        code = field.partition(".")[2] or field
        if name in (field, code, *map(_plain, COLUMN_WORDS.get(field, ()))):
            return field
        if field in _GUESSES and re.fullmatch(_GUESSES[field], name):
            return field
    return None


def _plain(name: str) -> str:
    """A column's name in small letters without accents, and one blank between words."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[_*:./]", " ", bare).split())[:100]
