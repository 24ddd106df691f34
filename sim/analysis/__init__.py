"""Results in a notebook: `sim.analysis.open("results/NAME")` gives tables and figures.

import sim.analysis
r = sim.analysis.open("results/default")
r.worlds("baseline")["delimitation"].mean()
r.differences("caesar_tightened")
r.flows("iran_withdraws")
"""

from sim.analysis.results_api import Opened, open

__all__ = ["Opened", "open"]
