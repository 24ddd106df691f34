"""What must go when an interest is taken away: for each weight one measure and the way it must move, named from what the goal is about.

`path` is set to `value` in all worlds, everything else stays; the measure is taken at the horizon in the same worlds with and without.
Where the weight does not do what was named, `does_not` says so with what was measured; no number was moved for it.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from sim.model.state.dimensions import Row
from sim.scenario import load_scenario
from sim.simulation import Spheres


class Effect(NamedTuple):
    """A weight, and what must move when it is taken away or raised.

    `measure` is one of the catalogue (`where` names provinces over which it is averaged), `group.KEY` (its fighters there), or
    `best_bids` (the share of tenders that the highest bid wins). `way` is -1 for a fall, 1 for a rise, 0 for either. It must move by
    `least` of the usual mean, or in the unit of the measure itself if `own_unit`.
    """

    path: str
    measure: str
    way: int
    where: tuple[str, ...] = ()
    least: float = 0.1
    own_unit: bool = False
    value: float = 0.0
    does_not: str = ""


LEVANT = ("SY-HL", "SY-HI", "SY-DY", "SY-RD")  # Iran's four areas (R11)
SEVEN_TENTHS = 11.4  # of Iran's wants: its other central weights add up to 4.9

PARTNERS = (
    Effect(
        "russia.interests.contract_competition",
        "contracts_russia",
        -1,
        least=0.25,
        own_unit=True,
        does_not="0.675 -> 0.443, a fall of 0.231",
    ),
    Effect(
        "iran.interests.contract_competition",
        "contracts_iran",
        -1,
        least=0.15,
        own_unit=True,
        does_not="0.116 -> 0.021, a fall of 0.095, all but a fifth of what it has",
    ),
    Effect(
        "iran.interests.contract_competition",
        "contracts_iran",
        1,
        least=0.08,
        own_unit=True,
        value=SEVEN_TENTHS,
        does_not="0.116 -> 0.180, a rise of 0.064",
    ),
    Effect("iran.interests.militia_entrenchment", "influence_iran", -1, LEVANT, least=0.035, own_unit=True),
    Effect("iran.interests.militia_entrenchment", "delimitation", 0, least=0.04, own_unit=True, does_not="0.441 -> 0.441, by nothing"),
    Effect("iran.interests.deterrence", "influence_iran", -1, ("SY-QU",), least=0.08, own_unit=True),
    Effect("government.interests.revenue", "best_bids", -1, least=0.10, own_unit=True),
)

OTHERS = (
    Effect("turkey.interests.keep_the_north", "group.turkish_army", -1, ("SY-ID",)),
    Effect("turkey.interests.push_back_sdf", "group.turkish_army", -1, ("SY-RA", "SY-HA")),
    Effect(
        "turkey.interests.keep_astana",
        "offensives_opposition",
        1,
        does_not="0.885 -> 1.350, z 2.3: an offensive in a run is too few to tell",
    ),
    Effect("sdf.interests.hold_the_northeast", "group.sdf", -1, ("SY-HA",)),
    Effect("sdf.interests.oil", "group.sdf", -1, ("SY-HA",)),
    Effect("sdf.interests.keep_is_down", "presence_islamic_state", 1, ("SY-DY",)),
    Effect("opposition.interests.hold_the_northwest", "group.tahrir_al_sham", -1, ("SY-ID",)),
    Effect("opposition.interests.take_the_cities", "group.tahrir_al_sham", -1, ("SY-HL",), does_not="4.041 -> 3.388, a sixth less, z -3.0"),
    Effect(
        "opposition.interests.topple_the_government",
        "offensives_opposition",
        -1,
        does_not="0.885 -> 0.920, z 1.2",
    ),
    Effect("israel.interests.keep_the_line_clear", "strikes", -1, ("SY-QU",)),
    Effect("israel.interests.stop_entrenchment", "strikes", -1, ("SY-HL",)),
    Effect("israel.interests.cut_the_corridor", "strikes", -1, ("SY-DY",)),
    Effect("united_states.interests.protect_forces", "strikes_us", -1),
    Effect("united_states.interests.limit_iran", "restraint", -1, does_not="0.068 -> 0.064, 6 % less, z -10.1"),
    Effect("united_states.interests.keep_is_down", "presence_islamic_state", 1, ("SY-HA",)),
    Effect("islamic_state.interests.survive", "group.islamic_state_cells", -1, ("SY-HI",)),
    Effect(
        "islamic_state.interests.hold_ground_again",
        "offensives_islamic_state",
        -1,
        does_not="0.150 -> 0.325, z 4.0, the other way",
    ),
    Effect("islamic_state.interests.oil", "group.islamic_state_cells", -1, ("SY-DY",)),
    Effect("local_powers.interests.self_rule", "influence_local", -1, ("SY-SU",)),
    Effect("local_powers.interests.safety", "presence_islamic_state", 1, ("SY-SU",), does_not="0.032 -> 0.033, 4 % more, z 6.8"),
)


class Ended(NamedTuple):
    """A run at its horizon, as far as effects look: measures of the whole country, by province, and force by group."""

    whole: dict[str, Row]
    province: dict[str, np.ndarray]
    force: np.ndarray
    groups: tuple[str, ...]
    iso: tuple[str, ...]


@cache
def ended(path: str, value: float, worlds: int, months: int) -> Ended:
    """The baseline at its horizon with one parameter set in all worlds; as it is for no path."""
    model = Spheres(baseline(), worlds=worlds, months=months, **({path: value} if path else {})).run()
    horizon = model.finish()
    found = Ended(horizon.whole, horizon.province, horizon.force.copy(), model.groups, model.provinces.iso)
    model.close()
    return found


@cache
def baseline():
    """The baseline as it ships."""
    return load_scenario("baseline")


def row(run: Ended, effect: Effect) -> Row:
    """The measure of an effect in a run, (worlds,)."""
    places = [run.iso.index(code) for code in effect.where]
    if effect.measure == "best_bids":
        return run.whole["tenders_to_best_bid"] / np.maximum(1.0, run.whole["tenders"])
    if effect.measure.startswith("group."):
        return run.force[run.groups.index(effect.measure.removeprefix("group."))][places].sum(axis=0)
    return run.province[effect.measure][places].mean(axis=0) if places else run.whole[effect.measure]


class Found(NamedTuple):
    """What came of an effect: means without and with the change, and the mean paired difference in standard errors."""

    usual: float
    changed: float
    z: float

    def moves(self, effect: Effect) -> float:
        """How far it moved the way it must, relative to the usual or in its own unit."""
        moved = self.changed - self.usual
        moved = abs(moved) if effect.way == 0 else effect.way * moved
        return moved if effect.own_unit else moved / abs(self.usual)

    def told(self, effect: Effect) -> str:
        """The figures."""
        unit = f"{self.moves(effect):+.3f}" if effect.own_unit else f"{self.moves(effect):+.0%}"
        return f"{effect.path} {effect.measure}: {self.usual:.3f} -> {self.changed:.3f}, {unit} that way, z {self.z:.1f}"


def found(effect: Effect, worlds: int, months: int) -> Found:
    """What comes of an effect over some worlds and months."""
    before, after = row(ended("", 0.0, worlds, months), effect), row(ended(effect.path, effect.value, worlds, months), effect)
    difference = after.astype(float) - before
    spread = float(difference.std(ddof=1)) / np.sqrt(worlds)
    return Found(float(before.mean()), float(after.mean()), float(difference.mean()) / spread if spread else 0.0)


if __name__ == "__main__":
    for one in (*PARTNERS, *OTHERS):
        print(found(one, 200, 120).told(one), flush=True)
