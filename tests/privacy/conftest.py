"""Waves that the audit inspects."""

import pytest

from .scenery import close, invited_wave, mix, send


@pytest.fixture
def closed(engine):
    """A closed confidential wave: (engine, wave id)."""
    wave_id, tokens = invited_wave(engine, [{"segments": {"inside.function": ("IT",)}}] * 12)
    for token in tokens[:9]:
        send(engine, token)
    close(engine, wave_id)
    return engine, wave_id


@pytest.fixture
def running(engine):
    """An open confidential wave, mixed: (engine, wave id)."""
    wave_id, tokens = invited_wave(engine, [{"segments": {"inside.function": ("IT",)}}] * 12)
    for token in tokens[:9]:
        send(engine, token)
    mix(engine, wave_id)
    return engine, wave_id
