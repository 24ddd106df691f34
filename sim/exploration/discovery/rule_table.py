"""The table of rules, a row for each condition that a method found: `rules.csv`."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from sim.experiment.storage.data_dictionary import HEADER, add_columns
from sim.exploration.discovery.asked_worlds import AskedWorlds
from sim.exploration.discovery.boxes import Box, Side
from sim.exploration.discovery.condition_words import condition
from sim.exploration.discovery.judgement import Judgement
from sim.exploration.discovery.rule_search import FOUND, RESAMPLES, SMALL, STABLE, UNSTABLE, UNSURE, Rule
from sim.text.csv_text import csv_frame

NAME, FILE = "rules", "rules.csv"
COLUMNS = {  # meaning, unit
    "scenario": ("scenario whose worlds are asked", "name"),
    "against": ("scenario that the same worlds are compared with; empty for none", "name"),
    "asked": ("what holds in the worlds that the rule is about", "text"),
    "method": ("PRIM or tree", "class"),
    "fit": (
        "rule: fitted among stable conditions; first: the first fit, before its conditions were asked to be stable",
        "class",
    ),
    "status": (f"'{FOUND}' where the rule counts; else why not: {UNSTABLE}, {SMALL}, {UNSURE}", "class"),
    "parameter": ("the parameter of the condition; empty for a rule without conditions", "name"),
    "end": ("above: the rule holds above the cut; below: below it", "class"),
    "value": ("the cut in the parameter's unit", "of the parameter"),
    "unit": ("unit of the parameter", "name"),
    "quantile": ("the cut as a quantile of the parameter's draws", "share"),
    "share_of_draws": ("the share of the parameter's draws on the rule's side", "share"),
    "times": (f"in how many of {RESAMPLES} resamples the parameter is cut at this end; stable from {STABLE} on", "count"),
    "grade": ("grade of the parameter", "class"),
    "claims": ("claims of the report that its number rests on", "name"),
    "worlds": ("worlds held out, which judge the rule", "count"),
    "within": ("those of them that lie in the rule", "count"),
    "base": ("share of the worlds held out in which it holds", "share"),
    "density": ("share of those in the rule in which it holds", "share"),
    "density_low": ("lower end of its 95 % interval (Wilson)", "share"),
    "density_high": ("upper end of its 95 % interval", "share"),
    "coverage": ("share of the worlds in which it holds that lie in the rule", "share"),
    "coverage_low": ("lower end of its 95 % interval (Wilson)", "share"),
    "coverage_high": ("upper end of its 95 % interval", "share"),
}


def rule_table(asked: AskedWorlds, rules: Sequence[Rule]) -> pd.DataFrame:
    """The rules and the first fits of all methods, with their conditions."""
    return pd.DataFrame([row for rule in rules for row in _rows(asked, rule)], columns=list(COLUMNS))


def write_table(folder: Path, table: pd.DataFrame) -> None:
    """Write the table into a folder, and what its columns mean into `columns.csv` there. Raises OSError."""
    csv_frame(table).to_csv(folder / FILE, index=False, float_format="%.6g", lineterminator="\n")
    with (folder / "columns.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(HEADER)
    add_columns(folder / "columns.csv", NAME, COLUMNS)


def _rows(asked: AskedWorlds, rule: Rule) -> Iterator[dict[str, object]]:
    head: dict[str, object] = {"scenario": asked.scenario, "against": asked.against, "asked": asked.says, "method": rule.method}
    for fit, box, judgement in (("rule", rule.box, rule.judgement), ("first", rule.first, rule.first_judgement)):
        about = head | {"fit": fit, "status": rule.status if fit == "rule" else ""} | (_judged(judgement) if box.sides else {})
        if not box.sides and fit == "rule":
            yield about
        for side in box.sides:
            yield about | _condition(asked, rule, box, side)


def _condition(asked: AskedWorlds, rule: Rule, box: Box, side: Side) -> dict[str, object]:
    one = condition(asked, side, box.bound(side), rule.times.get(side, 0))
    return {
        "parameter": one.path,
        "end": "below" if one.upper else "above",
        "value": one.value,
        "unit": one.setting.unit,
        "quantile": one.quantile,
        "share_of_draws": one.share,
        "times": one.times,
        "grade": one.setting.grade,
        "claims": " ".join(one.claims),
    }


def _judged(judgement: Judgement) -> dict[str, object]:
    (low, high), (least, most) = judgement.density_interval, judgement.coverage_interval
    return {
        "worlds": judgement.n,
        "within": judgement.within,
        "base": judgement.base,
        "density": judgement.density,
        "density_low": low,
        "density_high": high,
        "coverage": judgement.coverage,
        "coverage_low": least,
        "coverage_high": most,
    }
