"""Facts of 2015 to 2021 on the page of verdicts: distances, scores by kind, and every fact, from the tables of `spheres history`."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.documentation.generated_blocks import code, table
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.manifest_file import check_contents
from sim.model.state.csv_files import read_csv
from sim.validation.hindcast.fact_halves import FACTS, SETTING, half_of, load_episodes
from sim.validation.hindcast.hindcast_text import COMPARISON
from sim.validation.hindcast.score_table import ALL, EVERY, FACT, GROUP, NONE
from sim.validation.hindcast.score_text import COVERAGE, HALF_NAMES, KINDS, SCORES
from sim.validation.scores.rivals import RIVALS

Row = Mapping[str, str]
COMPARED = ("compared", "half", "in fact", "projected", "distance", "central values", "nothing changes", "steady trend", "unit", "verdict")
SCORED = (
    "scored",
    "half",
    "by",
    "n",
    "model",
    "central values",
    *(f"skill: {name}" for name in RIVALS.values()),
    "verdict",
    "sensitive to",
)
SINGLE = ("fact", "half", "month", "scored as", "model", "central values", "best rival", "verdict", "sensitive to")
HELD = ("facts about", "half", "n", "middle", "any part within, %", "spread evenly, %")
LEVELS_SHOWN = ("0.5", "0.8", "0.95")
_ORDER = ("no closer", "closer than one", "closer", "")


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """A table of a finished `spheres history`. Raises SettingsError if there is none, or it is damaged."""
    check_contents(folder, name, f"Make it with: spheres history --held-out --name {folder.name}")
    try:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError:
        raise SettingsError(f"{folder / name} cannot be read. Make it with: spheres history --held-out --name {folder.name}") from None


def rank(verdict: str) -> int:
    """Failures first, then what beats some rivals, then what beats all, then what has no rival."""
    return {NONE: 0, EVERY: 2, "": 3}.get(verdict, 1)


def compared_table(folder: Path) -> str:
    """The comparison, failures first."""
    rows = sorted(read(folder, COMPARISON), key=lambda row: _ORDER.index(row["verdict"]))
    gaps = ("distance", "distance_central", "distance_nothing", "distance_trend")
    return table(
        COMPARED,
        [
            (
                *(row["compared"], HALF_NAMES[row["half"]], row["in_fact"], row["projected"]),
                *(_short(row[gap]) for gap in gaps),
                *(row["unit"], row["verdict"] or "no rival"),
            )
            for row in rows
        ],
    )


def score_table(folder: Path) -> str:
    """Scores by kind and group, failures first."""
    rows = sorted((row for row in read(folder, SCORES) if row["level"] in (ALL, GROUP)), key=lambda row: rank(row["verdict"]))
    return table(
        SCORED,
        [
            (
                *(_title(row), HALF_NAMES[row["half"]], row["score"], row["n"], _short(row["model"]), _short(row["central"])),
                *(_short(row[f"skill_{rival}"]) for rival in RIVALS),
                *(row["verdict"], sensitive(row)),
            )
            for row in rows
        ],
    )


def _title(row: Row) -> str:
    return KINDS[row["kind"]] if row["level"] == ALL else row["item"].replace("_", " ")


def sensitive(row: Row) -> str:
    """Whether central values, instead of draws from the ranges, would change how many rivals are beaten."""
    rivals = [float(row[rival]) for rival in RIVALS if row[rival]]
    drawn, central = (sum(float(row[run]) < rival for rival in rivals) for run in ("model", "central"))
    if drawn == central:
        return "same with central values"
    return f"draws: {central} of {len(rivals)} rivals beaten with central values"


def fact_table(folder: Path) -> tuple[str, tuple[int, int, int]]:
    """Every fact that is compared, failures first; and how many beat no rival, some, all."""
    scores = {(row["half"], row["item"]): row for row in read(folder, SCORES) if row["level"] == FACT}
    halves, start = half_of(load_episodes()), "2015-09"
    found: list[tuple[int, tuple[str, ...]]] = []
    for fact in (row for row in read_csv(FACTS) if row["compared"] == "yes"):
        half = halves[fact["key"]]
        row = next((scores[half, name] for name in _items(fact) if (half, name) in scores), None)
        head = (code(fact["key"]), HALF_NAMES[half], fact["month"])
        if row is None:
            why = "before the start: known to rivals only" if fact["month"] < start else "not scored (`--held-out` was not asked for)"
            found.append((4, (*head, "", "", "", "", why, "")))
        else:
            found.append((rank(row["verdict"]), (*head, *_single(row))))
    ranks = [place for place, _ in found]
    lines = [line for _, line in sorted(found, key=lambda pair: pair[0])]
    return table(SINGLE, lines), (ranks.count(0), ranks.count(1), ranks.count(2))


def _items(fact: Row) -> Sequence[str]:
    """Under which item of the scores a fact may stand."""
    return (fact["key"], fact["town"] if fact["kind"] == "town" else "", f"contracts {fact['value']}" if fact["kind"] == "contract" else "")


def _single(row: Row) -> tuple[str, ...]:
    rivals = {name: float(row[rival]) for rival, name in RIVALS.items() if row[rival]}
    best = min(rivals, key=lambda name: rivals[name]) if rivals else ""
    named = f"{best} {rivals[best]:.2g}" if best else ""
    return (f"{KINDS[row['kind']]} ({row['score']})", _short(row["model"]), _short(row["central"]), named, row["verdict"], sensitive(row))


def coverage_table(folder: Path) -> str:
    """How often bands of worlds hold facts."""
    rows = [row for row in read(folder, COVERAGE) if row["level"] in LEVELS_SHOWN]
    return table(
        HELD,
        [
            (
                *(KINDS[row["kind"]], HALF_NAMES[row["half"]], row["n"], f"{100 * float(row['level']):.0f} %"),
                *(f"{100 * float(row[name]):.0f}" for name in ("held", "held_evenly")),
            )
            for row in rows
        ],
    )


def scored_halves(folder: Path) -> str:
    """Which halves were scored, in words."""
    return " and ".join(HALF_NAMES[half] for half in dict.fromkeys(row["half"] for row in read(folder, SCORES))) or HALF_NAMES[SETTING]


def _short(text: str) -> str:
    return f"{float(text):.2g}" if text and abs(float(text)) < 10 else f"{float(text):.0f}" if text else ""
