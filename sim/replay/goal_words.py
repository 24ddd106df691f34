"""What an actor spends effort on, as a sentence names it."""

from sim.provenance.claim_index import without_claims


def aim(meaning: str) -> str:
    """An interest after `its effort on`: `the land corridor`, `the aim of no foreign bases`, `the aim to rule themselves`."""
    goal = without_claims(meaning)
    if goal.startswith("no "):
        return f"the aim of {goal}"
    return f"the aim {goal}" if goal.startswith("to ") else goal
