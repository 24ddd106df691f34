"""Which single parameters an outcome goes with, screened on stored worlds: nothing is run.

Each parameter is looked at alone, in two ways. The rank correlation (Spearman) sees what rises or falls with it. The share of variance
between tenths of its draws, corrected for what chance alone gives (epsilon squared, Kelley 1935), also sees what is highest or lowest in
the middle. Both are tested, with Holm's correction over all parameters and both tests. A parameter that explains less than MATTERS of
the variance is too small to matter, however sure its effect is.
"""

import re
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import fdtrc

from sim.exploration.global_sensitivity.parameter_groups import group_of
from sim.exploration.outcome import Outcome
from sim.exploration.stored_worlds import StoredWorlds
from sim.model.state.dimensions import Array, BoolRow, Row
from sim.model.state.parameters import ParameterValue
from sim.provenance.claim_index import numbers
from sim.statistics.confidence_intervals import Z_95
from sim.statistics.significance import LEVEL, holm, t_test

MATTERS = 0.01  # of the variance
LEAST_WORLDS = 200  # for any word on single parameters
LEAST_CASES = 25  # worlds that must have a share's outcome, and that must lack it
LEAST_CASES_OF_TENTHS = 50  # five in each tenth, by the usual rule for such tests
TENTHS, FIFTHS = 10, 5
_CITED = re.compile(r"\s*\([^()]*\b(?:R\d{2,3}|ours)\b[^()]*\)")  # what stands behind a meaning in brackets, which has a column of its own
COLUMNS = {  # meaning, unit
    "outcome": ("what is asked about, as it is typed", "name"),
    "parameter": ("path of the parameter", "name"),
    "group": ("the group that it is in", "name"),
    "rank_correlation": ("Spearman's rank correlation of the draws of the parameter and the outcome, over worlds", "number, -1 to 1"),
    "low": ("lower end of its 95 % interval (Fisher's z)", "number, -1 to 1"),
    "high": ("upper end of its 95 % interval", "number, -1 to 1"),
    "tenths_share": (
        "share of the variance over worlds between tenths of the draws of the parameter, corrected for chance; may be a little below 0; "
        "empty where too few worlds have the outcome",
        "share",
    ),
    "linear_share": ("share of the variance that a straight line along the draws explains, corrected for chance likewise", "share"),
    "explained": ("the larger of tenths_share and linear_share: what the parameter explains alone", "share"),
    "p": ("the smaller p value of the two, Holm's correction over all parameters and both tests", "probability"),
    "significant": ("whether p is below 0.05", "true or false"),
    "matters": (f"whether it is significant and explains at least {MATTERS:g} of the variance", "true or false"),
    "shape": ("rises, falls, or bends (neither all along); empty where the effect is not significant", "class"),
    "lowest_fifth": ("mean of the outcome in worlds that drew the parameter from the lowest fifth of its range", "of the outcome"),
    "highest_fifth": ("mean of the outcome in worlds that drew it from the highest fifth", "of the outcome"),
    "difference": ("highest_fifth minus lowest_fifth", "of the outcome"),
    "difference_low": ("lower end of the 95 % interval of the difference (normal)", "of the outcome"),
    "difference_high": ("upper end of it", "of the outcome"),
    "worlds": ("worlds looked at", "count"),
    "value": ("central value of the parameter", "of the parameter"),
    "range_low": ("lower end of its range", "of the parameter"),
    "range_high": ("upper end of its range", "of the parameter"),
    "unit": ("unit of the parameter", "name"),
    "grade": ("how its value is known: stated, inferred, sourced or assumed", "class"),
    "claims": ("claims of the report that its meaning or source names", "names"),
    "meaning": ("what it means", "text"),
    "source": ("where its value comes from", "text"),
}


def why_not(values: Row, is_share: bool) -> str:
    """Why an outcome of these worlds cannot be screened, in a sentence; nothing if it can."""
    n = len(values)
    if n < LEAST_WORLDS:
        return f"{n:,} stored worlds are too few to screen single parameters; {LEAST_WORLDS} are the least, 2,000 are better."
    cases = int(np.count_nonzero(values))
    if is_share and min(cases, n - cases) < LEAST_CASES:
        what = f"Only {cases} of {n:,} stored worlds have it" if cases <= n - cases else f"Only {n - cases} of {n:,} stored worlds lack it"
        return f"{what}, too few to screen single parameters ({LEAST_CASES} are the least); a run of more worlds may have more."
    return "" if np.ptp(values) else f"It is the same in all {n:,} stored worlds."


def screening_table(worlds: StoredWorlds, outcome: Outcome) -> pd.DataFrame:
    """A row for each parameter that varies: those with a significant effect first, the most influential of them first.

    No row where `why_not` says why. Raises SettingsError where a chunk is damaged.
    """
    values = worlds.values(outcome)
    if why_not(values, outcome.is_share):
        return pd.DataFrame(columns=list(COLUMNS))
    paths = list(worlds.quantiles)
    found = screened(values, np.stack([worlds.quantiles[path] for path in paths]), outcome.is_share)
    table = pd.DataFrame({**found, "outcome": outcome.text, "parameter": paths, "worlds": len(values)})
    table = pd.concat([table, pd.DataFrame([about_parameter(worlds.settings[path]) for path in paths])], axis=1)
    order = ["significant", "explained", "parameter"]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True)[list(COLUMNS)]


def screened(values: Row, quantiles: Array, is_share: bool) -> dict[str, Row]:
    """The numbers of `screening_table`, each (parameters,), from an outcome (n,) and draws (parameters, n)."""
    n = len(values)
    correlation = rank_correlations(values, quantiles)
    spread = np.arctanh(np.clip(correlation, -1 + 1e-12, 1 - 1e-12)), Z_95 * np.sqrt(1.06 / (n - 3))
    cases = int(np.count_nonzero(values))
    tenths, _ = between_parts(values, quantiles, TENTHS)
    _, p_tenths = between_parts(ranks(values), quantiles, TENTHS)  # of ranks, so that few extreme worlds hide nothing
    if is_share and min(cases, n - cases) < LEAST_CASES_OF_TENTHS:
        tenths, p_tenths = np.full(len(tenths), np.nan), np.full(len(tenths), np.nan)
    p_rank = t_test(correlation, np.sqrt((1.0 - correlation**2) / (n - 2)), n - 2)
    p = np.nanmin(holm(np.concatenate([p_rank, p_tenths])).reshape(2, -1), axis=0)
    straight = straight_shares(correlations(values, quantiles), n)
    explained = np.fmax(tenths, straight)
    means, errors = part_means(values, quantiles, FIFTHS)
    difference = means[:, -1] - means[:, 0]
    bends = are_bent(tenths, straight, p_tenths, p_rank)
    half = Z_95 * np.hypot(errors[:, 0], errors[:, -1])
    return {
        "rank_correlation": correlation,
        "low": np.tanh(spread[0] - spread[1]),
        "high": np.tanh(spread[0] + spread[1]),
        "tenths_share": tenths,
        "linear_share": straight,
        "explained": explained,
        "p": p,
        "significant": p < LEVEL,
        "matters": (p < LEVEL) & (explained >= MATTERS),
        "shape": np.select([p >= LEVEL, bends, correlation < 0], ["", "bends", "falls"], "rises"),
        "lowest_fifth": means[:, 0],
        "highest_fifth": means[:, -1],
        "difference": difference,
        "difference_low": difference - half,
        "difference_high": difference + half,
    }


def rank_correlations(values: Row, quantiles: Array) -> Row:
    """Spearman's rank correlation of an outcome (n,) with each parameter (parameters, n); ties share their mean rank."""
    return correlations(ranks(values), ranks(quantiles))


def ranks(values: Array) -> Array:
    """Ranks along the last axis; ties share their mean rank."""
    from scipy.stats import rankdata  # here, since it takes long to load and most pages need it not

    return np.asarray(rankdata(values, axis=-1))


def correlations(values: Row, others: Array) -> Row:
    """The correlation of a row (n,) with each of others (parameters, n)."""
    values, others = values - values.mean(), others - others.mean(axis=1, keepdims=True)
    return np.asarray((others * values).sum(axis=1) / np.sqrt((values**2).sum() * (others**2).sum(axis=1)))


def straight_shares(correlation: Row, n: int) -> Row:
    """The share of variance that a straight line explains over n worlds, corrected for chance, from correlations."""
    return np.asarray(1.0 - (1.0 - correlation**2) * (n - 1) / (n - 2))


def are_bent(tenths: Row, straight: Row, p_tenths: Row, p_straight: Row) -> BoolRow:
    """Whether tenths of the draws explain twice what a straight line does, and are the surer of the two."""
    return np.asarray((tenths > 2.0 * np.fmax(straight, 0.0)) & (p_tenths < p_straight))


def between_parts(values: Row, quantiles: Array, parts: int) -> tuple[Row, Row]:
    """The share of variance between equal parts of each parameter's draws, corrected for chance, and its p value (F test)."""
    n, total = len(values), float(((values - values.mean()) ** 2).sum())
    sums, counts = _sums(values - values.mean(), quantiles, parts)
    between = (sums**2 / np.maximum(counts, 1)).sum(axis=1)
    within = np.maximum(total - between, 0.0) / (n - parts)
    with np.errstate(divide="ignore"):
        p = fdtrc(parts - 1, n - parts, between / (parts - 1) / within)
    return np.asarray((between - (parts - 1) * within) / total), np.asarray(p)


def part_means(values: Row, quantiles: Array, parts: int) -> tuple[Array, Array]:
    """The mean of an outcome in each equal part of each parameter's draws, and its standard error, (parameters, parts) both."""
    sums, counts = _sums(values, quantiles, parts)
    squares, _ = _sums(values**2, quantiles, parts)
    many = np.maximum(counts, 2)
    means = sums / many
    return means, np.sqrt(np.maximum(squares / many - means**2, 0.0) / (many - 1))


def _sums(values: Row, quantiles: Array, parts: int) -> tuple[Array, Array]:
    """Sums of values and numbers of worlds by parameter and part, (parameters, parts) both."""
    part = np.minimum((quantiles * parts).astype(np.int64), parts - 1) + parts * np.arange(len(quantiles))[:, np.newaxis]
    shape, size = (len(quantiles), parts), len(quantiles) * parts
    repeated = np.broadcast_to(values, quantiles.shape).ravel()
    return (
        np.bincount(part.ravel(), weights=repeated, minlength=size).reshape(shape),
        np.bincount(part.ravel(), minlength=size).reshape(shape),
    )


def about_parameter(setting: ParameterValue) -> dict[str, Any]:
    """What a reader must know of a parameter, by the columns of the table."""
    low, high = (float(end) for end in setting.row(np.array([0.0, 1.0]), 2))
    return {
        "group": group_of(setting.path).key,
        "value": setting.central(),
        "range_low": low,
        "range_high": high,
        "unit": setting.unit,
        "grade": setting.grade,
        "claims": " ".join(numbers(f"{setting.meaning} {setting.source}")),
        "meaning": _CITED.sub("", setting.meaning),
        "source": setting.source,
    }
