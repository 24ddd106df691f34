"""The tables of a comparison as CSV files that a spreadsheet opens, and what their columns mean."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from sim.compare.comparison import Comparison
from sim.compare.findings import FINDING, INPUT, NEGLIGIBLE, TOO_FEW, UNDETECTED
from sim.compare.quantities import KINDS
from sim.compare.world_values import MONTH_STEP
from sim.statistics.small_samples import FEW_DIFFERING, LEAST_P, LEAST_PAIRS
from sim.text.csv_text import csv_text

_KEYS = {
    "scenario": "name of the scenario",
    "kind": "; ".join(f"{kind}: {meaning}" for kind, meaning in KINDS.items()),
    "quantity": "what is compared; outcome:CLASS, territory:CLASS and sphere:CLASS are shares of worlds",
    "province": "province by ISO 3166-2 code; SY for the whole country",
    "power": "whose influence",
    "given": "all: all worlds; standing: those in which the government stands at the horizon, in both scenarios where two are compared; "
    "of spheres and contracts those in which it stands, or has fallen, in that month",
    "year": "year of the run; a flow is a sum over the year, a stock its mean; 0 is the start",
    "month": "calendar month; of spheres and contracts the month after which they are recorded (the first: the start)",
    "sector": "sector of the assets",
    "holder": "who holds them; open: no one",
    "actor": "whose effort",
    "goal": "the interest that it is spent on, a weight among the actor's parameters (ACTOR.interests.GOAL)",
    "sphere": "sphere of the province",
    "silent": "the scenario without talks with which it is compared in the same worlds",
    "by_talks": "whether the two differ in nothing but talks, so that the difference is the negotiated share",
    "never_talks": "whether the scenario itself has no talks, so that nothing of it is negotiated",
    "partner": "whose holdings",
    "holding": "contracts: assets under contract; force: thousand fighters; base_force: those in provinces with its bases; roots: "
    "index, added up over provinces",
    "before": "class in the scenario compared with; of holdings what the partner held in the month before the fall, mean over "
    "fallen worlds",
    "after": "class of the same worlds in this scenario",
    "index": "the index whose threshold defines the class; empty where that is no index of these tables",
}
_VALUES = {
    "kept": "what is left of it at the horizon, mean over fallen worlds",
    "passed": "what others hold of it by then (contracts)",
    "kept_share": "what is left as a share of all that was held in those worlds",
    "threshold": "the value of the index from which a world is of the class (of condominium and of Iranian primacy: below which)",
    "share_lower": "share of worlds of the class if every threshold of the classes were a quarter lower",
    "share_higher": "share of worlds of the class if every threshold of the classes were a quarter higher",
    "paired": "whether worlds are compared one by one, with the same random numbers; else as two samples",
    "worlds": "how many worlds, or pairs of worlds",
    "share": "share of worlds; of contracts the mean share of the sector's assets; of effort the goal's share in the actor's effort there",
    "effort": "effort for the goal, mean over the worlds that stand at the horizon and over the months of the run, in units of "
    "Russia's effort of 2021 for the partners and of the actor's own effort for others; in provinces where the goal is at stake",
    "assets": "how many assets the sector has",
    "mean": "mean over the scenario's worlds; of negotiated: delimitation",
    "silent_mean": "mean delimitation over the same worlds of the scenario without talks",
    "rise": "mean difference of the scenario's delimitation from that at the start",
    "part": "the difference as a part of that rise, where talks alone differ and delimitation rises",
    "part_low": "lower end of the part's 95 % interval (bootstrap over worlds)",
    "part_high": "upper end of the part's 95 % interval",
    "against_mean": "mean over the worlds of the scenario compared with",
    "difference": "mean difference, this scenario less the other",
    "low": "lower end of the 95 % interval (Wilson for shares, bootstrap over worlds for differences; exact or bounded intervals where "
    f"worlds are fewer than {LEAST_PAIRS}, or few or none of them differ); empty where that cannot be known",
    "high": "upper end of the 95 % interval",
    "error": "standard error of the difference; 0 where it is the same in every pair of worlds",
    "spread": "standard deviation over worlds, of both scenarios together",
    "size": "size of the difference, by which differences are ranked: percentage points for shares of worlds and of influence, "
    "standard deviations over worlds for other measures",
    "more": "share of worlds in which this scenario has the larger value",
    "fewer": "share of worlds in which it has the smaller value",
    "same": "share of worlds in which both have the same value, to 2^-20 (about 1e-6) or the last digit that is stored: ties",
    "narrowing": "width of the interval as a part of the width it would have if worlds were not paired",
    "p": "p value of Student's t test for a difference of zero (paired; Welch's where not paired), of McNemar's (Fisher's) exact test "
    f"for shares of which fewer than {FEW_DIFFERING} worlds differ; never below that of an exact test of n differing worlds, 2^(1-n), nor "
    f"below {LEAST_P:g}; 1 where no world differs",
    "p_holm": "p with Holm's correction for looking at all quantities of that kind in this scenario",
    "significant": f"whether the difference is statistically significant: p_holm below 0.05, over {LEAST_PAIRS} worlds at least",
    "status": f"{FINDING}: significant and large enough to matter; {NEGLIGIBLE}: significant but too small to matter; "
    f"{UNDETECTED}: not significant; {TOO_FEW}: fewer than {LEAST_PAIRS}, over which nothing is called "
    f"significant; {INPUT}: the measure restates a parameter that the scenario sets",
}
MEANINGS = _KEYS | _VALUES
TABLES = (
    "shares",
    "differences",
    "years",
    "months",
    "transitions",
    "spheres",
    "contracts",
    "effort",
    "holdings",
    "negotiated",
    "thresholds",
)


def write_tables(folder: Path, comparison: Comparison) -> list[Path]:
    """Write every table, and `columns.csv`, which says what their columns mean; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name in TABLES:
        table: pd.DataFrame = getattr(comparison, name)
        table = table.assign(scenario=table["scenario"].map({name: csv_text(name) for name in comparison.scenarios}))
        files.append(folder / f"{name}.csv")
        table.to_csv(files[-1], index=False, float_format="%.6g", lineterminator="\n", encoding="utf-8")
    with (folder / "columns.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("table", "column", "meaning"))
        writer.writerows(_columns(comparison))
    return [*files, folder / "columns.csv"]


def _columns(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    for name in TABLES:
        for column in getattr(comparison, name).columns:
            step = f"; every {MONTH_STEP} months and the last" if (name, column) == ("months", "month") else ""
            yield name, column, f"{MEANINGS[column]}{step}"
