"""EMA Workbench's analyses on stored worlds: which parameters go with delimited outcomes, and where such worlds gather.

Run it in the folder that holds results/ (`python docs/examples/ema_analyses.py`); it needs `pip install ema_workbench`.
"""

import inspect

from ema_workbench.analysis import feature_scoring, prim

from sim import open_results
from sim.analysis.experiments import LABELS

experiments, outcomes = open_results("results/default").experiments("baseline")
parameters = experiments.drop(columns=list(LABELS))  # what is left are parameters alone, as numbers

# Which parameters go with delimitation most (extra trees); with hundreds of parameters a score means little in few worlds
scores = feature_scoring.get_feature_scores_all(parameters, {"delimitation": outcomes["delimitation"]})["delimitation"]
best = scores.sort_values(ascending=False).head(8)
print(best.round(3).to_string())

# PRIM on these eight: a box of parameters in which delimitation is high more often than elsewhere. On the worlds that made the box its
# density is flattered; `spheres discover` judges on others.
high = outcomes["delimitation"] > sorted(outcomes["delimitation"])[-len(experiments) // 4]
wanted = {"threshold": 0.4} if "threshold" in inspect.signature(prim.Prim).parameters else {}  # version 2.5 wants to know from where on
box = prim.Prim(parameters[list(best.index)], high, peel_alpha=0.1, **wanted).find_box()
if box is not None:
    print(box.peeling_trajectory[["coverage", "density", "mass"]].iloc[-1].round(2).to_string())
