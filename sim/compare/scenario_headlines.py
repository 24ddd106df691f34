"""One plain sentence a scenario: what moved most and where, each with its numbers."""

import numpy as np

from sim.compare.paired_differences import BY_THEN, COLLAPSE, FELL, Compared, covers_fall, influence_name
from sim.experiment.recording.world_tables import world_column
from sim.model.observation.measure_catalogue import OUTCOME_WORDS, OUTCOMES, WHOLE, Measure
from sim.model.state.calendar import month_name
from sim.model.state.dimensions import Power, keys
from sim.text.names import possessive

# Conditions that scenarios set, or nearly so: that they moved says nothing beyond the question itself.
CONDITIONS = ("effort_russia", "effort_iran", "supply_russia", "supply_iran")
SMALLEST_SPREAD = 0.02  # of a measure's scale: an index in which the root's worlds hardly differ does not lead for that alone


def sentence(compared: Compared, names: dict[str, str]) -> str:
    """What a scenario shows; `names` are the provinces' names by ISO code."""
    scenario = compared.scenario
    if scenario.name == scenario.root:
        return _reference(compared)
    if np.isnan(compared.difference).all():
        return f"Covers other months than {scenario.root}, so the two are not compared. {_reference(compared)}"
    parts = [part for part in (_index(compared), _place(compared, names)) if part]
    if not parts:
        return f"Nothing can be told from noise against {scenario.root} in {compared.worlds:,} worlds."
    return "Most moved: " + "; ".join(parts) + "."


def _reference(compared: Compared) -> str:
    """The commonest outcome, and how often the government falls."""
    scenario = compared.scenario
    most = max(OUTCOMES, key=lambda name: compared.mean[compared.index(name)])
    end = month_name(scenario.start, scenario.months - 1)
    text = f"The commonest outcome is {OUTCOME_WORDS[most]} ({percent(compared, most)}); "
    text += f"the government has fallen by {end} in {percent(compared, COLLAPSE)}"
    return text + (f", by {FELL} in {percent(compared, BY_THEN)}." if covers_fall(scenario) else ".")


def percent(compared: Compared, name: str) -> str:
    """A share in per cent of worlds."""
    return f"{100 * compared.mean[compared.index(name)]:.1f} % of worlds"


def _index(compared: Compared) -> str:
    """The index that moved most, in units of the root's spread over worlds."""
    told, best, where = compared.told, 0.0, None
    for measure in WHOLE:
        i = compared.index(world_column(measure))
        scale = max(float(np.nan_to_num(compared.spread[i])), SMALLEST_SPREAD * (measure.high - measure.low))
        moved = abs(float(compared.difference[i])) / scale
        if measure.name not in CONDITIONS and told[i] and moved > best:
            best, where = moved, measure
    if where is None:
        return ""
    i = compared.index(world_column(where))
    return f"{_meaning(where)}, {_from_to(compared.root_mean[i], compared.mean[i], where)}"


def _meaning(measure: Measure) -> str:
    """A measure's meaning, short: without what follows a colon or stands in brackets."""
    return measure.meaning.partition(":")[0].partition(" (")[0]


def _from_to(before: float, after: float, measure: Measure) -> str:
    way = "up" if after > before else "down"
    unit = " a world" if measure.cumulative else f" {measure.unit}" if measure.unit in ("thousand", "assets") else ""
    digits = 2 if max(abs(before), abs(after)) < 10 else 0
    digits = 3 if round(before, digits) == round(after, digits) else digits
    return f"{way} from {before:,.{digits}f} to {after:,.{digits}f}{unit}"


def _place(compared: Compared, names: dict[str, str]) -> str:
    """The province and power whose influence moved most."""
    pairs = [(iso, power) for iso in names for power in keys(Power)]
    told = compared.told
    moved = [abs(float(compared.difference[i])) if told[i] else 0.0 for i in (compared.index(influence_name(*pair)) for pair in pairs)]
    if not max(moved) > 0.0:
        return ""
    iso, power = pairs[int(np.argmax(moved))]
    i = compared.index(influence_name(iso, power))
    whose = possessive(power)
    before, after = compared.root_mean[i], compared.mean[i]
    digits = 3 if round(before, 2) == round(after, 2) else 2
    return f"{whose} influence in {names[iso]}, {'up' if after > before else 'down'} from {before:.{digits}f} to {after:.{digits}f}"
