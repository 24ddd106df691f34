"""By which measured outcome an actor's stated interest is served: the only ground on which regret is counted.

An interest is here only if one outcome measures what its goal is about, and if the report states the interest (its weight cites claims;
`stated_interests` leaves out those that do not). Most interests have no such outcome: they are left out, not replaced.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.compare.scenario_inputs import input_paths
from sim.exploration.outcome import Outcome, parse_outcome
from sim.exploration.stored_worlds import StoredWorlds
from sim.model.state.dimensions import Row
from sim.provenance.claim_index import numbers
from sim.scenario import Scenario
from sim.text.measure_labels import label


@dataclass(frozen=True)
class InterestMeasure:
    """An interest of an actor, and what serves it: more (`more`) or less of the mean of some outcomes."""

    actor: str
    interest: str
    outcomes: tuple[str, ...]
    more: bool
    words: str

    @property
    def path(self) -> str:
        """The parameter that weighs it."""
        return f"{self.actor}.interests.{self.interest}"

    @property
    def parsed(self) -> tuple[Outcome, ...]:
        """The outcomes, parsed."""
        return tuple(parse_outcome(text) for text in self.outcomes)

    def served(self, worlds: StoredWorlds) -> Row:
        """How far it is served in each world, (n,), in the unit of the outcomes: the more, the better served."""
        mean = np.mean([worlds.values(outcome) for outcome in self.parsed], axis=0)
        return mean if self.more else -mean


_FOUR_AREAS = tuple(f"influence_iran@{place}" for place in ("SY-HL", "SY-HI", "SY-DY", "SY-RD"))  # R11
MEASURES = (
    InterestMeasure("government", "regime_survival", ("fallen",), False, "worlds in which the government has fallen"),
    InterestMeasure("government", "territory", ("territory_share",), True, label("territory_share")),
    InterestMeasure("government", "settlement_weight", ("settlement_leverage",), True, label("settlement_leverage")),
    InterestMeasure("russia", "regime_survival", ("fallen",), False, "worlds in which the government has fallen"),
    InterestMeasure("russia", "army_reform", ("army_quality",), True, label("army_quality")),
    InterestMeasure("russia", "limit_militias", ("iran_force",), False, label("iran_force")),
    InterestMeasure("russia", "standing", ("standing",), True, label("standing")),
    InterestMeasure("russia", "contract_competition", ("contracts_russia",), True, label("contracts_russia")),
    InterestMeasure("iran", "regime_survival", ("fallen",), False, "worlds in which the government has fallen"),
    InterestMeasure("iran", "militia_entrenchment", _FOUR_AREAS, True, "Iran's influence in its four areas"),
    InterestMeasure("iran", "border_presence", ("influence_iran@SY-DY",), True, "Iran's influence in Deir ez-Zor"),
    InterestMeasure("iran", "land_corridor", ("land_route",), True, label("land_route")),
    InterestMeasure("iran", "deterrence", ("exclusion_force",), True, label("exclusion_force")),
    InterestMeasure("iran", "contract_competition", ("contracts_iran",), True, label("contracts_iran")),
    InterestMeasure("israel", "keep_the_line_clear", ("exclusion_force",), False, label("exclusion_force")),
    InterestMeasure("israel", "stop_entrenchment", ("iran_force",), False, label("iran_force")),
    InterestMeasure("israel", "cut_the_corridor", ("land_route",), False, label("land_route")),
    InterestMeasure("united_states", "limit_iran", ("influence_iran@SY-DY",), False, "Iran's influence in Deir ez-Zor"),
)


def stated_interests(scenario: Scenario) -> tuple[InterestMeasure, ...]:
    """Those that the report states, and that the actor pursues in a scenario."""
    return tuple(one for one in MEASURES if one.path in scenario.settings and _is_stated(scenario, one.path))


def claims(scenario: Scenario, one: InterestMeasure) -> str:
    """The claims of the report that state an interest, `R41 R64`."""
    return " ".join(numbers(scenario.settings[one.path].source))


def own_courses(scenarios: Mapping[str, Scenario], root: Scenario) -> dict[str, tuple[str, ...]]:
    """By actor, the scenarios in which nothing but its own parameters differs from the baseline, itself among them."""
    actors, found = {one.actor for one in MEASURES}, dict[str, list[str]]()
    for name, scenario in scenarios.items():
        owners = {path.partition(".")[0] for path in input_paths(scenario, root)}
        if len(owners) == 1 and owners <= actors:
            found.setdefault(owners.pop(), []).append(name)
    return {actor: (root.name, *names) for actor, names in found.items()}


def _is_stated(scenario: Scenario, path: str) -> bool:
    setting = scenario.settings[path]
    return bool(numbers(setting.source)) and (setting.varies or setting.central() > 0.0)
