"""Event data: compare the model's violence with a file of events. The file is made up here, so its result says nothing about Syria.

Run it in any folder (`python docs/examples/event_data.py`); it writes made_up.csv, results/gallery_events/ and a picture there.
"""

import csv
import shutil
import subprocess
import sys

import pandas as pd

# A made-up file in the layout of an ACLED export: from 2016 to 2020 the same places, each in other months every year
EVENTS = {"Aleppo": (3, 6, 9, 10, 12), "Idleb": (3, 6, 10), "Deir-ez-Zor": (1, 3, 6, 10), "Rural Damascus": (3, 6), "Dar'a": (7,)}
with open("made_up.csv", "w", newline="", encoding="utf-8") as file:
    table = csv.writer(file)
    table.writerow(("event_id_cnty", "event_date", "time_precision", "event_type", "country", "admin1", "geo_precision"))
    for year in range(2016, 2021):
        for place, months in EVENTS.items():
            for month in {1 + (first + 5 * (year - 2016)) % 12 for first in months}:
                table.writerow((f"{place}-{year}-{month}", f"{year}-{month:02d}-15", 1, "Battles", "Syria", place, 1))

words = ("history", "--events", "made_up.csv", "--worlds", "40", "--name", "gallery_events", "--quiet")
subprocess.run([sys.executable, "-m", "sim.cli", *words], check=True, stdout=subprocess.DEVNULL)

# Distances with the middle 80 % of worlds and a rival, then the mean score of each forecast (CRPS, lower is better)
folder = "results/gallery_events"
measures, scores, places = (pd.read_csv(f"{folder}/{name}.csv") for name in ("measures", "scores", "places"))
print(measures.round(2).to_string(index=False, na_rep=""))
print()
print(scores[["forecast", "crps", "skill_of_model"]].round(3).to_string(index=False, na_rep=""))

# Shares of all events by place, the largest differences first
largest = places.sort_values("difference", key=abs, ascending=False).head(6)
print()
print(largest[["name", "events", "share", "model_share", "difference"]].round(3).to_string(index=False))
shutil.copy(f"{folder}/map.svg", f"{folder}/picture.svg")
