"""What helps about an index: the packaged, versioned library of practices, and the plan made of it."""

from cultureassess.practices.loading import LibraryError, languages, library
from cultureassess.practices.plan import (
    NOTHING_KNOWN,
    ActionPlan,
    CardKind,
    Mark,
    PlannedCard,
    kept,
    recommended,
)
from cultureassess.practices.types import Library, Practice

__all__ = [
    "NOTHING_KNOWN",
    "ActionPlan",
    "CardKind",
    "Library",
    "LibraryError",
    "Mark",
    "PlannedCard",
    "Practice",
    "kept",
    "languages",
    "library",
    "recommended",
]
