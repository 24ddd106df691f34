"""Shares of worlds by outcome: as they are, against the baseline in the same worlds, and in the order to show them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.compare.findings import TOO_FEW
from sim.compare.quantities import COLLAPSE
from sim.model.observation.measure_catalogue import OUTCOME_WORDS, OUTCOMES, PARTNER_OUTCOMES, TERRITORIES
from sim.report.figures.data.figure_data import Results
from sim.report.text.figure_headlines import ShareDifference
from sim.statistics.confidence_intervals import Z_95

_DELIMITED = ("delimited_agreed", "delimited_tacit")
FAMILIES: dict[str, tuple[str, ...]] = {"delimited": _DELIMITED} | {OUTCOME_WORDS[o]: (o,) for o in OUTCOMES if o not in _DELIMITED}
FALLEN_MAP_SHARE = 0.1  # of worlds that have fallen, from which they get a map of their own
_WORTH = 0.05  # a share below this everywhere, or the same everywhere, orders nothing
_CLASSES = [*(f"outcome:{name}" for name in OUTCOMES), *(f"territory:{name}" for name in TERRITORIES)]


def shares(results: Results, kind: str, classes: Sequence[str]) -> pd.DataFrame:
    """Share of worlds: a row per scenario, a column per class (of `outcome` or `territory`)."""
    rows = [f"{kind}:{name}" for name in classes]
    return pd.DataFrame({scenario: whole["mean"][rows].to_numpy() for scenario, whole in results.whole.items()}, index=list(classes)).T


def share_difference(results: Results, scenario: str, outcome: str) -> ShareDifference:
    """The share of an outcome, and how it differs from the baseline's in the same worlds, if there is one to compare with."""
    row = results.whole[scenario].loc[f"outcome:{outcome}"]
    fallen = float(results.whole[scenario].loc[COLLAPSE, "mean"])
    if results.compared_with(scenario) is None:
        return ShareDifference(float(row["mean"]), fallen=fallen)
    return ShareDifference(float(row["mean"]), float(row["difference"]), bool(row["significant"]), fallen, row["status"] == TOO_FEW)


def likeliest_partner_outcome(results: Results, scenario: str) -> str:
    """The outcome between the partners that most worlds have."""
    shares_of = results.whole[scenario]["mean"]
    return max(PARTNER_OUTCOMES, key=lambda name: float(shares_of[f"outcome:{name}"]))


def has_fallen_map(results: Results, scenario: str) -> bool:
    """Whether the government has fallen in so many worlds that they get a map of their own."""
    fell = results.fallen_worlds(scenario)
    return scenario in results.fallen_spheres and fell >= FALLEN_MAP_SHARE * results.worlds(scenario)


def has_significant_share(results: Results, scenario: str) -> bool:
    """Whether any share, of outcome or territory, differs significantly from the baseline's."""
    return bool(results.whole[scenario].loc[_CLASSES, "significant"].any())


def leading_family(table: pd.DataFrame) -> str:
    """The outcomes that come first and order the rows.

    They are the report's own (delimited), or where its share says nothing the family that varies most.
    """
    sums = {name: table[list(members)].sum(axis=1) for name, members in FAMILIES.items()}
    delimited = sums["delimited"]
    if delimited.max() >= _WORTH and (len(table) == 1 or delimited.max() - delimited.min() >= _WORTH):
        return "delimited"
    return max(sums, key=lambda name: (float(sums[name].std(ddof=0)), float(sums[name].mean())))


def ordered(results: Results, table: pd.DataFrame, family: str) -> list[str]:
    """Every root first, then its scenarios from the largest to the smallest share of the family."""
    share = table[list(FAMILIES[family])].sum(axis=1)
    roots = [name for name in results.scenarios if results.compared_with(name) is None]
    lines: list[str] = []
    for root in roots:
        members = [name for name in results.scenarios if results.compared_with(name) == root]
        lines += [root, *sorted(members, key=lambda name: (-round(float(share[name]), 9), name))]
    return lines


def half_width(worlds: int) -> float:
    """The 95 % half-width of a share, at most (which is at one half)."""
    return float(Z_95 * 0.5 / np.sqrt(worlds))
