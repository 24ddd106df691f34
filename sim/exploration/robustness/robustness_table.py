"""The tables of robustness: `signs.csv` (a row for each scenario and outcome), `groups.csv` (for each of its groups), `regret.csv`."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from sim.experiment.storage.data_dictionary import HEADER, add_columns
from sim.exploration.robustness.regret import Regret
from sim.exploration.robustness.robustness_study import Robustness
from sim.text.csv_text import csv_frame

SIGNS = {  # meaning, unit
    "scenario": ("name of the scenario", "name"),
    "against": ("scenario that the same worlds are compared with", "name"),
    "outcome": ("the outcome at the horizon", "name"),
    "unit": ("unit of the outcome; a share of 0.01 is one percentage point", "name"),
    "worlds": ("worlds compared; of measures of a standing government, those in which it stands in both", "count"),
    "difference": ("mean difference, world by world", "of the outcome"),
    "low": ("lower end of its 95 % interval", "of the outcome"),
    "high": ("upper end of its 95 % interval", "of the outcome"),
    "status": ("what the difference is, by the rules of `spheres compare`; all that follows is empty unless it is a finding", "class"),
    "worlds_more": ("share of worlds in which the outcome is larger", "share"),
    "worlds_fewer": ("share of worlds in which it is smaller", "share"),
    "worlds_same": ("share of worlds in which it is the same", "share"),
    "kept": ("share of the space of parameters over which the difference surely keeps its sign, luck averaged out", "share"),
    "reversed": ("share over which it surely has the other sign", "share"),
    "open": ("share over which neither is sure", "share"),
    "varies": ("whether parameters change the difference significantly", "true or false"),
    "worst_tenth": ("mean difference over the tenth of worlds in which it goes least with its own sign, luck included", "of the outcome"),
    "worst_low": ("lower end of its 95 % interval (bootstrap)", "of the outcome"),
    "worst_high": ("upper end of its 95 % interval", "of the outcome"),
    "worst_where": ("parameters whose draws differ significantly there, with their mean draw (0.5: the middle of the range)", "text"),
}
GROUPS = {
    "scenario": ("name of the scenario", "name"),
    "outcome": ("the outcome at the horizon", "name"),
    "group": ("worlds by the difference that their parameters let expect; 1: most with the sign of the mean", "number"),
    "worlds": ("worlds in the group", "count"),
    "difference": ("mean difference of the group", "of the outcome"),
    "low": ("lower end of its interval, 95 % for all groups together", "of the outcome"),
    "high": ("upper end of its interval", "of the outcome"),
}
REGRET = {
    "actor": ("whose stated interest it is", "name"),
    "interest": ("the interest, `ACTOR.interests.INTEREST` among the parameters", "name"),
    "measure": ("the outcomes that measure it (their mean)", "name"),
    "served_by": ("whether more or less of the measure serves the interest", "class"),
    "scenario": ("a course of the actor: the baseline, or a scenario in which only its own parameters differ", "name"),
    "worlds": ("worlds that all courses of the actor have; of measures of a standing government, those in which it stands in all", "count"),
    "mean": ("mean of the measure under this course", "of the measure"),
    "regret": ("mean of what the best of these courses in the same world serves the interest more", "of the measure"),
    "low": ("lower end of its 95 % interval", "of the measure"),
    "high": ("upper end of its 95 % interval", "of the measure"),
    "ninth": ("nine worlds in ten have no more regret than this", "of the measure"),
    "best": ("share of worlds in which no other of these courses serves the interest more", "share"),
    "matters": ("whether the mean regret is surely above zero and large enough to matter", "true or false"),
}
FILES = {"signs": SIGNS, "groups": GROUPS, "regret": REGRET}


def write_tables(folder: Path, found: Sequence[Robustness], regrets: Sequence[Regret]) -> None:
    """Write the tables into a folder, and what their columns mean into `columns.csv` there. Raises OSError."""
    rows = {
        "signs": [_sign(one) for one in found],
        "groups": [row for one in found for row in _groups(one)],
        "regret": list(map(_regret, regrets)),
    }
    with (folder / "columns.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(HEADER)
    for name, columns in FILES.items():
        table = csv_frame(pd.DataFrame(rows[name], columns=list(columns)))
        table.to_csv(folder / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
        add_columns(folder / "columns.csv", name, columns)


def _sign(one: Robustness) -> dict[str, object]:
    low, high = one.ends
    more, fewer, same = one.shares
    row: dict[str, object] = {
        "scenario": one.scenario,
        "against": one.against,
        "outcome": one.outcome.text,
        "unit": one.outcome.unit,
        "worlds": one.n,
        "difference": one.mean,
        "low": low,
        "high": high,
        "status": one.status,
        "worlds_more": more,
        "worlds_fewer": fewer,
        "worlds_same": same,
    }
    if one.signs is not None and one.worst is not None:
        where = [f"{one.parameters[i].path} ({draw:.2f})" for i, draw in zip(one.worst.rows, one.worst.draws, strict=True)]
        row |= {
            "kept": one.signs.kept,
            "reversed": one.signs.reversed,
            "open": one.signs.open,
            "varies": one.signs.varies,
            "worst_tenth": one.worst.mean,
            "worst_low": one.worst.low,
            "worst_high": one.worst.high,
            "worst_where": ", ".join(where),
        }
    return row


def _groups(one: Robustness) -> Iterator[dict[str, object]]:
    signs = one.signs
    if signs is None:
        return
    for i in range(len(signs.mean)):
        yield {
            "scenario": one.scenario,
            "outcome": one.outcome.text,
            "group": i + 1,
            "worlds": int(signs.n[i]),
            "difference": signs.mean[i],
            "low": signs.low[i],
            "high": signs.high[i],
        }


def _regret(one: Regret) -> dict[str, object]:
    return {
        "actor": one.measure.actor,
        "interest": one.measure.interest,
        "measure": " ".join(one.measure.outcomes),
        "served_by": "more" if one.measure.more else "less",
        "scenario": one.scenario,
        "worlds": one.n,
        "mean": one.served,
        "regret": one.mean,
        "low": one.low,
        "high": one.high,
        "ninth": one.ninth,
        "best": one.best,
        "matters": one.matters,
    }
