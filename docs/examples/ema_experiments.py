"""EMA Workbench's own experiments on this model, all of them as rows of one batch, under two policies that share their luck.

Needs `pip install ema_workbench` (2.5 on Python 3.11, 3 from 3.12 on). Run it anywhere: it writes results/gallery_ema/picture.svg.
"""

from pathlib import Path

import altair as alt
import numpy as np
from ema_workbench import perform_experiments

from sim.analysis.workbench import batch_evaluator, ema_model


def main() -> None:
    """Three parameters are uncertain, one is a lever; forty experiments under each of two policies, four years each."""
    np.random.seed(1)  # version 2.5 samples with it; version 3 samples anew each time
    uncertain = ["israel.strike_rate", "iran.means.budget", "iran.rooted_in.society"]
    model = ema_model("baseline", ["delimitation", "balance", "balance>0.5"], uncertain, levers=["russia.means.budget"], months=48)
    experiments, outcomes = perform_experiments(model, scenarios=40, policies=2, evaluator=batch_evaluator(model))
    for budget, rows in experiments.groupby("russia__means__budget").indices.items():
        print(f"Russia's budget {budget:.2f}:", {name: round(float(values[rows].mean()), 3) for name, values in outcomes.items()})
    table = experiments.assign(balance=outcomes["balance"], policy=experiments["russia__means__budget"].map("{:.2f}".format))
    iran = alt.X("iran__means__budget:Q", title="Iran's budget, in units of Russia's effort of 2021").scale(zero=False)
    balance = alt.Y("balance:Q", title="Russia's share of the partners' influence").scale(zero=False)
    chart = alt.Chart(table[["iran__means__budget", "balance", "policy"]]).mark_point(filled=True)
    chart = chart.encode(iran, balance, alt.Shape("policy:N", title="Russia's budget"), alt.Color("policy:N", title="Russia's budget"))
    picture = Path("results/gallery_ema/picture.svg")
    picture.parent.mkdir(parents=True, exist_ok=True)
    chart.properties(width=420, height=260).save(picture)


if __name__ == "__main__":  # processes are started
    main()
