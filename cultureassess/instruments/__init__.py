"""Questionnaires as TOML files, their translations, and the types that describe them."""

from cultureassess.instruments.loading import InstrumentError, load
from cultureassess.instruments.registry import available, by_code, verify
from cultureassess.instruments.translations import in_language, languages, organisation_in, period_in

__all__ = [
    "InstrumentError",
    "available",
    "by_code",
    "in_language",
    "languages",
    "load",
    "organisation_in",
    "period_in",
    "verify",
]
