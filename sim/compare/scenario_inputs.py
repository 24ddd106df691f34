"""What a scenario puts in, so that it is never reported as what came out."""

import numpy as np

from sim.experiment.recording.effort_measures import EFFORT_ACTORS
from sim.model.state.parameters import ParameterValue
from sim.scenario import Scenario

_TALKS = ("bargain.talks", "bargain.readiness", "bargain.exchanges")
# Measures (or classes) that restate a parameter, or nearly so, with the parameters (a path, or a section with its dot). Measures of which a
# parameter is one part among several (dependence on a partner, say) are findings.
DIRECT_INPUTS: dict[str, tuple[str, ...]] = {
    "effort_russia": ("russia.means.",),  # effort is the budget, and the commitment that answers to danger
    "effort_iran": ("iran.means.",),
    "supply_russia": ("russia.means.", "russia.interests."),  # men and arms follow effort, and what it is spent on
    "supply_iran": ("iran.means.", "iran.interests."),
    "restraint": ("russia.means.", "russia.interests."),  # a part of Russia's effort
    "bargains": _TALKS,  # an exchange needs a talk: their number is that of talks
    "hand_overs": _TALKS,  # posts change hands by exchanges alone
    "agreed": _TALKS,  # follows how often the partners talk; exactly zero where they never do
    "outcome:delimited_agreed": _TALKS,  # of delimited worlds those in which much is agreed
    "channel_economic": ("coordinate.framework",),  # a framework is use of that channel
    "incidents_economic": ("coordinate.framework",),  # and takes its own share of quarrels over tenders away
    "tenders": ("contract.tender_rate",),
    "tenders_to_best_bid": ("contract.tender_rate", "government.hedging", "government.interests."),  # what else counts than a bid
    "attacks_islamic_state": ("islamic_state.strength",),  # raids follow strength
    "strikes": ("israel.strike_rate", "united_states.strike_rate"),
    "strikes_us": ("united_states.strike_rate", "united_states.commitment"),
    "evasion": ("united_states.sanctions",),  # settles where sanctions call for it (R34, R83)
    "land_route": ("iraq.crossing_open",),
}


def differing_paths(scenario: Scenario, other: Scenario) -> tuple[str, ...]:
    """The parameters that are not as in another scenario: first those that the scenario sets, in its order, then all others."""
    paths = dict.fromkeys((*(difference.path for difference in scenario.sets), *scenario.settings))
    pairs = ((path, scenario.settings.get(path), other.settings.get(path)) for path in paths)
    return tuple(path for path, mine, its in pairs if mine and its and not _is_same(mine, its))


def input_paths(scenario: Scenario, other: Scenario) -> frozenset[str]:
    """Every parameter that differs between two scenarios, at the start or by a scripted event."""
    mine, its = ({(event.month, event.until, event.changes) for event in one.events} for one in (scenario, other))
    return frozenset((*differing_paths(scenario, other), *(path for _, _, changes in mine ^ its for path, _ in changes)))


def is_input(measure: str, paths: frozenset[str]) -> bool:
    """Whether a measure restates one of these parameters."""
    return any(path.startswith(direct) for direct in _direct_inputs(measure) for path in paths)


def _direct_inputs(measure: str) -> tuple[str, ...]:
    """The parameters that a measure restates; effort by goal is an actor's means divided by its interests."""
    actor = EFFORT_ACTORS.get(measure)
    return DIRECT_INPUTS.get(measure, ()) if actor is None else (f"{actor}.interests.", f"{actor}.means.")


def _is_same(mine: ParameterValue, its: ParameterValue) -> bool:
    """Whether worlds have the same values of a parameter; most are given alike, which is seen without working out values."""
    given = (mine.value, mine.range, mine.kind, mine.changes) == (its.value, its.range, its.kind, its.changes)
    return given or value_range(mine) == value_range(its)


def value_range(setting: ParameterValue) -> tuple[float, float, float]:
    """The lowest, central and highest value that worlds have."""
    low, high = setting.row(np.array([0.0, 1.0]), 2) if setting.varies else (setting.central(),) * 2
    return float(low), setting.central(), float(high)
