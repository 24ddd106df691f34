"""3b. Combat: what an offensive brings about. Chances by a Tullock contest, ground, places that change hands, and the defenders' retreat.

Works on a list of attacks, at most one a world, so that every array along the list has shape (attacks,). The list names the attacking
camp, the world, the province and the defending camp of each attack by their indices. `combat_resolution.py` fights them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float, Int, Int8

from sim.model.state.dimensions import TINY, Array, Row
from sim.model.state.parameters import EXPONENT, FACTOR, SHARE, parameter
from sim.model.state.random_streams import RandomStreams

ALIKE = 9  # decimals to which shares of ground are compared, so that rounding decides nothing between provinces wholly held
DAYS_A_MONTH = 30  # days by which what falls within a month is put in order


@dataclass
class Battle:
    """How a battle goes."""

    decisiveness: Row = parameter(EXPONENT, "how sharply strength decides (exponent m of the Tullock contest)")
    defence_advantage: Row = parameter(FACTOR, "what a defender's strength is multiplied by")
    home_guard: Row = parameter(FACTOR, "strength of self-defence in a province wholly held, without any group")
    reach: Row = parameter(SHARE, "share of the strength next door that an attacker can mass")
    reserve: Row = parameter(SHARE, "share of the strength farther away that an attacker can bring along")
    take: Row = parameter(SHARE, "share of a province that a sure win over defenders of full morale takes; more the lower it is (R47)")
    advance: Row = parameter(SHARE, "share of the massed force next door that moves in after a whole province is taken")
    winner_loss: Row = parameter(SHARE, "share of the attacking force on the spot lost in a win")
    loser_loss: Row = parameter(SHARE, "share of the attacking force on the spot lost in a failure")
    rout: Row = parameter(SHARE, "share of the displaced defenders that melts away when morale is nil")
    morale_loss: Row = parameter(FACTOR, "morale a camp loses, everywhere, with the whole of the most valued province (R47)")
    morale_gain: Row = parameter(FACTOR, "morale the winner gains likewise")
    strain: Row = parameter(SHARE, "how much an offensive exhausts a camp when the defenders' morale is full; none when it is nil")
    momentum_gain: Row = parameter(SHARE, "momentum gained by a win; momentum makes the next offensive likelier")


@dataclass
class Attacks:
    """A list of attacks: indices of the attacking camp, world, province and defending camp, and the chance of winning."""

    attacker: Int[Array, " attacks"]
    world: Int[Array, " attacks"]
    province: Int[Array, " attacks"]
    defender: Int[Array, " attacks"]
    chance: Float[Array, " attacks"]

    def where(self, chosen: Bool[Array, " attacks"]) -> "Attacks":
        """Those of the attacks that are chosen."""
        return Attacks(self.attacker[chosen], self.world[chosen], self.province[chosen], self.defender[chosen], self.chance[chosen])

    def in_turn(self) -> Iterator["Attacks"]:
        """The attacks in parts with at most one a world: the first of every world, then the second and so on, each in its place."""
        rest = self
        while rest.world.size:
            first = np.zeros(rest.world.shape, dtype=bool)
            first[np.unique(rest.world, return_index=True)[1]] = True
            yield rest.where(first)
            rest = rest.where(~first)

    @staticmethod
    def none() -> "Attacks":
        """No attacks."""
        nobody = np.zeros(0, dtype=int)
        return Attacks(nobody, nobody, nobody, nobody, np.zeros(0))

    @staticmethod
    def joined(lists: Sequence["Attacks"]) -> "Attacks":
        """Several lists, one after the other."""
        return Attacks(*(np.concatenate([getattr(one, f.name) for one in lists]) for f in fields(Attacks)))


@dataclass
class PlaceDraws:
    """The month's uniforms by which places change hands with the ground around them, drawn when they are first needed."""

    chance: RandomStreams
    month: int
    n_assets: int
    n_towns: int
    shape: tuple[int, int, int]  # camps, provinces, worlds

    @cached_property
    def kept(self) -> Float[Array, "camps provinces worlds"]:
        """What is left of each camp's ground after the month's losses so far: a place passes when the share lost reaches its draw."""
        return np.ones(self.shape)

    @cached_property
    def assets(self) -> Float[Array, "assets worlds"]:
        """A uniform for each asset."""
        return self.chance.uniforms("fight:assets", self.month, self.n_assets)

    @cached_property
    def towns(self) -> Float[Array, "towns worlds"]:
        """A uniform for each town."""
        return self.chance.uniforms("fight:towns", self.month, self.n_towns)


def chance_of_winning(edge: Float[Array, "*shape"], decisiveness: Row) -> Float[Array, "*shape"]:
    """Tullock contest success function: attack^m / (attack^m + defence^m), from the log of attack over defence and the exponent m."""
    return 1.0 / (1.0 + np.exp(-decisiveness * edge))


def ground_taken(
    held: Float[Array, " attacks"], chance: Float[Array, " attacks"], morale: Float[Array, " attacks"], take: Float[Array, " attacks"]
) -> Float[Array, " attacks"]:
    """Share of the province that a win takes: more the surer it was and the lower the defenders' morale, at most what they held."""
    return np.minimum(held, take * chance / np.maximum(morale, TINY))


def change_hands(
    place: Int[Array, " places"],
    owner: Int8[Array, "places attacks"],
    draws: Float[Array, "places attacks"],
    attacks: Attacks,
    before: Float[Array, " attacks"],
    after: Float[Array, " attacks"],
) -> tuple[Int[Array, " changes"], Int[Array, " changes"]]:
    """Which places (by the province they lie in) change hands, and in which attack: when the share of the loser's ground there that it
    has lost in the month reaches their draw. `before` and `after` are what was left of that ground.
    """
    there = place[:, np.newaxis] == attacks.province
    where = np.nonzero(there & (owner == attacks.defender) & (draws >= 1.0 - before) & (draws < 1.0 - after))
    return where[0], where[1]


def refuge(
    control: Float[Array, "camps provinces worlds"], neighbours: Int[Array, "provinces most"], attacks: Attacks
) -> Int[Array, " attacks"]:
    """Where displaced defenders go: the province next door where their camp holds most ground."""
    beside = neighbours[attacks.province]
    own = np.where(beside >= 0, control[attacks.defender[:, np.newaxis], beside, attacks.world[:, np.newaxis]], -1.0)
    own = np.round(own, ALIKE)
    return beside[np.arange(len(beside)), own.argmax(axis=1)]


def not_routed(
    lost: Float[Array, " attacks"], rout: Float[Array, " attacks"], morale: Float[Array, " attacks"]
) -> Float[Array, " attacks"]:
    """Share of the defenders in the province that retreats in order: those on lost ground but for the part that melts away."""
    return lost * (1.0 - rout * (1.0 - morale))
