"""The numbers behind the figures of effort, as tables for people."""

from typing import Any

from sim.compare.comparison import SURVIVED, Comparison
from sim.experiment.recording.effort_measures import effort_name
from sim.model.state.dimensions import Partner, keys
from sim.report.figures.data import comparison_text
from sim.report.figures.data.effort_shares import by_actor, by_place
from sim.report.page.text_table import TextTable
from sim.text import number_format
from sim.text.names import display_name, interest_name

_LEAST = 0.01  # of a partner's effort in a province


def by_goal(c: Comparison, scenario: str) -> TextTable:
    """Effort of every actor by goal, and how it differs from the reference scenario."""
    here = by_actor(comparison_text.rows(c.effort, scenario=scenario))
    there = {
        (actor, goal.goal): goal.share
        for actor, goals in by_actor(comparison_text.rows(c.effort, scenario=c.against)).items()
        for goal in goals
    }
    compares = comparison_text.reference(c, scenario) is not None
    changes = {
        str(row.quantity): row for row in comparison_text.rows(c.differences, scenario=scenario, kind="effort", given=SURVIVED).itertuples()
    }
    rows = []
    for actor, goals in here.items():
        for goal in goals:
            what = f"{display_name(actor)}: {interest_name(goal.goal)}"
            row = [what, number_format.number(goal.effort), number_format.percent(goal.share)]
            before = number_format.percent(there.get((actor, goal.goal), 0.0))
            rows.append(row + ([before, *_change(changes.get(effort_name(actor, goal.goal)))] if compares else []))
    more = ("share in the reference scenario", "difference in effort", "difference is") if compares else ()
    return TextTable(["actor and goal", "effort", "share of its effort", *more], rows)


def by_province(c: Comparison, scenario: str) -> TextTable:
    """What each partner's effort in each province is for, provinces by name; goals of hardly any effort there are left out."""
    table = comparison_text.rows(c.effort, scenario=scenario)
    rows = []
    for partner in keys(Partner):
        places = by_place(table, partner)
        for iso in sorted(places, key=lambda iso: c.names.get(iso, iso)):
            where = f"{display_name(partner)} in {c.names.get(iso, iso)}"
            for goal in places[iso].goals:
                if goal.share >= _LEAST:
                    what = f"{where}: {interest_name(goal.goal)}"
                    rows.append([what, number_format.number(goal.effort), number_format.percent(goal.share)])
    return TextTable(["who, where and what for", "effort", "share of its effort there"], rows)


def _change(row: Any) -> list[str]:
    """The difference of an effort, and what may be said of it; empty where it is not known."""
    return ["", ""] if row is None else [number_format.number(row.difference, signed=True), str(row.status)]
