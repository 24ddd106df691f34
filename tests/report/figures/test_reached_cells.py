"""The figure of reached cells: a box for each, a dot where it holds, a ring for each corner that goes deeper; a spec that Altair takes."""

import altair as alt
import numpy as np
import pytest
from exploration.reach import toy

from sim.exploration.reach.reach_question import ReachQuestion, plane, wanted_outcome
from sim.exploration.reach.reach_study import ReachAnswer, study
from sim.exploration.reach.reach_tables import cell_table
from sim.report.figures.reached_cells import figure
from sim.scenario import load_scenario

Rows = list[dict[str, object]]


def asked(wanted: str | None = None) -> tuple[ReachQuestion, ReachAnswer]:
    outcome = wanted_outcome(wanted)
    question = ReachQuestion("toy", load_scenario("baseline"), plane("delimitation,balance", None), outcome, budget=400)
    return question, study(question, toy.space(toy.shaken))


def layers(question: ReachQuestion, answer: ReachAnswer) -> dict[str, list[Rows]]:
    spec = figure(question, answer)
    alt.Chart.from_dict(spec)
    found: dict[str, list[Rows]] = {}
    for layer in spec["layer"]:
        found.setdefault(layer["mark"]["type"], []).append(spec["datasets"][layer["data"]["name"]])
    return found


def test_every_cell_has_a_box_and_what_holds_a_dot() -> None:
    question, answer = asked()
    table, drawn = cell_table(question, answer), layers(question, answer)
    boxes, dots, rings = drawn["rect"][0], drawn["point"][0], drawn["point"][1]
    assert len(boxes) == len(table) and len({box["color"] for box in boxes}) >= 3
    assert len(dots) == (table["held"] >= 0.5).sum() > 0
    assert answer.cells is not None and len(rings) == sum(corner.is_deeper for corner in answer.cells.corners) > 0
    right = [box["x2"] for box in boxes]
    assert max(right) <= 64 + 520 and min(box["x"] for box in boxes) >= 64  # type: ignore[type-var]


def test_of_a_wanted_outcome_its_cells_have_dots() -> None:
    question, answer = asked("breakdown")
    table, drawn = cell_table(question, answer), layers(question, answer)
    with_it = (table["random_with_outcome"] + table["searched_with_outcome"]) > 0
    assert len(drawn["point"][0]) == with_it.sum() > 0
    assert answer.nearest is not None and np.isfinite(answer.nearest.central)


@pytest.mark.parametrize("wanted", [None, "breakdown"])
def test_the_title_is_the_finding(wanted: str | None) -> None:
    question, answer = asked(wanted)
    title = " ".join(figure(question, answer)["title"]["text"])
    assert "400 random worlds" in title and ("Breakdown" in title) == (wanted is not None)
