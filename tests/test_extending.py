"""Adding a parameter touches two files, an interest of the partners three, an actor three, an index two: done here in a copy, and run."""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

PROJECT = Path(__file__).resolve().parent.parent
RUN = "--worlds 2 --months 2 --no-plots --jobs 1 --quiet --name one"

ACTOR = '''"""An envoy who lowers the pressure on Russia: an actor that only tests know."""

from dataclasses import dataclass

from sim.model.actors.actor import Actor, View
from sim.model.actors.agenda import Agenda
from sim.model.actors.goals import Goal
from sim.model.state.dimensions import ByProvince, Instrument, Partner, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import SHARE, WEIGHT, parameter


@dataclass
class Interests:
    """What the envoy wants."""

    talks: Row = parameter(WEIGHT, "talks between the partners (a test)")
    calm: Row = parameter(WEIGHT, "calm on the fronts (a test)")


@dataclass
class Envoy:
    """Parameters of the envoy."""

    interests: Interests
    presence: Row = parameter(SHARE, "how far the envoy is there (a test)")


def talks(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as Russia is pressed; at stake near the line."""
    return v.state.pressure[Partner.RUSSIA], v.provinces.exclusion + 0.0 * v.state.threat


def calm(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as the government is in danger; at stake where its ground looks endangered."""
    return v.state.danger, v.state.threat


class EnvoyActor(Actor[Envoy]):
    """The envoy."""

    section = "envoy"
    builds_on = ("israel", "united_states")  # whose pressure it eases
    goals = (
        Goal("talks", (Instrument.DIPLOMACY,), talks, by_force=False),
        Goal("calm", (Instrument.DIPLOMACY,), calm, by_force=False),
    )

    def act(self, ensemble: Ensemble, p: Envoy, agenda: Agenda, intent: Intent) -> None:
        """Ease the pressure that the others put on Russia, by its effort for talks."""
        intent.pressure = intent.pressure * (1.0 - p.presence * agenda.effort_on(self.section, "talks"))
'''
ENVOY_VALUES = """
  envoy:
    interests:
      talks: {value: 1, unit: weight, range: [0.5, 1.5], grade: assumed, source: "a test"}
      calm: {value: 1, unit: weight, range: [0.5, 1.5], grade: assumed, source: "a test"}
    presence: {value: 0, unit: share, range: null, grade: assumed, source: "a test"}
"""
WITH_ENVOY = 'extends: baseline\nquestion: "What if an envoy is there?"\nbasis: report\nset:\n  envoy.presence: 1\n'

TYPED = """
import shlex, sys
from sim.cli import app
for command in sys.argv[1:]:
    try:
        app(shlex.split(command), prog_name="spheres")
    except SystemExit as answer:
        if answer.code:
            raise
"""
Spheres = Callable[..., str]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code, compiled where it is, and of the scenarios."""
    shutil.copytree(PROJECT / "sim", tmp_path / "sim")
    (tmp_path / "scenarios").mkdir()
    shutil.copy(PROJECT / "scenarios" / "baseline.yaml", tmp_path / "scenarios")
    return tmp_path


@pytest.fixture
def spheres(copy: Path) -> Spheres:
    """Runs commands in the copy, one after the other in one process, gives what they say, and fails where one fails."""

    def run(*commands: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", TYPED, *commands],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def meanings(folder: Path) -> dict[str, str]:
    """Meanings of the columns of a result, by name."""
    with (folder / "columns.csv").open(encoding="utf-8", newline="") as file:
        return {row["column"]: row["meaning"] for row in csv.DictReader(file)}


def test_a_parameter_takes_its_dataclass_and_the_baseline(copy: Path, spheres: Spheres) -> None:
    """How fast Jordan tires of its guarantee: read where it is declared, drawn and recorded."""
    meaning = "how much less Jordan stands by the zone when it is tired of it"
    jordan = copy / "sim" / "model" / "actors" / "jordan.py"
    edit(jordan, "    commitment: Row =", f'    tiring: Row = parameter(SHARE, "{meaning}")\n    commitment: Row =')
    edit(jordan, "p.commitment *", "(1.0 - p.tiring) * p.commitment *")
    line = '{value: 0.2, unit: share, range: [0.1, 0.3], grade: assumed, source: "a test"}'
    edit(copy / "scenarios" / "baseline.yaml", "  jordan:\n", f"  jordan:\n    tiring: {line}\n")
    spheres("check baseline", f"run baseline {RUN}", "export results/one worlds")
    result = copy / "results" / "one"
    assert meanings(result)["param:jordan.tiring"] == meaning
    drawn = pq.read_table(result / "tables" / "worlds.parquet").column("param:jordan.tiring").to_pylist()
    assert len(set(drawn)) == 2 and all(0.1 <= value <= 0.3 for value in drawn)


def test_an_actor_takes_its_file_the_registry_and_the_baseline(copy: Path, spheres: Spheres) -> None:
    """The envoy decides, differs between two scenarios, and a comparison of one world names it."""
    (copy / "sim" / "model" / "actors" / "envoy.py").write_text(ACTOR, encoding="utf-8")
    registry = copy / "sim" / "model" / "registry.py"
    edit(
        registry,
        "from sim.model.actors.government import",
        "from sim.model.actors.envoy import Envoy, EnvoyActor\nfrom sim.model.actors.government import",
    )
    edit(registry, "    government: Government\n", "    envoy: Envoy\n    government: Government\n")
    edit(registry, "        UnitedStatesActor,\n", "        EnvoyActor,\n        UnitedStatesActor,\n")
    edit(copy / "scenarios" / "baseline.yaml", "parameters:\n", f"parameters:\n{ENVOY_VALUES}")
    (copy / "scenarios" / "with_envoy.yaml").write_text(WITH_ENVOY, encoding="utf-8")
    compare = "compare results/one --scenarios baseline,with_envoy --world 1"
    said = spheres("check", f"run {RUN}", compare, "export results/one worlds")
    comparison = said[said.index("the first decision that differs") :]
    assert comparison.startswith("the first decision that differs: Envoy decides") and "envoy.presence" in comparison
    worlds = pq.read_table(copy / "results" / "one" / "tables" / "worlds.parquet").to_pandas()
    spent = worlds["effort_envoy_talks"] + worlds["effort_envoy_calm"]
    assert (spent - 1.0).abs().max() < 1e-6 and (worlds["effort_envoy_talks"] > 0.0).all()


PORTS = '''
def ports(v: PartnerView) -> Appraisal:
    """Unmet as far as it is not rooted on the coast; at stake there, in government territory."""
    coast = v.traits["coast"] * v.held
    return 1.0 - national(v.roots, coast), coast


def deterrence(v: PartnerView)'''


def test_an_interest_takes_the_partners_goals_their_weights_and_the_baseline(copy: Path, spheres: Spheres) -> None:
    """Ports: a partner that wants them spends on them what it spent elsewhere, the other does not, and both explain them."""
    actors, baseline = copy / "sim" / "model" / "actors", copy / "scenarios" / "baseline.yaml"
    edit(actors / "partner_goals.py", "\ndef deterrence(v: PartnerView)", PORTS)
    edit(actors / "partner_goals.py", "PARTNER_GOALS = (\n", 'PARTNER_GOALS = (\n    Goal("ports", (I.ROOTS, I.FIRMS), ports),\n')
    weight = "    regime_survival: Row = parameter(WEIGHT, "
    edit(actors / "partner.py", weight, f'    ports: Row = parameter(WEIGHT, "ports (a test)")\n{weight}')
    for actor, other in (("russia", "army_reform: {value: 0.6"), ("iran", "militia_entrenchment: {value: 1.0")):
        wanted = "value: 0.5, unit: weight, range: [0.2, 0.8]" if actor == "iran" else "value: 0, unit: weight, range: null"
        edit(baseline, f"      {other}", f'      ports: {{{wanted}, grade: assumed, source: "a test"}}\n      {other}')
    said = spheres("check baseline", f"run baseline {RUN}", "export results/one worlds", "explain iran.interests.ports")
    worlds = pq.read_table(copy / "results" / "one" / "tables" / "worlds.parquet")
    assert all(effort > 0.01 for effort in worlds.column("effort_iran_ports").to_pylist())
    assert not any(worlds.column("effort_russia_ports").to_pylist())
    assert "rooted on the coast" in " ".join(said.split())


def test_an_index_takes_the_catalogue_and_the_observers(copy: Path, spheres: Spheres) -> None:
    """An index of the whole country and one by province appear in the results, by their names and with their meanings."""
    catalogue, observers = (copy / "sim" / "model" / "observation" / f"{name}.py" for name in ("measure_catalogue", "observers"))
    whole, by_province = "how worn the government's camp is", "threat to the province"
    edit(
        catalogue,
        "WHOLE: tuple[Measure, ...] = (\n",
        f'WHOLE: tuple[Measure, ...] = (\n    Measure("weariness", "{whole}", "index", 0, 1),\n',
    )
    edit(
        catalogue,
        "PROVINCE: tuple[Measure, ...] = (\n",
        f'PROVINCE: tuple[Measure, ...] = (\n    Measure("threat", "{by_province}", "index", 0, 1),\n',
    )
    edit(
        observers,
        '        "land_route": state.land_route,\n',
        '        "land_route": state.land_route,\n        "weariness": state.exhaustion[Camp.GOVERNMENT],\n',
    )
    edit(
        observers, '            "primacy": state.primacy,\n', '            "primacy": state.primacy,\n            "threat": state.threat,\n'
    )
    spheres("check baseline", f"run baseline {RUN}", "export results/one worlds provinces")
    result = copy / "results" / "one"
    assert meanings(result)["weariness"].startswith(whole) and meanings(result)["threat"].startswith(by_province)
    assert "weariness" in pq.read_table(result / "tables" / "worlds.parquet").column_names
    assert "threat" in pq.read_table(result / "tables" / "provinces.parquet").column_names
