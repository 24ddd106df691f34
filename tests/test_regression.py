"""A small stored run: any change of results shows here, and is looked at before it is accepted.

`python tests/test_regression.py` writes the stored run anew; its difference belongs in the same commit as the change that caused it.
"""

import csv
from pathlib import Path

import pytest

from sim.scenario import load_scenario
from sim.simulation import Spheres

PROJECT = Path(__file__).resolve().parent.parent
STORED = PROJECT / "tests" / "regression" / "runs.csv"
RUNS = ("baseline", "patrons_withdraw", "what_followed")


def measured(name: str) -> dict[str, float]:
    """Means over 12 worlds of the measures of the whole country, 48 months on."""
    model = Spheres(load_scenario(PROJECT / "scenarios" / f"{name}.yaml"), worlds=12, months=48).run()
    return {measure: float(row.mean()) for measure, row in model.finish().whole.items()}


def stored() -> dict[str, dict[str, float]]:
    with STORED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: {row["measure"]: float(row[name]) for row in rows} for name in RUNS}


@pytest.mark.parametrize("name", RUNS)
def test_a_run_gives_what_it_gave(name: str) -> None:
    assert measured(name) == pytest.approx(stored()[name], rel=1e-6, abs=1e-9)


if __name__ == "__main__":
    runs = {name: measured(name) for name in RUNS}
    with STORED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["measure", *RUNS])
        writer.writerows([measure, *(f"{runs[name][measure]:.9g}" for name in RUNS)] for measure in runs[RUNS[0]])
