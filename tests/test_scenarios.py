"""Every scenario file runs, stays finite, and differs from its root where its question says (cases in `situations.yaml`)."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from directions.paired import falls, rises
from ruamel.yaml import YAML

from sim.model.observation.measure_catalogue import PROVINCE, WHOLE
from sim.model.observation.observers import Observation
from sim.model.state.dimensions import Array, Camp, Row
from sim.scenario import Scenario
from sim.scenario.loader import load_from, project_library
from sim.scenario.packaged_files import scenario_files
from sim.simulation import Spheres

HERE = Path(__file__).parent
LIBRARY = project_library()  # reads each file once
SCENARIOS: dict[str, Scenario] = {path.stem: load_from(LIBRARY, (path,))[-1] for path in scenario_files(HERE.parent / "scenarios")}
ROOTS: dict[str, str] = {name: scenario.root for name, scenario in SCENARIOS.items()}
SITUATIONS: list[dict[str, Any]] = YAML(typ="safe").load((HERE / "situations.yaml").read_text(encoding="utf-8"))
COUNTS = {m.name for m in (*WHOLE, *PROVINCE) if m.cumulative}
ASKED_BY_PROVINCE = {case["measure"] for case in SITUATIONS if "at" in case}
WORLDS, SHORTEST = 128, 24


class Course(NamedTuple):
    """A scenario month by month: `whole` (months, worlds) and `province` (months, P, worlds) by measure, `force` (months, groups, worlds).

    `faults` are the measures that are not finite, are negative, or are shares that do not sum to one.
    """

    whole: dict[str, Array]
    province: dict[str, Array]
    force: Array
    regular_share: Array
    iso: tuple[str, ...]
    groups: tuple[str, ...]
    faults: set[str]


def against(case: dict[str, Any]) -> str:
    """The scenario with which a case is compared."""
    return str(case.get("against", ROOTS[case["scenario"]]))


def months_of(name: str) -> int:
    """How long a scenario is run: as far as a case looks, its own or that of one compared with it."""
    return max([SHORTEST, *(case["months"] for case in SITUATIONS if name in (case["scenario"], against(case)))])


@cache
def course(name: str) -> Course:
    """A scenario over as many months as the cases ask for, run once for all of them."""
    model = Spheres(SCENARIOS[name], worlds=WORLDS, months=months_of(name))
    groups, seen, force, regular, faults = model.ensemble.groups, [], [], [], set()
    while model.running:
        model.step()
        now, strength = model.observe(), model.ensemble.state.force[..., :WORLDS]
        faults |= {*faults_of(now.whole), *faults_of(now.province), *unsummed(now)}
        seen.append((now.whole, {measure: now.province[measure] for measure in ASKED_BY_PROVINCE}))
        force.append(strength.sum(axis=1))
        side = strength[groups.of_camp(Camp.GOVERNMENT)].sum(axis=(0, 1))
        standing = strength[np.flatnonzero(groups.army)].sum(axis=(0, 1))
        regular.append(np.where(side > 0.0, standing / np.where(side > 0.0, side, 1.0), 0.0))
    model.finish()
    made = Course(
        {m.name: np.stack([whole[m.name] for whole, _ in seen]) for m in WHOLE},
        {measure: np.stack([province[measure] for _, province in seen]) for measure in ASKED_BY_PROVINCE},
        np.stack(force),
        np.stack(regular),
        model.provinces.iso,
        model.groups,
        faults,
    )
    model.close()
    return made


def faults_of(measures: Mapping[str, Array]) -> set[str]:
    """Measures that are not finite or, though they should not be, negative."""
    signed = ("primacy", "clustering")
    return {name for name, x in measures.items() if not np.isfinite(x).all() or (name not in signed and (x < 0.0).any())}


def unsummed(now: Observation) -> set[str]:
    """Kinds of shares that do not sum to one in every province."""
    totals = {kind: sum(x for name, x in now.province.items() if name.startswith(kind)) for kind in ("control_", "influence_")}
    return {kind for kind, total in totals.items() if not np.allclose(total, 1.0)}


def row(case: dict[str, Any], name: str) -> Row:
    """The measure of a case in one scenario, by world: counts summed up to the case's horizon, levels in its last month."""
    run, measure, months = course(name), case["measure"], case["months"]
    if measure == "army_share":
        return run.regular_share[months - 1]
    if measure.startswith("group."):
        return run.force[months - 1, run.groups.index(measure.removeprefix("group."))]
    places = [run.iso.index(code) for code in case.get("at", ())]
    series = run.province[measure][:, places].sum(axis=1) if places else run.whole[measure]
    return series[:months].sum(axis=0) if measure in COUNTS else series[months - 1]


def test_every_scenario_has_a_case() -> None:
    """A scenario file without a case, or a case without a file, is a gap."""
    assert {case["scenario"] for case in SITUATIONS} == {name for name, root in ROOTS.items() if root != name}


def test_the_list_of_scenarios_names_each_of_them_once() -> None:
    """The table in docs/scenario-files.md has every scenario that ships, but those of the hindcast, and no other."""
    text = (HERE.parent / "docs" / "scenario-files.md").read_text(encoding="utf-8")
    table = text[text.index("## The scenarios that come with spheres") : text.index("Those of the hindcast")]
    assert sorted(re.findall(r"`([a-z_0-9]+)`", table)) == sorted(path.stem for path in (HERE.parent / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("case", SITUATIONS, ids=lambda case: f"{case['scenario']}-{case['measure']}")
def test_it_changes_what_its_question_is_about(case: dict[str, Any]) -> None:
    """The case's measure moves in its direction, in the same worlds, beyond noise."""
    claim = {"rises": rises, "falls": falls}[case["direction"]]
    claim(f"{case['measure']} of {case['scenario']}", row(case, against(case)), row(case, case["scenario"]))


@pytest.mark.parametrize("name", SCENARIOS)
def test_it_runs_and_stays_finite(name: str) -> None:
    """In every month every measure is finite, and shares of control and influence sum to 1 in every province."""
    assert course(name).faults == set()


EVENTS_ONLY = (
    "iran_withdraws",
    "patrons_withdraw",
    "russia_withdraws",
    "russia_distracted",
    "sanctions_lifted",
    "turkey_and_opposition_advance",
    "us_leaves",
    "what_followed",
)


@pytest.mark.parametrize("name", EVENTS_ONLY)
def test_it_is_the_baseline_until_its_first_event(name: str) -> None:
    """A scenario of events alone is the baseline to the bit before its first event, and no longer afterwards."""
    first = min(event.month for event in SCENARIOS[name].events)
    plain, scenario = course("baseline").whole, course(name).whole
    assert all(np.array_equal(plain[m][:first], scenario[m][:first]) for m in plain)
    assert any(not np.array_equal(plain[m][SHORTEST - 1], scenario[m][SHORTEST - 1]) for m in plain)
