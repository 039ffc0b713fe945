"""Who was asked, what follows from it, and what the silent could change (METHOD 3.8, 3.8b)."""

from __future__ import annotations

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.narrative.gaps import MEASURED, estimate_words
from cultureassess.report.narrative.headline import measured
from cultureassess.report.narrative.labels import composite_name
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Coverage, Estimate, Share, Snapshot, Tipping

FULL = 100.0


def chosen_sentence(snapshot: Snapshot, words: Words) -> str:
    """How customers were chosen and its consequence."""
    chosen = snapshot.wave.chosen
    if chosen == "all":
        return words.gettext(
            "According to {organisation}, all customers were asked, so nobody chose who could answer. "
            "Which of them did answer matters more than any range printed here.",
            organisation=snapshot.wave.organisation,
        )
    if chosen == "random":
        return words.gettext(
            "According to {organisation}, customers were drawn at random, so nobody chose who could answer. "
            "Which of them did answer matters more than any range printed here.",
            organisation=snapshot.wave.organisation,
        )
    if chosen == "picked":
        return _picked(snapshot, words)
    return words.gettext(
        "Customers answered through an open link, which anybody who has it can use: nobody knows who did not "
        "answer, so read the size of a number with caution."
    )


def _picked(snapshot: Snapshot, words: Words) -> str:
    """Kinder customers hide a gap; where none is established, they flatter the score."""
    interval = snapshot.headline.difference_interval
    if interval is None and (composite := snapshot.headline_composite) is not None:
        interval = composite.gap.interval
    if interval is not None and interval.low > 0:
        return words.gettext(
            "Customers were picked by account managers: picked customers tend to be kinder, "
            "so the gap is probably larger."
        )
    if not any(index.groups.get("customer", Estimate()).mean is not None for index in snapshot.indices):
        return words.gettext("Customers were picked by account managers: picked customers tend to be kinder.")
    return flattered_sentence(words)


def flattered_sentence(words: Words) -> str:
    """What it does to customers' scores that account managers picked them."""
    return words.gettext(
        "Customers were picked by account managers: picked customers tend to be kinder, "
        "so customers as a whole are probably less content than this."
    )


def tipping_sentence(snapshot: Snapshot, words: Words) -> str | None:
    """What the silent customers would have to say for customers to match management, or to fall behind.

    Where no answer of theirs could do either, the share that customers would come to, beside the managers'.
    """
    tipping, groups = snapshot.headline.tipping, snapshot.headline.groups
    managers, customers = groups.get("management"), groups.get("customer")
    if not (managers and customers and measured(managers) and measured(customers) and _counted(snapshot)):
        return None
    if tipping.share is None or not tipping.silent:
        return None
    if not 0 < tipping.share <= FULL:
        return _out_of_reach(tipping, managers, customers, words)
    places = {**_silent_places(tipping, words), "share": words.percent(tipping.share)}
    if (customers.percent or 0.0) > (managers.percent or 0.0):
        return words.gettext(
            "{silent} of {invited} invited customers did not answer: the customers’ share stays above the "
            "managers’ {own} as long as more than {share} of them agree.",
            own=words.percent(managers.percent or 0.0),
            **places,
        )
    return words.gettext(
        "{silent} of {invited} invited customers did not answer: {share} of them would have to agree "
        "for customers to match management.",
        **places,
    )


def _silent_places(tipping: Tipping, words: Words) -> dict[str, str]:
    return {"invited": words.number(tipping.invited or 0), "silent": words.number(tipping.silent or 0)}


def _out_of_reach(tipping: Tipping, managers: Share, customers: Share, words: Words) -> str:
    """The share of all customers if none of the silent agreed, or all of them, beside the managers' own."""
    silent, all_agree = tipping.silent or 0, (tipping.share or 0.0) > FULL
    reached = FULL * ((customers.count or 0) + silent * all_agree) / ((customers.n or 0) + silent)
    places = {
        **_silent_places(tipping, words),
        "reached": words.percent(reached),
        "own": _share_words(managers, words),
    }
    if not all_agree:
        return words.gettext(
            "{silent} of {invited} invited customers did not answer: even if none of them agreed, {reached} "
            "of customers would, no less than managers do: {own}.",
            **places,
        )
    if managers.interval is not None and managers.interval.contains(reached):
        return words.gettext(
            "{silent} of {invited} invited customers did not answer: even if all of them agreed, {reached} "
            "of customers would. Managers: {own}, a range that includes it.",
            **places,
        )
    return words.gettext(
        "{silent} of {invited} invited customers did not answer: even if all of them agreed, {reached} "
        "of customers would, fewer than managers do: {own}.",
        **places,
    )


def _share_words(share: Share, words: Words) -> str:
    """ "79% (likely 63 to 90)"; without a range the share alone."""
    percent = words.percent(share.percent or 0.0)
    if share.interval is None:
        return percent
    return words.gettext("{share} (likely {range})", share=percent, range=words.between(share.interval))


def unknown_silence(snapshot: Snapshot, words: Words) -> str:
    """Why nobody can compute what the silent customers could change: the one reason that holds here."""
    found = next((one for one in snapshot.coverage if one.audience == "customer"), Coverage("customer"))
    if snapshot.wave.chosen == "open":
        return words.gettext(
            "Customers answered through an open link, so nobody knows who stayed silent or can compute it."
        )
    if found.invited is None:
        return words.gettext(
            "How many customers were invited is not known for this wave, so nobody can compute it."
        )
    if found.answered is not None and found.answered >= found.invited:
        return words.gettext(
            "As many customers answered as were invited, or more, so nobody is known to be silent."
        )
    if snapshot.headline.outcome is None:
        return words.gettext("This questionnaire asks no overall question whose answer could change.")
    if any(_few(snapshot.headline.groups.get(side)) for side in ("management", "customer")):
        return words.gettext("Fewer than ten answered on a side: too few to compute it from.")
    return words.gettext("A figure that it needs is not shown in this report, so it cannot be computed here.")


def _few(share: Share | None) -> bool:
    """So few answered that nothing is measured, as far as that may be told."""
    if share is None:
        return False
    return share.withheld is Reason.FEW or (share.n is not None and not measured(share))


def silent_sentences(snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    """What two guesses about the silent customers would change: the shares, and the headline composite."""
    return tuple(
        sentence
        for sentence in (_two_scenarios(snapshot, words), _score_needed(snapshot, words))
        if sentence is not None
    )


def _counted(snapshot: Snapshot) -> bool:
    """Who was invited is known: through an open link anybody may answer, so nobody can be called silent."""
    found = next((one for one in snapshot.coverage if one.audience == "customer"), None)
    return snapshot.wave.chosen != "open" and found is not None and found.rate is not None


def _two_scenarios(snapshot: Snapshot, words: Words) -> str | None:
    """The customers' share if the silent were as managers expected, and if they were divided."""
    if tipping_sentence(snapshot, words) is None:
        return None
    silent, customers = snapshot.headline.tipping.silent or 0, snapshot.headline.groups["customer"]
    expected = snapshot.headline.forecast.get("management")
    own = snapshot.headline.groups["management"].percent
    if expected is None or expected.mean is None or customers.count is None or own is None:
        return None
    shares = [
        (100 * customers.count + silent * guess) / ((customers.n or 0) + silent)
        for guess in (expected.mean, 50.0)
    ]
    places = {
        "guess": words.number(expected.mean),
        "first": words.percent(shares[0]),
        "second": words.percent(shares[1]),
        "own": words.percent(own),
    }
    if max(shares) < own:
        return words.gettext(
            "If the silent said so as often as managers expected ({guess} of 100), {first} of all customers "
            "would; if half of the silent did, {second}. Both stay below the managers’ {own}.",
            **places,
        )
    return words.gettext(
        "If the silent said so as often as managers expected ({guess} of 100), {first} of all customers "
        "would; if half of the silent did, {second}. The managers’ share is {own}.",
        **places,
    )


def _score_needed(snapshot: Snapshot, words: Words) -> str | None:
    """What the silent would have to give on average for the headline composite to match the managers'."""
    silent, composite = snapshot.headline.tipping.silent, snapshot.headline_composite
    managers, customers = (snapshot.headline_score(group) for group in ("management", "customer"))
    if not silent or not _counted(snapshot) or composite is None or managers is None or customers is None:
        return None
    if managers.mean is None or customers.mean is None or customers.mean >= managers.mean:
        return None
    if min(managers.n or 0, customers.n or 0) < MEASURED:
        return None
    n = customers.n or 0
    needed = (managers.mean * (n + silent) - customers.mean * n) / silent
    places = {
        "measure": composite_name(composite, snapshot, words),
        "own": words.score(managers.mean, snapshot.level_cuts),
        "given": words.score(customers.mean, snapshot.level_cuts),
    }
    if needed > FULL:
        places["reached"] = words.score((customers.mean * n + FULL * silent) / (n + silent))
        places["own"] = estimate_words(managers, snapshot, words)
        return words.gettext(
            "{measure}: even if every silent customer gave 100, all customers together would reach "
            "{reached}; managers give {own}.",
            **places,
        )
    return words.gettext(
        "{measure}: to match the managers’ {own}, the silent would have to average {needed}; who "
        "answered gave {given}.",
        needed=words.number(needed),
        **places,
    )
