"""The negotiated share: known numbers, and which scenario without talks a scenario is compared with."""

import math
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from compare.conftest import FakeRun
from sim.compare.negotiated_share import NegotiatedShare, Side, differ_by_talks_alone, is_silent, negotiated_shares
from sim.compare.summary import write_summary
from sim.report.text.negotiated_sentences import sentence, sentence_of_silence
from sim.scenario import Scenario
from sim.scenario.loader import load_from, project_library

PROJECT = Path(__file__).parents[2]
LIBRARY = project_library()
TALKING, SILENT, START = (0.6, 0.5, 0.7, 0.4) * 25, (0.5, 0.5, 0.5, 0.5) * 25, (0.4, 0.4, 0.4, 0.4) * 25
DELIMITATION = "delimitation"
Known = dict[str, tuple[float, ...]]


@cache
def loaded(name: str, *changes: str) -> Scenario:
    """A scenario of the project, with changes of the command line."""
    return load_from(LIBRARY, (PROJECT / f"scenarios/{name}.yaml",), changes)[-1]


def chunk(horizon: tuple[float, ...], start: tuple[float, ...]) -> Any:
    """A chunk in which delimitation is known at the horizon and, as year 0 of two, at the start; no government falls."""
    tables: dict[str, dict[str, Any]] = {
        "worlds": {DELIMITATION: np.array(horizon), "outcome": ["condominium"] * len(horizon)},
        "years": {DELIMITATION: np.array([[begin, math.nan] for begin in start]).ravel()},
    }
    about = {"provinces": [["SY-DR", "Daraa"]], "worlds": len(horizon)}
    return SimpleNamespace(about=about, table=lambda name, columns: pa.table({column: tables[name][column] for column in columns}))


def side(name: str, horizon: tuple[float, ...], *, size: int = 100, luck: object = 1, scenario: Scenario | None = None) -> Side:
    """A scenario whose worlds are known, in chunks of a size."""
    parts = range(0, len(horizon), size)
    start = (*START, *START)
    files = {
        (at, len(horizon[at : at + size])): chunk(horizon[at : at + size], start[at : at + len(horizon[at : at + size])]) for at in parts
    }
    return Side(name, scenario or loaded(name), files, luck)


def shares(*sides: Side) -> dict[str, NegotiatedShare]:
    """What is negotiated, by scenario."""
    return {share.scenario: share for share in negotiated_shares(sides)}


def test_it_is_the_mean_difference_from_the_same_worlds_without_talks() -> None:
    share = shares(side("baseline", TALKING), side("no_talks", SILENT))["baseline"]
    assert (share.silent, share.by_talks, share.never_talks, share.worlds) == ("no_talks", True, False, 100)
    assert (share.mean, share.silent_mean) == pytest.approx((0.55, 0.5), abs=1e-6)
    assert (share.difference, share.rise, share.part) == pytest.approx((0.05, 0.15, 1 / 3), abs=1e-5)
    assert -0.1 <= share.low < 0.05 < share.high <= 0.2 and share.part_low < 1 / 3 < share.part_high
    same = shares(side("baseline", TALKING), side("no_talks", TALKING))["baseline"]
    assert same.difference == same.part == 0.0 and -same.low == same.high == pytest.approx(1.0 - 0.025 ** (1 / 100))


def test_few_worlds_give_a_wide_interval_and_no_part_and_one_world_none() -> None:
    alike = shares(side("baseline", (0.6, 0.6)), side("no_talks", (0.5, 0.5)))["baseline"]
    assert alike.difference == pytest.approx(0.1, abs=1e-6) and alike.low < -0.8 and alike.high > 0.8 and math.isnan(alike.part)
    one = shares(side("baseline", (0.6,)), side("no_talks", (0.5,)))["baseline"]
    assert math.isnan(one.low) and "+10 points (no interval)" in sentence(one)


def test_chunks_change_no_bit() -> None:
    whole, parts = (shares(side("baseline", TALKING, size=n), side("no_talks", SILENT, size=n)) for n in (100, 40))
    assert whole == parts
    other = shares(side("baseline", TALKING, size=33), side("no_talks", (*SILENT, 0.9), size=40), side("grand_bargain", TALKING, size=7))
    assert other["baseline"] == whole["baseline"] and other["grand_bargain"].difference == whole["baseline"].difference


def test_no_part_is_given_of_a_rise_that_is_none() -> None:
    share = shares(side("baseline", (0.4, 0.41, 0.4, 0.39) * 25), side("no_talks", SILENT))["baseline"]
    assert math.isnan(share.part) and share.difference == pytest.approx(-0.1, abs=1e-6)
    assert "of its rise" not in sentence(share) and sentence(share).startswith("The negotiated share of delimitation is −10 points (")


def test_only_what_differs_by_talks_alone_is_negotiated() -> None:
    known = shares(*(side(name, TALKING) for name in ("baseline", "grand_bargain", "iran_withdraws")), side("no_talks", SILENT))
    assert [share.by_talks for share in known.values()] == [True, True, False] and "no_talks" not in known
    assert math.isnan(known["iran_withdraws"].part) and sentence(known["iran_withdraws"]).endswith("that is no negotiated share.")
    apart = shares(side("baseline", TALKING), side("no_talks", SILENT), side("each_expects_the_other", TALKING))
    expects = apart["each_expects_the_other"]
    assert (expects.silent, expects.by_talks, expects.never_talks) == ("no_talks", False, True)
    assert sentence(expects).startswith("Nothing is negotiated: without a word, delimitation ends at 0.55 instead of 0.50")


def test_the_silent_scenario_tells_how_far_spheres_come_apart_all_the_same() -> None:
    share = shares(side("baseline", TALKING), side("no_talks", SILENT))["baseline"]
    said = "Nothing is negotiated: without a word, delimitation goes from 0.40 at the start to 0.50; with the talks of “baseline” it ends "
    assert sentence_of_silence(share).startswith(f"{said}at 0.55 in the same 100 worlds, +5.0 points (")
    assert "which is 33 % (" in sentence_of_silence(share) and sentence_of_silence(share).endswith(" of its rise since the start.")


def test_a_silent_scenario_of_ones_own_takes_precedence() -> None:
    """Whoever sets talks to zero in another scenario gets that scenario's own negotiated share."""
    own = replace(loaded("iran_withdraws", "bargain.talks=0", "bargain.readiness=0"), name="iran_withdraws_silently")
    sides = [side("baseline", TALKING), side("iran_withdraws", TALKING), side("no_talks", SILENT)]
    known = shares(*sides, side(own.name, SILENT, scenario=own))
    assert (known["iran_withdraws"].silent, known["iran_withdraws"].by_talks) == (own.name, True)
    assert known["baseline"].silent == "no_talks"


def test_worlds_of_other_random_numbers_or_months_are_not_compared() -> None:
    assert shares(side("baseline", TALKING), side("no_talks", SILENT, luck=2)) == {}
    assert shares(side("baseline", TALKING), side("no_talks", SILENT, scenario=loaded("no_talks").with_months(60))) == {}
    assert shares(side("baseline", TALKING)) == {}


def test_who_never_talks_and_what_acts_through_talks_alone() -> None:
    assert [name for name in ("baseline", "grand_bargain", "no_talks", "each_expects_the_other") if is_silent(loaded(name))] == [
        "no_talks",
        "each_expects_the_other",
    ]
    assert not is_silent(loaded("baseline", "bargain.talks=0"))  # incidents still call for talks
    assert differ_by_talks_alone(loaded("baseline", "bargain.posts=0.6"), loaded("no_talks"))
    assert not differ_by_talks_alone(loaded("baseline", "bargain.anticipation=0.5"), loaded("no_talks"))


def test_the_summary_for_a_spreadsheet_has_it(fake: FakeRun, tmp_path: Path) -> None:
    share = shares(side("baseline", TALKING), side("no_talks", SILENT))["baseline"]
    write_summary(tmp_path / "summary.csv", [replace(fake.ended.rows[0], negotiated=share), *fake.ended.rows[1:]])
    head, first, second, _ = (line.split(",") for line in (tmp_path / "summary.csv").read_text(encoding="utf-8").splitlines())
    at = {name: i for i, name in enumerate(head)}
    assert first[at["negotiated_silent"]] == "no_talks" and first[at["negotiated_by_talks"]] == "yes"
    assert float(first[at["negotiated_difference"]]) == pytest.approx(0.05, abs=1e-5) and second[at["negotiated_difference"]] == ""
