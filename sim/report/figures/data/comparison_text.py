"""Rows and sentences that the figures of a comparison share."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.compare.comparison import ALL, SURVIVED, Comparison
from sim.compare.findings import TOO_FEW
from sim.compare.quantities import COLLAPSE
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.report.figures.data import thinning
from sim.report.text import figure_headlines, labels
from sim.text import number_format

_PAIRED, _UNPAIRED = "world by world", "as separate samples"


def reference(c: Comparison, scenario: str) -> str | None:
    """The scenario compared with, or None where `scenario` is that one itself."""
    return c.against if scenario != c.against else None


def rows(table: pd.DataFrame, **where: str) -> pd.DataFrame:
    """The rows of a tidy table with these values, one column after the other."""
    mask = np.ones(len(table), dtype=bool)
    for column, value in where.items():
        mask &= (table[column] == value).to_numpy()
    return table[mask]


def course(c: Comparison, scenario: str, measure: str, province: str = COUNTRY) -> pd.DataFrame:
    """A measure through time: a row per month (text), in order; columns mean, p05, p25, p50, p75, p95. Empty where it was not recorded."""
    found = rows(c.series, measure=measure, scenario=scenario, province=province)
    return found.assign(month=found["month"].astype(str)).set_index("month").sort_index().drop(columns=["scenario", "province", "measure"])


def against(c: Comparison) -> str:
    """The scenario compared with, within a sentence: `the baseline`, or `“US leaves”`."""
    return named(c.against)


def named(scenario: str) -> str:
    """A scenario within a sentence: `the baseline`, or `“US leaves”`."""
    return "the baseline" if scenario == "baseline" else f"“{labels.scenario(scenario)}”"


def asked(c: Comparison, scenario: str) -> str:
    """A scenario's name and what it asks."""
    return labels.asked(scenario, c.about[scenario].question)


def basis(c: Comparison, scenario: str) -> str:
    """How many worlds, how they were compared, and what kind of statement it is."""
    about = c.about[scenario]
    return how(about.worlds, reference(c, scenario), about.paired, about.basis, way(c, scenario))


def way(c: Comparison, scenario: str) -> str:
    """How a scenario's worlds are compared with those of the other: one by one, with how many where not with all; or why not."""
    about, other = c.about[scenario], c.about[c.against]
    if about.paired:
        return _PAIRED if about.pairs == about.worlds == other.worlds else f"{_PAIRED} in the {about.pairs:,} that both have"
    return f"{_UNPAIRED} ({why_unpaired(c, scenario)})"


def why_unpaired(c: Comparison, scenario: str) -> str:
    """Why worlds cannot be compared one by one."""
    return "no world in common" if c.about[scenario].has_luck_of(c.about[c.against]) else "other random numbers"


def basis_standing(c: Comparison, scenario: str) -> str:
    """The same for what is told only of worlds in which the government stands: how many these are, here and in both scenarios."""
    rows_ = rows(c.shares, scenario=scenario, quantity=COLLAPSE, given=ALL)
    fell = round(float(rows_["share"].iloc[0]) * c.about[scenario].worlds) if len(rows_) else 0
    both = rows(c.differences, scenario=scenario, given=SURVIVED)["worlds"]
    of_both = int(both.iloc[0]) if len(both) and c.about[scenario].paired else None
    nowhere = not fell and of_both == c.about[scenario].pairs
    return f"{'' if nowhere else standing_words(c.about[scenario].worlds, fell, of_both)}{basis(c, scenario)}"


def standing_words(worlds: int, fell: int, of_both: int | None) -> str:
    """Which worlds are shown where fallen ones are left out; nothing where none has fallen, here or in the scenario compared with."""
    if not fell and of_both in (None, worlds):
        return ""
    stand = worlds - fell
    if of_both == stand:
        share = number_format.percent(stand / worlds)
        return f"Only the {stand:,} of {worlds:,} worlds ({share}) in which the government stands in both scenarios. "
    pairs = "" if of_both is None else f"; differences: the {of_both:,} in which it stands in both"
    return f"Only worlds in which the government stands: {stand:,} of {worlds:,} ({number_format.percent(stand / worlds)}){pairs}. "


def how(worlds: int, against: str | None, paired: bool, basis: str, way: str = "") -> str:
    """How many worlds, compared with which scenario in which way (None: with none), and what kind of statement it is."""
    way = way or (_PAIRED if paired else _UNPAIRED)
    said = "" if against is None else f", compared with {named(against)} {way}"
    return f"{number_format.worlds(worlds)}{said}. {figure_headlines.provenance(basis)}"


def undetected(status: str, than: str) -> str:
    """What is said of a difference from `than` that is not significant: that it is not, or that there are too few worlds to say so."""
    return f"too few worlds to call a difference from {than} significant" if status == TOO_FEW else f"no significant difference from {than}"


def quarterly(months: Sequence[str], step: int = 3) -> list[str]:
    """The first of the months of a run, every third (or other step) after it, and the last; of a very long run fewer."""
    return thinning.spaced(months, step * thinning.stretch(len(months)))


def pointed(months: Sequence[str]) -> list[str]:
    """The months at which a figure through time has a tooltip: two a year."""
    return quarterly(months, 6)


def quarters(table: pd.DataFrame) -> pd.DataFrame:
    """Means of every three months of a course (of a very long one, more), at the middle one: counts of single months jump."""
    if table.empty:
        return table
    n, step = len(table), 3 * thinning.stretch(len(table))
    values = table.to_numpy()
    parts = {str(table.index[(i + min(i + step, n)) // 2]): values[i : i + step] for i in range(0, n, step)}
    return pd.DataFrame([part.mean(axis=0) for part in parts.values()], index=list(parts), columns=table.columns).astype(float)


def quarterly_means(n_months: int) -> str:
    """What the points of `quarters` are called in a run of so many months."""
    step = 3 * thinning.stretch(n_months)
    return "quarterly means" if step == 3 else f"means over {step} months"
