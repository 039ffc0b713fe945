"""How to read the report, its method, its limits and its words (METHOD 0, 2, 3, 8)."""

from __future__ import annotations

from cultureassess.report.words import Words
from cultureassess.snapshot.types import Snapshot

Entry = tuple[str, str]


def how_to_read(snapshot: Snapshot, words: Words) -> tuple[Entry, ...]:
    """What every reader needs before the first chart: a heading and a short paragraph each."""
    return (
        _scale(snapshot, words),
        (
            words.gettext("A gap"),
            words.gettext(
                "Managers minus customers, in points of 100. Both sides judged the same behaviour, each "
                "in its own "
                "words; only such pairs are compared. A positive gap means that managers see it rosier."
            ),
        ),
        (
            words.gettext("Four words"),
            words.gettext(
                "Gap: you would see this difference again, and it is 10 points or more. Gap (small): "
                "real, but under "
                "10 points. Agree: alike within 10 points. Cannot tell yet: the answers are too few to say."
            ),
        ),
        (
            words.gettext("Ranges"),
            words.gettext(
                "“Likely between 17 and 35” is a 95% interval: the value is printed first, its range "
                "always with it. "
                "Overlapping ranges of two groups can still hide a real difference; the verdict tells."
            ),
        ),
        (
            words.gettext("Grey and hatched"),
            words.gettext(
                "Not shown: fewer than {k} answers, or showing it would reveal a small group. "
                "Nobody’s answers and a few people’s answers look the same.",
                k=snapshot.wave.k,
            ),
        ),
        (words.gettext("For comparison"), " ".join(published_comparisons(words))),
        (words.gettext("Usual optimism"), self_leniency(words)),
    )


def _scale(snapshot: Snapshot, words: Words) -> Entry:
    return (
        words.gettext("Scores from 0 to 100"),
        words.gettext(
            "0 means that everybody chose “{lowest}”, 100 that everybody chose “{highest}”. "
            "Answers of “{dont_know}” are left out and counted apart.",
            lowest=snapshot.instrument.scale_labels[0],
            highest=snapshot.instrument.scale_labels[-1],
            dont_know=snapshot.instrument.dont_know,
        ),
    )


def published_comparisons(words: Words) -> tuple[str, str]:
    """The two published figures, in their own wording, never with a range (METHOD 0.1-0.3)."""
    return (
        words.gettext(
            "CMO Council, 2007/08, B2B technology vendors only: 56% of vendors perceived themselves as "
            "extremely "
            "customer-centric, but only 12% of customers agreed."
        ),
        words.gettext(
            "Bain, 2005, 362 firms: 80% believed that they delivered a superior experience; customers "
            "said 8%."
        ),
    )


def self_leniency(words: Words) -> str:
    """The usual self-leniency, one sentence (METHOD 3.8b)."""
    return words.gettext(
        "People usually rate themselves higher than others rate them (89 samples, 35,417 people, d = 0.32), "
        "so some gap is normal everywhere."
    )


def levels(snapshot: Snapshot, words: Words) -> tuple[tuple[str, str, str, str], ...]:
    """The levels: number, name, where it starts, what it reads as."""
    return tuple(
        (
            str(cut.number),
            cut.name,
            words.gettext("from {start}", start=words.number(cut.start)),
            cut.reads_as,
        )
        for cut in snapshot.level_cuts
    )


def method(snapshot: Snapshot, words: Words) -> tuple[Entry, ...]:
    """How the numbers were made."""
    return (
        (
            words.gettext("Scores"),
            words.gettext(
                "Each answer becomes 0 to 100. A person’s index is the mean of the answered statements, "
                "if at least "
                "half were answered; nothing is filled in. A group’s score is the mean over its people."
            ),
        ),
        (
            words.gettext("Gaps"),
            words.gettext(
                "Welch’s interval for the difference of two means; verdicts are corrected for testing {m} "
                "indices "
                "together (Holm). A gap counts from 10 points. Shares use Wilson’s and Newcombe’s intervals.",
                m=snapshot.family_size,
            ),
        ),
        (
            words.gettext("Levels"),
            words.gettext(
                "The level is the customers’, from the four indices that matter most, and at most one "
                "above the "
                "weakest of them. The cuts are stated conventions (version {version}), not norms.",
                version=snapshot.levels_version,
            ),
        ),
        (
            words.gettext("Careless answers"),
            words.gettext(
                "Left out only if someone gave the same answer throughout and was faster than two seconds a "
                "statement; the rule was fixed before the first answer."
            ),
        ),
        (
            words.gettext("Confidentiality"),
            words.gettext(
                "No figure from fewer than {k} answers, no comments of a group of fewer than {k_c} people. "
                "Figures that "
                "would reveal a small group by subtraction are withheld as well.",
                k=snapshot.wave.k,
                k_c=snapshot.wave.k_comments,
            ),
        ),
    )


def limits(words: Words) -> tuple[str, ...]:
    """What is not validated, said openly (METHOD 8)."""
    return (
        words.gettext(
            "The questionnaire is a draft: no factor analysis, no norms and no test yet that both audiences "
            "understand the statements alike."
        ),
        words.gettext(
            "Level cuts and the 10-point threshold are conventions backed by three public data sets."
        ),
        words.gettext("Which customers chose to answer matters more than any range printed here."),
        words.gettext(
            "This report is not legal advice: duties towards staff and customers differ by country."
        ),
    )


def glossary(words: Words) -> tuple[Entry, ...]:
    """The words of the report."""
    return (
        (
            words.gettext("Blind spot"),
            words.gettext("A gap where managers see it rosier and customers see no strength."),
        ),
        (
            words.gettext("Overstated strength"),
            words.gettext("A gap where managers see it rosier although customers do see a strength."),
        ),
        (
            words.gettext("Hidden strength"),
            words.gettext("Customers see a strength and rate it clearly higher than managers."),
        ),
        (
            words.gettext("Over-critical"),
            words.gettext("Managers rate it clearly lower than customers; nobody sees a strength."),
        ),
        (
            words.gettext("Shared strength, shared weakness"),
            words.gettext("No established gap, both at 65 or above, or both below."),
        ),
        (
            words.gettext("Provisional"),
            words.gettext("The answers are too few to tell; the class may change."),
        ),
        (
            words.gettext("Customers"),
            words.gettext("People who buy or use, or resell; partners and suppliers are never among them."),
        ),
        (
            words.gettext("Managers"),
            words.gettext("Top management, people who lead managers, and people who lead a team."),
        ),
    )
