"""An analyst's session, offline: from a question to tables and figures.

Run it as a whole (`python docs/analyst.py`, in the folder that holds results/), or cell by cell in an editor or notebook that reads
`# %%`. It reads results/default, which `spheres run` or `make run` writes.

The question: tighter sanctions, or a distracted Russia: which of the two changes spheres of interest more, where, and how certain is it?
"""

# %% Open the results, and compare two scenarios with the baseline
from pathlib import Path

import pandas as pd

from sim import open_results

CAESAR, RUSSIA = "caesar_tightened", "russia_distracted"
figures = Path("results/analyst")
figures.mkdir(parents=True, exist_ok=True)
r = open_results("results/default", scenarios=["baseline", CAESAR, RUSSIA])

# %% What each changes: the largest differences in standard deviations over worlds, with 95 % intervals and Holm's correction
for scenario in (CAESAR, RUSSIA):
    table = r.differences(scenario)
    print(f"\n{scenario}: {table['significant'].sum()} of {len(table)} indices differ significantly from the baseline")
    print(table.head(6)[["quantity", "against_mean", "mean", "difference", "low", "high", "status"]].round(3).to_string(index=False))

# %% What pairing gains (world k has the same random events in both scenarios): the width of an interval relative to an unpaired one
paired = r.differences(CAESAR)["narrowing"]
print(f"\nPaired intervals are {paired.median():.0%} as wide as unpaired ones would be (median over the indices of {CAESAR}).")

# %% Where: influence of the powers by province, in percentage points
for scenario in (CAESAR, RUSSIA):
    influence = r.differences(scenario, kind="influence").assign(points=lambda t: 100 * t["difference"])
    significant = influence[influence["significant"]].assign(province=lambda t: t["province"].map(r.provinces))
    largest = significant.sort_values("points", key=abs, ascending=False).head(5)
    print(f"\n{scenario}: influence changes most in")
    print(largest[["province", "quantity", "points"]].round(1).to_string(index=False))

# %% The same, only over worlds in which the government survives to the horizon in both scenarios
standing = r.differences(RUSSIA, given="standing").head(3)  # `status` says which of them the scenario itself sets
print(standing[["quantity", "worlds", "difference", "low", "high", "status"]].round(3).to_string(index=False))

# %% Figures: how outcomes change, one index over time, one province (in a notebook, a chart on a line of its own is displayed)
r.outcome_transitions(RUSSIA).save(figures / "outcome_transitions.png")
r.index_over_time(RUSSIA, "dependence_iran").save(figures / "dependence_iran.png")
r.province_over_time(RUSSIA, "Aleppo").save(figures / "aleppo.svg")
print(f"\nFigures: {figures}/")

# %% Effort by goal: what Iran spends most on, what it spends on in Homs, and where its effort goes instead if Russia is distracted
effort = r.comparison.effort.query("scenario == 'baseline' and actor == 'iran'")
for place, where in (("SY", "in all"), ("SY-HI", "in Homs")):
    goals = effort[effort["province"] == place].nlargest(3, "effort")
    print(f"\nIran spends most of its effort {where} on {', '.join(f'{g.goal} ({g.share:.0%})' for g in goals.itertuples())}")
moved = r.differences(RUSSIA, kind="effort").query("quantity.str.startswith('effort_iran_') and status == 'finding'")
print(moved[["quantity", "against_mean", "mean", "difference"]].round(3).to_string(index=False) if len(moved) else "no goal")
r.effort_by_goal(RUSSIA).save(figures / "effort_by_goal.png")

# %% What each interest does, where `spheres interests` has been run: what goes with each of Iran's interests, and where
study = Path("results/interests/interests.csv")
if study.exists():
    away = pd.read_csv(study).query("actor == 'iran' and change == 'taken away' and matters and not measure.str.startswith('effort_')")
    print("\nWithout each of Iran's interests in turn, in the same worlds:")
    print(away[["interest", "measure", "place", "difference", "low", "high", "z"]].fillna("").round(3).to_string(index=False))

# %% How much of delimiting is negotiated: the same worlds without any talks, where `no_talks` is among the results
alike = [name for name in ("baseline", "no_talks", "grand_bargain") if name in open_results("results/default").scenarios]
talks = open_results("results/default", scenarios=alike).comparison.negotiated
if len(talks):
    alone = talks[talks["by_talks"]]
    print(f"\n{alone[['scenario', 'silent', 'difference', 'low', 'high', 'part']].round(3).to_string(index=False)}")

# %% Anything else is a table of all worlds: in how many does Russia hold most contracts, by whether the partnership broke?
worlds = r.table(RUSSIA, "worlds", ["outcome", "contracts_russia", "broken"])
print(worlds.assign(most=worlds["contracts_russia"] > 0.5).groupby("broken")["most"].agg(["mean", "size"]).round(2))
