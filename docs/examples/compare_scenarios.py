"""Compare: what changes if both partners withdraw? Sixty worlds of two scenarios over six years, world by world.

Run it in any folder (`python docs/examples/compare_scenarios.py`); it writes results/gallery_compare/ and a picture there.
"""

import subprocess
import sys

from sim import open_results

words = ("run", "baseline", "patrons_withdraw", "--worlds", "60", "--months", "72", "--name", "gallery_compare", "--no-plots", "--quiet")
subprocess.run([sys.executable, "-m", "sim.cli", *words], check=True, stdout=subprocess.DEVNULL)
r = open_results("results/gallery_compare")

# The five largest differences that are significant, large enough to matter, and not what the scenario itself sets
found = r.differences("patrons_withdraw").query("status == 'finding'").head(5)
print(found[["quantity", "against_mean", "mean", "difference", "low", "high"]].round(3).to_string(index=False))

# Where: influence by province, in percentage points
shift = r.differences("patrons_withdraw", kind="influence").query("significant").assign(points=lambda t: (100 * t["difference"]).round(1))
shift["province"] = shift["province"].map(r.provinces)
print(f"\n{shift.sort_values('points', key=abs, ascending=False).head(5)[['province', 'quantity', 'points']].to_string(index=False)}")

# How the worlds of each outcome end in the other scenario
r.outcome_transitions("patrons_withdraw").save("results/gallery_compare/picture.svg")
