"""The table of contents: what is printed, in its order, with the address to link to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cultureassess.report.document.indices import IndexPage
from cultureassess.report.words import Words


@dataclass(frozen=True)
class Entry:
    """``anchor`` is an id in the page; ``below`` marks an entry under the one before."""

    anchor: str
    title: str
    below: bool = False


def contents(
    sections: Sequence[str], indices: Sequence[IndexPage], found: Mapping[str, str], words: Words
) -> tuple[Entry, ...]:
    """The entries of the parts that are printed; index pages have one each.

    Args:
        found: part to the title that its figures have given it; it stands here as on its page.
    """
    return tuple(_entries(sections, indices, {**_titles(words), **found}))


def _titles(words: Words) -> dict[str, str]:
    """Part to its name in the contents, of those whose name does not depend on the figures."""
    return {
        "people": words.gettext("Who answered, and the three numbers"),
        "overview": words.gettext("The indices at a glance"),
        "indices": words.gettext("Index by index"),
        "inside": words.gettext("The view inside"),
        "breakdowns": words.gettext("Group by group"),
        "trend": words.gettext("Since last time"),
        "voices": words.gettext("In their own words"),
        "action": words.gettext("Action sheet"),
        "facilitator": words.gettext("Facilitator’s sheet"),
        "appendix": words.gettext("All numbers"),
        "method": words.gettext("Method and glossary"),
        "hidden": words.gettext("What is not shown, and why"),
    }


def _entries(
    sections: Sequence[str], indices: Sequence[IndexPage], titles: Mapping[str, str]
) -> Iterator[Entry]:
    for name in sections:
        if name == "indices" and indices:
            yield Entry(f"index-{indices[0].code}", titles[name])
            yield from (Entry(f"index-{index.code}", index.name, below=True) for index in indices)
        elif name in titles and name != "indices":
            yield Entry(name, titles[name])
