"""An analyst's session, offline: from a question to tables and pictures.

Run it whole (`python docs/analyst.py`, in the folder that has results/), or cell by cell in an editor or notebook that knows `# %%`.
It reads results/default, which `spheres run` or `make run` writes.

The question: tighter sanctions, or a distracted Russia: which of the two moves spheres of interest more, where, and how sure is that?
"""

# %% Open the results, and compare two scenarios with the baseline
from pathlib import Path

import sim.analysis

CAESAR, RUSSIA = "caesar_tightened", "russia_distracted"
pictures = Path("results/analyst")
pictures.mkdir(parents=True, exist_ok=True)
r = sim.analysis.open("results/default", scenarios=["baseline", CAESAR, RUSSIA])

# %% What each of them changes: the largest differences in standard deviations over worlds, with 95 % intervals and Holm's correction
for scenario in (CAESAR, RUSSIA):
    table = r.differences(scenario)
    print(f"\n{scenario}: {table['told'].sum()} of {len(table)} indices can be told from luck")
    print(table.head(6)[["quantity", "against_mean", "mean", "difference", "low", "high", "told"]].round(3).to_string(index=False))

# %% How much it helps that world k has the same luck in both: the width of the interval as a part of an unpaired one
paired = r.differences(CAESAR)["narrowing"]
print(f"\nPaired intervals are {paired.median():.0%} as wide as unpaired ones would be (the middle index of {CAESAR}).")

# %% Where: influence of the partners by province, in percentage points
for scenario in (CAESAR, RUSSIA):
    places = r.differences(scenario, kind="influence").assign(points=lambda t: 100 * t["difference"])
    told = places[places["told"]].assign(province=lambda t: t["province"].map(r.provinces))
    print(f"\n{scenario}: influence moves most in")
    print(told.sort_values("points", key=abs, ascending=False).head(5)[["province", "quantity", "points"]].round(1).to_string(index=False))

# %% The same, only over worlds in which the government stands at the horizon in both scenarios
print(r.differences(RUSSIA, given="standing").head(3)[["quantity", "worlds", "difference", "low", "high"]].round(3).to_string(index=False))

# %% Pictures: what became of the worlds, one index through time, one province (in a notebook, write the name of the chart alone)
r.flows(RUSSIA).save(pictures / "flows.png")
r.course(RUSSIA, "dependence_iran").save(pictures / "dependence_iran.png")
r.place(RUSSIA, "Aleppo").save(pictures / "aleppo.svg")
print(f"\nPictures: {pictures}/")

# %% Anything else is a table of all worlds: in how many does Russia hold most contracts, by whether the partnership broke?
worlds = r.table(RUSSIA, "worlds", ["outcome", "contracts_russia", "broken"])
print(worlds.assign(most=worlds["contracts_russia"] > 0.5).groupby("broken")["most"].agg(["mean", "size"]).round(2))
