"""The figures of a snapshot as equations about single answers, each of which is an unknown.

Written from METHOD 2.2 to 2.4 and 2.10; knows nothing of how the product computes or withholds.
"""

import numpy as np

PRIME = 2**31 - 1
"""Arithmetic modulo a prime is exact; a dependence that holds by accident modulo this one does not occur."""

MEANS = ("index", "full", "block", "composite", "item", "tag")


def shares(people, items):
    """An answer's share of its respondent's mean, mod PRIME. Shape (respondents, items of all)."""
    found = np.zeros(people.answers.points.shape, dtype=np.int64)
    answered = np.stack([people.point(item) for item in items], axis=1)
    number = answered.sum(axis=1)
    inverse = np.array([pow(int(n), -1, PRIME) if n else 0 for n in number])
    columns = [people.instrument.position[item] for item in items]
    found[:, columns] = answered * inverse[:, None]
    return found


def parts(people, statistic):
    """As ``shares``, of any statistic that is a mean of answers."""
    kind, _, code = statistic.partition(" ")
    if kind == "item":
        return shares(people, [code])
    if kind == "composite":
        own = [index for index in people.composites[code] if people.used.get(index)]
        there = np.stack([people.half(people.used[index]) for index in own], axis=1)
        inverse = np.array([pow(int(n), -1, PRIME) if n else 0 for n in there.sum(axis=1)])
        all_of_them = [shares(people, people.used[i]) * there[:, [place]] for place, i in enumerate(own)]
        return sum(all_of_them) % PRIME * inverse[:, None] % PRIME
    if kind == "tag" and code == "difference":
        return (parts(people, "tag mindset") - parts(people, "tag behaviour")) % PRIME
    return shares(people, items_of(people, kind, code))


def items_of(people, kind, code):
    if kind == "index":
        return people.used[code]
    if kind == "full":
        return [item.id for item in people.instrument.items_of(code) if item.inside]
    if kind == "block":
        return [item.id for block in people.instrument.blocks if block.code == code for item in block.items]
    tags = {item.id: item.tag.value for item in people.instrument.items}
    return [item for items in people.used.values() for item in items if tags[item] == code]


def equation(people, statistic, cell):
    """What a cell's mean times its n says: shape (respondents, items), mod PRIME."""
    behind = people.members(cell) & people.valid(statistic) & people.kept
    return parts(people, statistic) * behind[:, None]


def reduced(rows):
    """Independent rows in echelon form, modulo PRIME: (rows, their pivots)."""
    rows, pivots = rows % PRIME, []
    for column in range(rows.shape[1]):
        line = len(pivots)
        filled = np.flatnonzero(rows[line:, column])
        if len(filled):
            rows[[line, line + filled[0]]] = rows[[line + filled[0], line]]
            rows[line] = rows[line] * pow(int(rows[line, column]), -1, PRIME) % PRIME
            others = np.flatnonzero(rows[:, column])
            others = others[others != line]
            rows[others] = (rows[others] - rows[others, column][:, None] * rows[line] % PRIME) % PRIME
            pivots.append(column)
            if len(pivots) == len(rows):
                break
    return rows[: len(pivots)], pivots


def follows(basis, pivots, target):
    """Whether a row is a combination of the rows in echelon form."""
    left = target % PRIME
    for row, pivot in zip(basis, pivots, strict=True):
        if left[pivot]:
            left = (left - left[pivot] * row % PRIME) % PRIME
    return not left.any()


def rank(rows):
    return len(reduced(rows)[1])
