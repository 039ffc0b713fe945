"""Who is in which cell and who has a valid value: counted from the answers, respondent by respondent.

Written a second time, from METHOD 2 and 3, so that the product's own idea of it is not trusted.
"""

from math import ceil

import numpy as np

from cultureassess.instruments.types import Side


class People:
    """One side's respondents who count. Arrays have the shape (respondents who answered,)."""

    def __init__(self, instrument, side, answers, snapshot):
        self.instrument, self.side, self.answers = instrument, side, answers
        self.used = {index["code"]: index["items"] for index in snapshot["indices"]}
        self.composites = {c["code"]: c["indices"] for c in snapshot["composites"]}
        self.kept = self._kept()

    def point(self, item):
        points = self.answers.points[:, self.instrument.position[item]]
        return (points >= 1) & (points <= 9)

    def _kept(self):
        """At least half of the items answered, a don't-know counting; nobody here is fast (METHOD 3.8)."""
        items = [item.id for item in self.instrument.rated_on(self.side)]
        columns = [self.instrument.position[item] for item in items]
        return (self.answers.points[:, columns] > 0).sum(axis=1) * 2 >= len(items)

    def members(self, cell):
        own = {name: self.answers.audience == at for at, name in enumerate(self.answers.audiences)}
        own["inside"] = np.ones(len(self.answers), dtype=bool)
        if cell in own:
            return own[cell] & self.kept
        everyone = own["inside" if self.side is Side.INSIDE else "customer"] & self.kept
        attribute, value = cell.split("/", 1)
        if attribute == "late":
            return everyone & (self.answers.late == (value == "late"))
        segment = self.answers.segments[attribute]
        return everyone & (segment.codes == segment.values.index(value))

    def valid(self, statistic):
        kind, _, code = statistic.partition(" ")
        return getattr(self, f"_{kind}", lambda code: self._outcome(kind, code))(code)

    def _people(self, _code):
        return np.ones(len(self.answers), dtype=bool)

    def _item(self, code):
        return self.point(code)

    def _index(self, code):
        return self.half(self.used[code])

    def _complete(self, code):
        return np.all([self.point(item) for item in self.used[code]], axis=0)

    def _full(self, code):
        return self.half([item.id for item in self.instrument.items_of(code) if item.inside])

    def _block(self, code):
        return self.half([item.id for b in self.instrument.blocks if b.code == code for item in b.items])

    def _composite(self, code):
        there = [self.half(self.used[index]) for index in self.composites[code] if self.used.get(index)]
        return sum(there) >= ceil(0.75 * len(self.composites[code]))

    def _tag(self, code):
        if code == "difference":
            return self._tag("mindset") & self._tag("behaviour")
        tags = {item.id: item.tag.value for item in self.instrument.items}
        return self.half([item for items in self.used.values() for item in items if tags[item] == code])

    def _outcome(self, kind, code):
        kinds = {"headline": "degree", "forecast": "forecast"}
        places = [
            place
            for place, outcome in enumerate(self.instrument.outcomes)
            if outcome.id == code or outcome.kind == kinds.get(kind)
        ]
        return self.answers.outcomes[:, places[0]] >= 0

    def half(self, items):
        return sum(self.point(item) for item in items) * 2 >= len(items)
