"""The outcomes that are looked at when none is named: who has more, how far spheres are kept apart, and the commonest class of outcome.

The report asks who gains influence where, and whether the partners' spheres are kept apart: `balance` and `delimitation` measure these two.
The third is the class of outcome that most of the stored worlds have, since that is what summaries of a result begin with.
"""

from sim.exploration.outcome import Outcome, parse_outcome
from sim.exploration.stored_worlds import StoredWorlds
from sim.model.observation.measure_catalogue import OUTCOMES

ALWAYS = ("balance", "delimitation")


def default_outcomes(worlds: StoredWorlds) -> tuple[Outcome, ...]:
    """Three outcomes: the commonest class in these worlds, and ALWAYS."""
    classes = [parse_outcome(name) for name in OUTCOMES]
    shares = [float(worlds.values(outcome).mean()) for outcome in classes]
    return (classes[shares.index(max(shares))], *(parse_outcome(name) for name in ALWAYS))
