"""Why something is not shown, in words (METHOD 4.2). Zero answers and one to four read the same."""

from __future__ import annotations

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.words import Words


def reason_note(reason: Reason, words: Words, *, k: int) -> str:
    """The few words that stand in a table cell or a chart row."""
    notes = {
        Reason.FEW: words.gettext("not shown – fewer than {k}", k=k),
        Reason.PROTECTS: words.gettext("not shown – protects people"),
        Reason.THIN: words.gettext("not shown – too few for this figure"),
        Reason.ACCOUNTS: words.gettext("not shown – too few accounts"),
        Reason.NOT_ASKED: words.gettext("not asked"),
    }
    return notes[reason]


def reason_sentence(reason: Reason, words: Words, *, k: int) -> str:
    """A whole sentence for the list of what is not shown."""
    sentences = {
        Reason.FEW: words.gettext("Fewer than {k} answers.", k=k),
        Reason.PROTECTS: words.gettext("Showing it would tell what a few people answered."),
        Reason.THIN: words.gettext("Enough answers for an average, too few for this figure."),
        Reason.ACCOUNTS: words.gettext("Too few business accounts, or one of them dominates."),
        Reason.NOT_ASKED: words.gettext("This group was not asked."),
    }
    return sentences[reason]


def explanation(reason: Reason, words: Words) -> str:
    """Why such figures are withheld at all, for whoever wonders about a hatched cell."""
    sentences = {
        Reason.FEW: words.gettext(
            "The threshold was fixed before the first answer. No answer and a few answers look the same."
        ),
        Reason.PROTECTS: words.gettext(
            "Enough people answered. But beside the figures that are shown, this one would let somebody "
            "compute those of a smaller group, or would tell what each member of a group answered; which of "
            "the two is never said. This is why a single cell can be missing in a row that is shown."
        ),
        Reason.THIN: words.gettext(
            "Reliability, recommendation, comments and verdicts ask for more answers than an average does."
        ),
        Reason.ACCOUNTS: words.gettext(
            "With so few business accounts, a figure would be the answer of one customer’s company."
        ),
        Reason.NOT_ASKED: "",
    }
    return sentences[reason]


def hidden_sentence(reason: Reason | None, words: Words, *, k: int) -> str:
    """METHOD 3.10's sentence for a hidden result, with its own reason; none is told as too few."""
    return words.gettext("Not shown. {why}", why=reason_sentence(reason or Reason.FEW, words, k=k))
