"""The analysis room: pages that the consultant reads, and leaders where the consultant hands them on."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from cultureassess.services.actions.plan import action_plan
from cultureassess.services.releasing import earlier_results, results_of
from cultureassess.snapshot.document import from_json
from cultureassess.web import access, database
from cultureassess.web.results import (
    chain,
    change,
    clients,
    contrasts,
    inside,
    matters,
    next_steps,
    quality,
    segments,
    workshop,
)
from cultureassess.web.results.reading import read
from cultureassess.web.results.views import bp, live


@bp.get("/<int:wave_id>/change", endpoint="change")
def since_last_time(wave_id: int) -> ResponseReturnValue:
    """What moved since the wave before this one."""
    reading = read(access.results(wave_id), "change")
    earlier = earlier_results(database.session(), reading.wave, leader=reading.leader)[:1]
    page = change.build(reading.setting, from_json(earlier[0].record.json)) if earlier else None
    return render_template("results/change.html", reading=reading, page=page)


@bp.get("/<int:wave_id>/next", endpoint="next")
def what_we_do_now(wave_id: int) -> ResponseReturnValue:
    """What was agreed on, and what else comes first: at most three cards, unless more were agreed on."""
    reading = read(access.results(wave_id), "next")
    plan = action_plan(database.session(), reading.wave)
    page = next_steps.build(reading.setting, plan.cards)
    return render_template("results/next.html", reading=reading, page=page)


@bp.get("/<int:wave_id>/chain", endpoint="chain")
def where_the_truth_gets_lost(wave_id: int) -> ResponseReturnValue:
    """Each index from the top down to the customers."""
    reading = read(access.results(wave_id), "chain")
    return render_template("results/chain.html", reading=reading, page=chain.build(reading.setting))


@bp.get("/<int:wave_id>/blind-spots", endpoint="contrasts")
def blind_spots(wave_id: int) -> ResponseReturnValue:
    """Blind spots, hidden strengths, and the gaps against their average."""
    reading = read(access.results(wave_id), "contrasts")
    page = contrasts.build(reading.setting)
    return render_template("results/contrasts.html", reading=reading, page=page, **live())


@bp.get("/<int:wave_id>/importance", endpoint="importance")
def what_matters_most(wave_id: int) -> ResponseReturnValue:
    """Importance against the gap."""
    reading = read(access.results(wave_id), "importance")
    page = matters.build(reading.setting)
    return render_template("results/importance.html", reading=reading, page=page, **live())


@bp.get("/<int:wave_id>/people", endpoint="synergy")
def people_and_customers(wave_id: int) -> ResponseReturnValue:
    """The synergy quadrant, and mindset against behaviour."""
    reading = read(access.results(wave_id), "synergy")
    return render_template("results/synergy.html", reading=reading, page=inside.build(reading.setting))


@bp.get("/<int:wave_id>/heat-map", endpoint="segments")
def heat_map(wave_id: int) -> ResponseReturnValue:
    """Segments by indices, and what hides in the average."""
    reading = read(access.results(wave_id), "segments")
    return render_template("results/segments.html", reading=reading, page=segments.build(reading.setting))


@bp.get("/<int:wave_id>/quality", endpoint="quality")
def how_far_it_carries(wave_id: int) -> ResponseReturnValue:
    """Who answered, how steady the indices are, and what was left out."""
    reading = read(access.results(wave_id), "quality")
    return render_template("results/quality.html", reading=reading, page=quality.build(reading.setting))


@bp.get("/<int:wave_id>/workshop", endpoint="workshop")
def workshop_mode(wave_id: int) -> ResponseReturnValue:
    """One index at a time, for a room of people."""
    reading = read(access.wave(wave_id), "workshop")
    return render_template("results/workshop.html", reading=reading, rounds=workshop.build(reading.setting))


@bp.get("/clients", endpoint="clients")
def side_by_side() -> ResponseReturnValue:
    """The waves of all clients that whoever asks works for."""
    found = results_of(database.session(), access.organisations())
    return render_template("results/clients.html", page=clients.build(found))
