"""Questionnaires as TOML files, and the types that describe them."""

from cultureassess.instruments.loading import InstrumentError, load
from cultureassess.instruments.registry import available, by_code, verify

__all__ = ["InstrumentError", "available", "by_code", "load", "verify"]
