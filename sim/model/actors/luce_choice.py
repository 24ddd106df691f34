"""How sharply actors choose (ours): Luce's choice rule (strict utility).

An option's share is its attraction to some power, over the sum of all. At a power of 1 budgets are those of Cobb-Douglas preferences. What
attracts nothing gets exactly nothing, and the others take its share.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from sim.model.state.dimensions import Array, Row
from sim.model.state.parameters import EXPONENT, parameter

LEAST = float(np.finfo(float).tiny)  # in place of a sum of nothing, of which everything has the share of nothing


@dataclass
class Choice:
    """How sharply every actor chooses (section `choice`)."""

    selectivity: Row = parameter(EXPONENT, "how sharply actors divide effort among goals (power of Luce's rule; 1 is Cobb-Douglas)")
    focus: Row = parameter(EXPONENT, "how sharply actors concentrate a goal's effort where most is at stake (power of Luce's rule)")


def powered(attraction: Float[Array, "..."], power: Row, out: Float[Array, "..."] | None = None) -> Float[Array, "..."]:
    """Attraction ** power, exactly zero where nothing attracts."""
    result = np.empty(attraction.shape) if out is None else out
    result[...] = 0.0
    attracts = attraction > 0.0
    np.log(attraction, out=result, where=attracts)
    result *= power
    return np.exp(result, out=result, where=attracts)


def proportions(
    weight: Float[Array, "..."], axis: int, out: Float[Array, "..."] | None = None
) -> tuple[Float[Array, "..."], Bool[Array, "..."]]:
    """Shares in proportion along an axis, none where all weigh nothing; and, without that axis, whether anything weighs."""
    total = np.add.reduce(weight, axis=axis, keepdims=True)
    return np.divide(weight, np.maximum(total, LEAST), out=out), total.squeeze(axis) > 0.0
