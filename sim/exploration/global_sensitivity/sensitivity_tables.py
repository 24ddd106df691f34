"""The tables of `spheres sensitivity`: shares of variance, single parameters, thresholds; and what their columns mean."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from sim.experiment.storage.data_dictionary import HEADER, add_columns
from sim.experiment.storage.whole_files import write_text
from sim.exploration.global_sensitivity import parameter_screening
from sim.exploration.global_sensitivity.new_runs import VarianceShares
from sim.exploration.global_sensitivity.parameter_groups import LUCK, group_label
from sim.exploration.global_sensitivity.resampled import VarianceShare
from sim.exploration.global_sensitivity.threshold_shift import ThresholdShift
from sim.exploration.outcome import Outcome
from sim.text.csv_text import csv_frame

CEILING, TOTAL, LOST, FIRST = "ceiling", "total", "lost", "first_order"
VARIANCE_COLUMNS = {
    "outcome": ("what is asked about, as it is typed", "name"),
    "of": ("parameters: all of them together; else the key of a group of parameters, or luck", "name"),
    "label": ("what that is called", "name"),
    "effect": (
        "ceiling: what all parameters together explain; lost: how much less they explain if a group is not known; total: what a group "
        "explains alone and together with all else, luck among it (Jansen); first_order: what it explains alone (Saltelli)",
        "class",
    ),
    "share": ("share of the variance of the outcome over worlds; estimates near 0 may be a little below it by chance", "share"),
    "low": ("lower end of its 95 % interval (bootstrap over points or pairs)", "share"),
    "high": ("upper end of it", "share"),
    "p": (
        "p value of no effect of the group beyond turning luck (random changes of sign, not corrected); with `lost` alone",
        "probability",
    ),
    "n": ("points of the space of parameters, or pairs of worlds, from which it is estimated", "count"),
}
THRESHOLD_COLUMNS = {
    "outcome": ("what is asked about, as it is typed", "name"),
    "moved": ("how all thresholds of the definitions of classes are moved", "class"),
    "share": ("share of worlds with the outcome as it is defined", "share"),
    "moved_share": ("share of the same worlds with the thresholds moved", "share"),
    "difference": ("moved_share minus share", "share"),
    "low": ("lower end of the 95 % interval of the difference (paired)", "share"),
    "high": ("upper end of it", "share"),
    "worlds": ("worlds looked at", "count"),
}
VARIANCE, PARAMETERS, THRESHOLDS = "variance", "parameters", "thresholds"
_COLUMNS = {VARIANCE: VARIANCE_COLUMNS, PARAMETERS: parameter_screening.COLUMNS, THRESHOLDS: THRESHOLD_COLUMNS}
DICTIONARY = "columns.csv"


def variance_table(found: Sequence[VarianceShares]) -> pd.DataFrame:
    """Ceiling and groups of some outcomes, a row for each estimate."""
    return pd.DataFrame([row for one in found for row in _variance_rows(one)], columns=list(VARIANCE_COLUMNS))


def threshold_table(found: Sequence[tuple[Outcome, Sequence[ThresholdShift]]]) -> pd.DataFrame:
    """What moved thresholds change, a row for each way."""
    rows = [
        (outcome.text, one.moved, one.share, one.moved_share, one.difference, one.low, one.high, one.worlds)
        for outcome, shifts in found
        for one in shifts
    ]
    return pd.DataFrame(rows, columns=list(THRESHOLD_COLUMNS))


def write_tables(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Write tables by name as CSV into a folder, and what their columns mean. Raises OSError."""
    write_text(folder / DICTIONARY, ",".join(HEADER) + "\n")
    for name, table in tables.items():
        write_text(folder / f"{name}.csv", csv_frame(table).to_csv(index=False, float_format="%.6g", lineterminator="\n"))
        add_columns(folder / DICTIONARY, name, _COLUMNS[name])


def _variance_rows(found: VarianceShares) -> Iterator[tuple[object, ...]]:
    yield _row(found, "parameters", "all parameters", CEILING, found.ceiling, found.n_points)
    for key, effect in found.groups.items():
        if key != LUCK:
            yield _row(found, key, group_label(key), LOST, effect.lost, found.n_pairs, effect.p)
        yield _row(found, key, group_label(key), TOTAL, effect.total, found.n_pairs)
        yield _row(found, key, group_label(key), FIRST, effect.first, found.n_pairs)


def _row(
    found: VarianceShares, of: str, label: str, effect: str, share: VarianceShare, n: int, p: float = float("nan")
) -> tuple[object, ...]:
    return found.outcome.text, of, label, effect, share.share, share.low, share.high, p, n
