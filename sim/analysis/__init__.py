"""Results in a notebook: `open_results("results/NAME")` gives tables and figures.

from sim import open_results
r = open_results("results/default")
r.sphere_map("iran_withdraws")
r.table("baseline", "worlds")["delimitation"].mean()
r.differences("caesar_tightened")
r.outcome_transitions("iran_withdraws")
"""

from sim.analysis.figure import Figure
from sim.analysis.results_api import ResultSet, open_results

__all__ = ["Figure", "ResultSet", "open_results"]
