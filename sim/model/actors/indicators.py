"""Indicators of how unmet an interest is, and of where it is at stake."""

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import TINY, Array, ByProvince, Camp, Row, Sector
from sim.model.state.group_table import sum_of

SOMETHING = 1e-100  # in place of a whole that vanishes: far below anything measured


def share_of(part: Float[Array, "*axes worlds"], whole: Float[Array, "..."]) -> Float[Array, "*axes worlds"]:
    """A share that is zero where the whole vanishes; the whole may lack the first axes of the part."""
    return part / np.maximum(whole, SOMETHING)


def relative(x: ByProvince) -> ByProvince:
    """A quantity by province relative to its largest, 0..1."""
    return x / (np.maximum.reduce(x, axis=0) + TINY)


def national(x: ByProvince, weight: ByProvince) -> Row:
    """Mean over provinces of `x` weighted by `weight`, (worlds,)."""
    return np.add.reduce(x * weight, axis=0) / (np.add.reduce(weight, axis=0) + TINY)


def mean_within(area: Float[Array, "provinces 1"], x: Float[Array, "*axes provinces worlds"]) -> Float[Array, "*axes worlds"]:
    """Mean of `x` (..., P, worlds) over an area given as a share of each province, (P, 1): shape (..., worlds)."""
    return np.add.reduce(area * x, axis=-2) / np.add.reduce(area, axis=0)


def saturated(emphasis: Row) -> Row:
    """An effect that is as usual at the emphasis of an average goal, (worlds,): none at none, at most twice the usual."""
    return 2.0 * emphasis / (1.0 + emphasis)


def pressed(strength: Float[Array, "camps provinces worlds"], control: Float[Array, "camps provinces worlds"], camp: Camp) -> Row:
    """How hard a camp is pressed on its ground, (worlds,), 0..1: the hostile share of strength where it holds ground."""
    own = strength[camp]
    everybody = sum_of(strength, tuple(Camp))
    return national(share_of(everybody - own, everybody), control[camp])


def openness(assets: ByProvince) -> Row:
    """How much is open to tender: 0 for nothing, towards 1 for many more assets than there are sectors, (worlds,)."""
    total = np.add.reduce(assets, axis=0)
    return total / (total + len(Sector))
