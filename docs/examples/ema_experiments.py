"""EMA Workbench's own experiments on this model, all of them as rows of one batch, under two policies that share their luck.

Needs `pip install ema_workbench` (2.5 on Python 3.11, 3 from 3.12 on). Run it anywhere: nothing is read or written.
"""

from ema_workbench import perform_experiments

from sim.analysis.workbench import batch_evaluator, ema_model


def main() -> None:
    """Three parameters are uncertain, one is a lever; twenty experiments under each of two policies, twelve months each."""
    uncertain = ["israel.strike_rate", "iran.means.budget", "iran.rooted_in.society"]
    model = ema_model("baseline", ["delimitation", "balance", "balance>0.5"], uncertain, levers=["russia.means.budget"], months=12)
    experiments, outcomes = perform_experiments(model, scenarios=20, policies=2, evaluator=batch_evaluator(model))
    for budget, rows in experiments.groupby("russia__means__budget").indices.items():
        print(f"Russia's budget {budget:.2f}:", {name: round(float(values[rows].mean()), 3) for name, values in outcomes.items()})


if __name__ == "__main__":  # processes are started
    main()
