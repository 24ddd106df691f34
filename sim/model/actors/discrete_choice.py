"""How actors choose: logit (quantal response) shares over options, the standard form of discrete choice theory.

An actor of low precision spreads its effort evenly, one of high precision puts it where it scores best. Choices are nested: first
over instruments, then over provinces, because a single softmax over every pair would smear effort over dozens of options.
"""

import numpy as np
from jaxtyping import Bool, Float

from sim.model.state.dimensions import Array, Row


def logit(
    score: Float[Array, "*choices options worlds"], precision: Row, feasible: Bool[Array, "*#choices options worlds"] | None = None
) -> Float[Array, "*choices options worlds"]:
    """Logit shares of options, along the last axis but worlds: softmax of precision x score, zero where not feasible (all zero where
    nothing is).
    """
    scaled = precision * score
    if feasible is not None:
        scaled = np.where(feasible, scaled, -np.inf)
    best = scaled.max(axis=-2, keepdims=True)
    scaled -= np.where(np.isfinite(best), best, 0.0)
    weight = np.exp(scaled, out=scaled)
    total = weight.sum(axis=-2, keepdims=True)
    weight /= np.where(total > 0.0, total, 1.0)
    return weight
