"""A parameter at its neutral value switches its mechanism off: what else feeds it no longer matters, or it no longer happens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from sim.model.state.event_log import KIND_INDEX
from sim.scenario import Scenario
from sim.simulation import Spheres

Values = dict[str, float]
WORLDS = 12
STRESS: Values = {"russia.means.budget": 0.3, "iran.means.budget": 0.3, "opposition.strength": 2.0, "opposition.reluctance": 0.0}

DESERTED: Values = {"zones.northwest.strength": 0, "opposition.strength": 4, "ground_loss.firmness": 100}  # losses, and no routs


def finished(
    scenario: Scenario, values: Mapping[str, float | Sequence[float]], months: int = 8, **which: Any
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Everything at the horizon by name, and counts of events by kind; `which` worlds are run."""
    model = Spheres(scenario, months=months, **which, **{**STRESS, **values}).run()
    horizon, counts = model.finish(), model.log.counts.sum(axis=(1, 2))
    model.close()
    arrays = {f"province.{k}": x for k, x in horizon.province.items()} | {f"whole.{k}": x for k, x in horizon.whole.items()}
    return arrays | {"force": horizon.force}, counts


@dataclass(frozen=True)
class Lever:
    """A mechanism: what is `off` (and `on`), another input of it, two values of that, and what it must not move (all, if empty)."""

    off: Values
    on: Values
    other: str
    values: tuple[float, float]
    watched: tuple[str, ...] = ()


LEVERS = (
    Lever({"bargain.talks": 0, "bargain.readiness": 0}, {"bargain.talks": 0.5}, "bargain.friction_cost", (0, 1)),
    Lever({"bargain.talks": 0, "bargain.readiness": 0}, {"bargain.anticipation": 0.8}, "bargain.foothold", (0.01, 1)),
    Lever({"bargain.talks": 0, "bargain.readiness": 0, "coordinate.weight_military": 0}, {"bargain.readiness": 1},
          "bargain.threshold", (0.1, 9), ("whole.agreed",)),
    Lever({"coordinate.command_disputes": 0}, {"coordinate.command_disputes": 2}, "coordinate.joint_activity", (0, 5)),
    Lever({"entrench.local_erosion": 0, "local_powers.interests.self_rule": 0, "local_powers.interests.safety": 0},
          {"local_powers.interests.self_rule": 1}, "entrench.local_rooting", (0, 0.5)),
    Lever({"iran.golan_compliance": 0}, {"iran.golan_compliance": 3}, "iran.golan_agreement", (0, 1)),
    Lever({"strike.shield": 0}, {"strike.shield": 1}, "strike.mixing_half", (0.01, 10)),
    Lever({"coordinate.learning": 0, "start.channel_military": 0}, {"start.channel_military": 0.9}, "coordinate.carry_over", (0, 1)),
    Lever({"coordinate.framework": 1}, {"coordinate.framework": 0}, "coordinate.tenders_resented", (0, 1)),
    Lever({"israel.strike_rate": 0, "israel.pressure": 0}, {"israel.strike_rate": 5}, "israel.interests.stop_entrenchment", (0, 5)),
    Lever({"israel.escalation": 0, "israel.pressure": 0}, {"israel.escalation": 3}, "shocks.escalation_rate", (0, 0.5)),
    Lever({"shocks.contact_cost": 0}, {"shocks.contact_cost": 1}, "shocks.contact_rate", (0, 1)),
    Lever({"shocks.crisis_size": 0}, {"shocks.crisis_size": 0.5}, "shocks.crisis_rate", (0, 1)),
    Lever({"shocks.surge_size": 0}, {"shocks.surge_size": 1}, "shocks.surge_rate", (0, 1)),
    Lever({"strength.air": 0, "strength.lead": 0, "entrench.suppression": 0}, {"strength.air": 5}, "strength.air_half", (0.01, 10)),
    Lever({"fight.pooled": 0, "entrench.suppression": 0}, {"entrench.suppression": 5}, "iraq.intelligence_centre", (0, 1)),
    Lever({"strength.joint_command": 0, "coordinate.avoidance": 0, "coordinate.settling": 0, "coordinate.learning": 0,
           "coordinate.carry_over": 0, "bargain.readiness": 0, "bargain.talks": 0},
          {"strength.joint_command": 20}, "start.channel_military", (0.1, 0.9), ("force", "whole.territory", "whole.offensives")),
    Lever({"iran.land_dependence": 0, "israel.interests.cut_the_corridor": 0}, {"iran.land_dependence": 1}, "iraq.crossing_open", (0, 1),
          ("force", "whole.territory")),
    Lever({"turkey.operations.readiness": 0}, {"turkey.operations.readiness": 1, "turkey.operations.cost": 0},
          "turkey.operations.army", (1, 90)),
    Lever({"russia.heed": 0}, {"russia.heed": 1}, "israel.pressure", (0, 5)),
    Lever({"experience.toll": 0, "opposition.build_up": 0}, {"experience.toll": 1}, "experience.pace", (0, 0.5)),
    Lever({"experience.toll": 0, "opposition.build_up": 0}, {"opposition.build_up": 1}, "experience.quiet_half", (0.001, 10)),
    Lever({"departure.gone_below": 0}, {"departure.gone_below": 0.5}, "departure.withering", (0, 0.5)),
    Lever({"departure.gone_below": 0}, {"departure.gone_below": 0.5}, "departure.passing_on", (0, 1)),
    Lever({"entrench.rooting": 0}, {"entrench.rooting": 1}, "entrench.by_presence", (0, 1)),
    Lever({"entrench.rooting": 0}, {"entrench.rooting": 1}, "russia.rooted_in.bases", (0, 1)),
    Lever({"ground_loss.rising": 0}, {"ground_loss.rising": 1, "ground_loss.slack": 0}, "ground_loss.rising_share", (0.1, 1)),
    Lever({"ground_loss.rising": 0}, {"ground_loss.rising": 1}, "ground_loss.slack", (0, 0.5)),
    Lever(DESERTED | {"ground_loss.withdrawal": 0}, {"ground_loss.withdrawal": 1}, "ground_loss.heavy_losses", (0.01, 1)),
    Lever(DESERTED | {"ground_loss.withdrawal": 0}, {"ground_loss.withdrawal": 1}, "ground_loss.outmatched", (0, 0.9)),
    Lever({"ground_loss.firmness": 100}, {"ground_loss.firmness": 1}, "ground_loss.spread", (0, 0.8)),
    Lever({"ground_loss.firmness": 100}, {"ground_loss.firmness": 1}, "ground_loss.nearness", (0, 1)),
    Lever({"ground_loss.firmness": 100}, {"ground_loss.firmness": 1}, "ground_loss.backed", (0, 0.9)),
    Lever({"ground_loss.firmness": 100}, {"ground_loss.firmness": 1}, "ground_loss.paid", (0, 0.9)),
    Lever({"reckon.income_from_land": 0}, {"reckon.income_from_land": 0.1}, "reckon.income_decay", (0, 0.1)),
)  # fmt: skip


def moved(scenario: Scenario, lever: Lever, switch: Values) -> list[str]:
    """What the other input moves at all, while the mechanism is switched off or on."""
    others = np.repeat(lever.values, WORLDS).tolist()  # the same worlds twice, side by side in one model
    seen, _ = finished(scenario, {**lever.off, **switch, lever.other: others}, luck=[*range(WORLDS)] * 2)
    return [name for name in lever.watched or seen if not np.array_equal(*np.split(seen[name], 2, axis=-1))]


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: f"{next(iter(lever.off))}, {lever.other}")
def test_what_feeds_a_mechanism_matters_only_while_it_is_on(baseline: Scenario, lever: Lever) -> None:
    assert moved(baseline, lever, {}) == []
    assert moved(baseline, lever, lever.on) != []


# What is switched off together: switches of which none keeps the happenings of another from coming about.
SWITCHED_OFF = (
    {
        "raid": {"fight.raid_rate": 0},
        "strike_israel": {"israel.strike_rate": 0},
        "strike_us": {"united_states.strike_rate": 0},
        "contract_russia": {"contract.tender_rate": 0},
        "contract_iran": {"contract.tender_rate": 0},
        "contract_others": {"contract.tender_rate": 0},
        "escalation": {"shocks.escalation_rate": 0},
        "crisis": {"shocks.crisis_rate": 0},
        "surge": {"shocks.surge_rate": 0},
        "contact_lost": {"shocks.contact_rate": 0},
    },
    {
        "contract_lapsed": {"contract.abandonment": 0, "contract.ending_rate": 0},
        "contract_in_force": {f"contract.delivery.{bidder}": 0 for bidder in ("russia", "iran", "others")},
        "incident_command": {"coordinate.command_disputes": 0},
        "incident_economic": {"coordinate.framework": 1},
        "incident_diplomatic": {"coordinate.publicity_resented": 0, "coordinate.strikes_resented": 0},
        "province_lost": {"battle.take": 0, "ground_loss.rising": 0},
    },
    {
        "rising": {"ground_loss.rising": 0},
        "government_rout": {"ground_loss.firmness": 100, "battle.morale_loss": 0},  # whose morale is nil bears nothing, however firm
        "sdf_rout": {"ground_loss.firmness": 100},
    },
    {kind: {"bargain.readiness": 0, "bargain.talks": 0} for kind in ("exchange", "bargain_russia", "bargain_iran", "posts_change_hands")},
)


@pytest.fixture(scope="module")
def usual(baseline: Scenario) -> np.ndarray:
    """How often each kind of event happens with nothing switched off."""
    return finished(baseline, {}, worlds=32, months=24)[1]


@pytest.mark.parametrize("switches", SWITCHED_OFF, ids=lambda switches: next(iter(switches)))
def test_what_is_switched_off_does_not_happen(baseline: Scenario, usual: np.ndarray, switches: dict[str, Values]) -> None:
    off = {path: value for values in switches.values() for path, value in values.items()}
    counts = finished(baseline, off, worlds=32, months=24)[1]
    for kind in switches:
        assert usual[KIND_INDEX[kind]] > 0, f"{kind} never happens here anyway"
        assert counts[KIND_INDEX[kind]] == 0, kind
