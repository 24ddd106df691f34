"""The tables of a search: every cell that was reached, every point that was run again, its quantiles, and what a rare outcome takes."""

from pathlib import Path

import numpy as np
import pandas as pd

from sim.exploration.reach.corner_study import TELLING as TOLD_BY
from sim.exploration.reach.corner_study import CornerPoint
from sim.exploration.reach.nearest_point import TELLING, NearestPoint
from sim.exploration.reach.points import CENTRE
from sim.exploration.reach.reach_question import ReachQuestion
from sim.exploration.reach.reach_study import ReachAnswer
from sim.text.csv_text import csv_frame
from sim.validation.sensitivity.sensitivity_text import value_at

CELLS, POINTS, CORNERS, QUANTILES, PARAMETERS = "cells.csv", "points.csv", "corners.csv", "quantiles.csv", "parameters.csv"
RANDOM_ONLY, BOTH, SEARCH_ONLY = "random worlds only", "both", "search only"


def cell_table(question: ReachQuestion, answer: ReachAnswer) -> pd.DataFrame:
    """A row for each cell that was reached: its bounds, how many random worlds and searched points lie in it, and what is known of it.

    `held` is the share of lucks in which its point holds (of cells by the search only), `with_outcome` how many of its worlds have the
    wanted outcome, if one is wanted.
    """
    grid = answer.grid
    random, searched = grid.cells(answer.random.values[:2]), grid.cells(answer.searched.values[:2])
    rows = []
    held = {} if answer.cells is None else dict(zip(answer.cells.checked.cells.tolist(), answer.cells.checked.share.tolist(), strict=True))
    one, other = (outcome.text for outcome in question.measures)
    for cell in np.union1d(random, searched):
        n_random, n_searched = int((random == cell).sum()), int((searched == cell).sum())
        (low, high), (below, above) = grid.bounds(cell)
        row = {
            "column": grid.place(cell)[0],
            "row": grid.place(cell)[1],
            f"{one}_from": low,
            f"{one}_to": high,
            f"{other}_from": below,
            f"{other}_to": above,
            "random_worlds": n_random,
            "searched": n_searched,
            "reached_by": BOTH if n_random and n_searched else RANDOM_ONLY if n_random else SEARCH_ONLY,
            "held": held.get(int(cell), np.nan),
        }
        if question.wanted is not None:
            row["random_with_outcome"] = int(answer.random.values[2][random == cell].sum())
            row["searched_with_outcome"] = int(answer.searched.values[2][searched == cell].sum())
        rows.append(row)
    return pd.DataFrame(rows)


def point_table(question: ReachQuestion, answer: ReachAnswer) -> pd.DataFrame:
    """A row for each point that was run again: where it was found, its means over other lucks, the share of them in which it holds."""
    assert answer.cells is not None
    checked = answer.cells.checked
    columns = {"point": np.arange(len(checked.cells)), "luck": checked.points.luck}
    for i, outcome in enumerate(question.measures):
        columns |= {f"{outcome.text}_found": checked.points.values[i], f"{outcome.text}_mean": checked.means[i]}
    return pd.DataFrame(columns | {"lucks": checked.n_lucks, "held": checked.share, "holds": checked.holds})


def corner_table(question: ReachQuestion, answer: ReachAnswer) -> pd.DataFrame:
    """Two rows for each corner, the best parameters of a random world and the best found: means over lucks, share in which it lies deep."""
    assert answer.cells is not None
    rows, first = [], len(answer.cells.checked.cells)
    for i, (corner, of) in enumerate((corner, of) for corner in answer.cells.corners for of in ("random", "found")):
        point: CornerPoint = getattr(corner, of)
        ends = ("high" if sign > 0 else "low" for sign in corner.signs)
        rows.append((first + i, *ends, of, *point.mean, TOLD_BY, point.deep))
    one, other = (outcome.text for outcome in question.measures)
    return pd.DataFrame(rows, columns=["point", one, other, "of", f"{one}_mean", f"{other}_mean", "lucks", "deep"])


def quantile_table(question: ReachQuestion, answer: ReachAnswer) -> pd.DataFrame:
    """Where in its range each point of the two tables has each parameter: a column for each, so that the points can be run again."""
    assert answer.cells is not None
    corners = [point.quantiles for corner in answer.cells.corners for point in (corner.random, corner.found)]
    quantiles = np.concatenate([answer.cells.checked.points.quantiles, np.stack(corners, axis=1)], axis=1)
    return pd.DataFrame({"point": np.arange(quantiles.shape[1]), **dict(zip(question.paths, quantiles, strict=True))})


def parameter_table(question: ReachQuestion, near: NearestPoint) -> pd.DataFrame:
    """The parameters of the nearest point that are away from their centre, the furthest first."""
    rows = []
    for i in near.moved:
        assert near.quantiles is not None
        setting, quantile = question.scenario.settings[question.paths[i]], float(near.quantiles[i])
        low, high = (value_at(setting, end) for end in (0.0, 1.0))
        value, central = value_at(setting, quantile), value_at(setting, CENTRE)
        about = (setting.unit, setting.grade, setting.source, near.share, TELLING)
        rows.append((setting.path, value, central, low, high, quantile, *about))
    columns = ["parameter", "value", "central", "low", "high", "quantile", "unit", "grade", "source", "holds_in", "lucks"]
    return pd.DataFrame(rows, columns=columns)


def write_tables(work: Path, question: ReachQuestion, answer: ReachAnswer) -> list[str]:
    """Write the tables into a folder that is being built; returns their names."""
    tables = {CELLS: cell_table(question, answer)}
    if answer.cells is not None:
        tables[POINTS], tables[CORNERS] = point_table(question, answer), corner_table(question, answer)
        tables[QUANTILES] = quantile_table(question, answer)
    if answer.nearest is not None and answer.nearest.quantiles is not None:
        tables[PARAMETERS] = parameter_table(question, answer.nearest)
    for name, table in tables.items():
        digits = None if name == QUANTILES else "%.6g"  # quantiles in full: with them and its luck, a point is run again to the bit
        csv_frame(table).to_csv(work / name, index=False, float_format=digits, lineterminator="\n")
    return list(tables)
