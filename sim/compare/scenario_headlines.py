"""One plain sentence a scenario: what changed most and where, each with its numbers."""

from sim.compare.findings import INPUT, NEGLIGIBLE, TOO_FEW, findings, too_few
from sim.compare.quantities import (
    COLLAPSE,
    FALLEN_BY_OBSERVED_MONTH,
    INFLUENCE,
    OBSERVED_FALL,
    covers_month,
    headline_name,
)
from sim.compare.scenario_differences import ScenarioDifferences
from sim.model.observation.measure_catalogue import OUTCOME_WORDS, PARTNER_OUTCOMES
from sim.model.state.calendar import month_name
from sim.text.change_words import index_change, influence_change
from sim.text.number_format import capital, percent, worlds


def headline(one: ScenarioDifferences, names: dict[str, str]) -> str:
    """What a scenario shows; `names` are the provinces' names by ISO code."""
    if one.is_baseline:
        return _baseline(one)
    if not one.is_compared:
        return f"Covers other months than {one.scenario.root}, so the two are not compared. {_baseline(one)}"
    index, influence = (findings(one.assessment.frame, kind) for kind in ("index", "influence"))
    parts = [index_change(row.quantity, row.against_mean, row.mean) for row in index.head(1).itertuples()]
    parts += [
        influence_change(row.quantity.removeprefix(INFLUENCE), names[row.province], row.against_mean, row.mean)
        for row in influence.head(1).itertuples()
    ]
    if not parts:
        return _nothing(one)
    return f"Largest changes{_where(one)}: {'; '.join(parts)}."


def _where(one: ScenarioDifferences) -> str:
    """Which worlds a difference is over, where that is not all of them."""
    n, n_pairs = one.n_standing, one.assessment.differences.n
    return "" if n == n_pairs else f" in the {percent(n / n_pairs)} of worlds in which the government stands in both"


def _nothing(one: ScenarioDifferences) -> str:
    """Why there is no finding."""
    frame = one.assessment.frame
    status = frame.loc[frame["kind"].isin(["index", "influence"]), "status"]
    beside = " beyond what the scenario sets" if (status == INPUT).any() else ""
    compared = f"from {one.scenario.root}{beside} in {worlds(one.n_standing)}"
    if one.n_standing < one.assessment.differences.n:
        compared += " in which the government stands in both"
    if (status == TOO_FEW).any():
        where = " in which the government stands in both" if one.n_standing < one.assessment.differences.n else ""
        return f"Compared with {one.scenario.root}: {too_few(one.n_standing)}{where}."
    if (status == NEGLIGIBLE).any():
        return f"Practically no effect: all significant differences {compared} are too small to matter."
    return f"No detectable difference {compared}."


def _baseline(one: ScenarioDifferences) -> str:
    """The most frequent outcome where the government stands, and how often it falls."""
    scenario = one.scenario
    most = max(PARTNER_OUTCOMES, key=lambda name: one.mean[one.index(headline_name(name))])
    end = month_name(scenario.start, scenario.months - 1)
    fallen = one.mean[one.index(COLLAPSE)]
    fell = f"the government has fallen by {end} in {_share(one, COLLAPSE)}"
    if fallen >= 1.0:
        return f"{capital(fell)}."
    within = "" if fallen == 0.0 else f", {percent(one.mean[one.index(headline_name(most))] / (1.0 - fallen))} of those in which it stands"
    text = f"The most frequent outcome between the partners is {OUTCOME_WORDS[most]} ({_share(one, headline_name(most))}{within}); {fell}"
    if not covers_month(scenario.start, scenario.months, OBSERVED_FALL):
        return f"{text}."
    return f"{text}, by {OBSERVED_FALL} in {_share(one, FALLEN_BY_OBSERVED_MONTH)}."


def _share(one: ScenarioDifferences, name: str) -> str:
    return f"{100 * one.mean[one.index(name)]:.1f} % of worlds"
