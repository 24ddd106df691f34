"""Sweep: what follows if Russia can spend less, or more? Four budgets, today's among them, in the same forty worlds at each.

Run it in any folder (`python docs/examples/sweep_budget.py`); it writes results/gallery_sweep/ and a picture there.
"""

import shutil
import subprocess
import sys

import pandas as pd

sweep = ("sweep", "russia.means.budget=0.2:1.4:4", "--outcome", "iranian_primacy", "--outcome", "balance")
subprocess.run([sys.executable, "-m", "sim.cli", *sweep, "--worlds", "40", "--name", "gallery_sweep", "--quiet"], check=True)

# The same numbers as a table: Russia's share of both partners' influence, and its difference from today in the same worlds
points = pd.read_parquet("results/gallery_sweep/points.parquet").query("outcome == 'balance'")
columns = ["russia.means.budget", "mean", "difference", "difference_low", "difference_high", "status"]
print(f"\n{points[columns].round(3).to_string(index=False)}")
shutil.copy("results/gallery_sweep/sweep.svg", "results/gallery_sweep/picture.svg")
