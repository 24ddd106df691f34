"""Results in a notebook: `sim.results.open("results/NAME")` gives tables and figures.

    import sim.results
    r = sim.results.open("results/default")
    r.worlds("baseline")["delimitation"].mean()
    r.differences("caesar_tightened")
    r.flows("iran_withdraws")
"""

from sim.results.opened import Opened, open

__all__ = ["Opened", "open"]
