"""How to read the report, its method, its limits and its words (METHOD 0, 2, 3, 8)."""

from __future__ import annotations

from cultureassess import instruments
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
                "in its own words; only such pairs are compared. A positive gap means that managers see it "
                "rosier. Gaps are computed before rounding, so they can differ by one from the scores."
            ),
        ),
        (
            words.gettext("Four words"),
            words.gettext(
                "Gap: the difference is unlikely to be chance, and we measured 10 points or more. "
                "Gap (small): unlikely to be chance, and we measured less. Agree: alike within 10 points. "
                "Cannot tell yet: the range is too wide to say."
            ),
        ),
        *_strongly(snapshot, words),
        (
            words.gettext("Ranges"),
            words.gettext(
                "“Likely between 17 and 35” is a 95% interval: it says how far chance may have moved the "
                "value, not what silence or choice did. "
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


def _strongly(snapshot: Snapshot, words: Words) -> tuple[Entry, ...]:
    """The answers of the overall question, and which of them are counted; nothing where none was asked."""
    found = snapshot.headline
    if not found.options or not found.yes_words:
        return ()
    text = words.gettext(
        "The overall question was answered from {lowest} to {highest}, in {n} steps. Who chose {counted} is "
        "counted as saying so.",
        lowest=words.quoted(found.options[0]),
        highest=words.quoted(found.options[-1]),
        n=words.number(len(found.options)),
        counted=words.alternatives([words.quoted(word) for word in found.yes_words]),
    )
    return ((words.gettext("Who says so"), text),)


def _scale(snapshot: Snapshot, words: Words) -> Entry:
    text = words.gettext(
        "0 means that everybody chose “{lowest}”, 100 that everybody chose “{highest}”. "
        "Answers of “{dont_know}” are left out and counted apart.",
        lowest=snapshot.instrument.scale_labels[0],
        highest=snapshot.instrument.scale_labels[-1],
        dont_know=snapshot.instrument.dont_know,
    )
    skipped = words.gettext(
        "Who skipped a question is not counted there, so counts can differ from question to question."
    )
    return (words.gettext("Scores from 0 to 100"), f"{text} {skipped}")


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
        "People usually rate themselves higher than others rate them, by about a third of the usual spread "
        "between people (89 samples, 35,417 people), so part of a gap in managers’ favour is usual."
    )


def levels(snapshot: Snapshot, words: Words) -> tuple[tuple[str, str, str], ...]:
    """The levels: number, name, and the scores that it spans."""
    cuts = snapshot.level_cuts
    ends = [cut.start for cut in cuts[1:]]
    spans = [
        words.gettext("{start} to below {end}", start=words.number(cut.start), end=words.number(end))
        for cut, end in zip(cuts, ends, strict=False)
    ]
    spans += [words.gettext("from {start}", start=words.number(cut.start)) for cut in cuts[-1:]]
    return tuple((str(cut.number), cut.name, span) for cut, span in zip(cuts, spans, strict=True))


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
            _gaps_method(snapshot, words),
        ),
        (
            words.gettext("Levels"),
            _levels_method(snapshot, words),
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
        (
            words.gettext("Practices"),
            words.gettext(
                "In our own words after Stefano Calvetti on customer-centred and employee-centred "
                "culture, Lynn Hunsaker (“Do This, Not That”), David Tang (Flevy), the guide of Eagle’s "
                "Flight and an article on “three levers”."
            ),
        ),
    )


def _gaps_method(snapshot: Snapshot, words: Words) -> str:
    """How a gap is judged; where no index had answers enough, that none is."""
    if not snapshot.family_size:
        return words.gettext(
            "Welch’s interval for the difference of two means. No index had answers enough to be judged. A "
            "gap counts from 10 points. Shares use Wilson’s and Newcombe’s intervals."
        )
    return words.ngettext(
        "Welch’s interval for the difference of two means. One index is judged. A gap counts from 10 "
        "points. Shares use Wilson’s and Newcombe’s intervals.",
        "Welch’s interval for the difference of two means; verdicts are corrected for testing {m} "
        "indices together (Holm). A gap counts from 10 points. Shares use Wilson’s and Newcombe’s "
        "intervals.",
        snapshot.family_size,
        m=snapshot.family_size,
    )


def _levels_method(snapshot: Snapshot, words: Words) -> str:
    """What the overall level rests on, as this questionnaire has it."""
    composite = snapshot.headline_composite
    cuts = words.gettext(
        "The cuts are stated conventions (version {version}), not norms.", version=snapshot.levels_version
    )
    if composite is None:
        return words.gettext("No overall level is given. {cuts}", cuts=cuts)
    names = {index.code: index.name for index in snapshot.indices}
    return words.gettext(
        "The level is the customers’, from {indices}, and at most one above the weakest of them. {cuts}",
        indices=words.listed([names[code] for code in composite.indices if code in names]),
        cuts=cuts,
    )


def limits(snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    """What is not validated, said openly (METHOD 8)."""
    return (
        words.gettext(
            "The questionnaire is a draft: no factor analysis, no norms and no test yet that both audiences "
            "understand the statements alike."
        )
        if ours(snapshot)
        else words.gettext(
            "The questionnaire was brought along, not made for this program: whether it has been tested, and "
            "whether both audiences understand its statements alike, its authors must say."
        ),
        words.gettext(
            "Level cuts and the 10-point threshold are conventions backed by three public data sets."
        ),
        words.gettext("Which customers chose to answer matters more than any range printed here."),
        words.gettext(
            "This report is not legal advice: duties towards staff and customers differ by country."
        ),
    )


def ours(snapshot: Snapshot) -> bool:
    """Whether we made the questionnaire: of others we cannot say what was tested."""
    return snapshot.instrument.code in instruments.available()


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
            words.gettext(
                "No gap of 10 points or more is established, and both are at 65 or above, or below."
            ),
        ),
        (
            words.gettext("Mixed"),
            words.gettext(
                "No gap of 10 points or more is established, but one side is at 65 or above and the other "
                "below."
            ),
        ),
        (
            words.gettext("Provisional"),
            words.gettext("The range is too wide for a verdict; the class may change."),
        ),
        (
            words.gettext("Established gap"),
            words.gettext(
                "Gap or gap (small): unlikely to be chance, also after correction for judging all indices "
                "together."
            ),
        ),
        (
            words.gettext("Core, differentiating"),
            words.gettext(
                "Two kinds of index: core ones say how a company works for its customers, differentiating "
                "ones what sets it apart. They are scored alike."
            ),
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
