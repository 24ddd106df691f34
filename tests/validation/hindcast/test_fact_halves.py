"""The two halves: every compared fact in one of them, mistakes answered with file and line, and calibration far from the held-out half."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from sim.model.state.csv_files import data_path, read_csv
from sim.scenario import ScenarioError
from sim.validation.hindcast.fact_halves import FACTS, FILE, HELD_OUT, SETTING, half_of, load_episodes
from sim.validation.hindcast.observed_facts import load_facts, load_held_out_facts

SIM = Path(__file__).resolve().parents[3] / "sim"
REACHING = {"load_held_out_facts", "half_comparison"}  # names by which held-out facts can be had
TEXT = data_path(FILE).read_text(encoding="utf-8")


def problems(tmp_path: Path, text: str) -> str:
    """What is said of a split file with this text."""
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        load_episodes(tmp_path / "mine.yaml")
    return str(refused.value)


def test_every_compared_fact_lies_in_one_half_and_a_town_in_one() -> None:
    halves = half_of(load_episodes())
    setting, held_out = {fact.key for fact in load_facts()}, {fact.key for fact in load_held_out_facts()}
    assert setting.isdisjoint(held_out) and len(held_out) > 20
    assert setting | held_out == {row["key"] for row in read_csv(FACTS) if row["compared"] == "yes"}
    assert {halves[key] for key in setting} == {SETTING} and {halves[key] for key in held_out} == {HELD_OUT}
    assert {f.town for f in load_facts() if f.town}.isdisjoint(f.town for f in load_held_out_facts() if f.town)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("- salma_2016", "- salma_2061", "'salma_2061' is not a fact of observed_2015_2021.csv. Did you mean 'salma_2016'?"),
        ("- afrin_2018", "- salma_2016", "'salma_2016' stands twice (first in 'latakia_2016')"),
        ("- afrin_2018", "- kuweires_2015", "stand in no episode: afrin_2018"),
        ('half: held_out\n  says: "The hills', 'halve: held_out\n  says: "The hills', "unknown key 'halve'. Did you mean 'half'?"),
        ('half: held_out\n  says: "The hills', 'half: unseen\n  says: "The hills', "'half' cannot be 'unseen'"),
        ("facts:\n    - salma_2016", "facts: salma_2016", "must be a list of keys"),
        ("palmyra_2016_12, ", "", "stand in no episode: palmyra_2016_12"),
        (
            "    - salma_2016",
            "    - salma_2016\n    - palmyra_2016_12",
            "is about palmyra, of which 'desert_2015_2017' has facts in the other half",
        ),
    ],
)
def test_a_mistake_is_answered_with_file_and_what_would_be_right(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in TEXT
    text = TEXT.replace("palmyra_2016_12, ", "") if "is about palmyra" in says else TEXT
    answer = problems(tmp_path, text.replace(old, new, 1))
    assert says in answer and "mine.yaml" in answer


def test_a_line_is_named(tmp_path: Path) -> None:
    line = TEXT[: TEXT.index("- salma_2016")].count("\n") + 1
    assert f"mine.yaml, line {line}:" in problems(tmp_path, TEXT.replace("- salma_2016", "- nowhere_2099"))


def test_a_split_of_ones_own_is_taken(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(TEXT.replace("half: held_out", "half: setting"), encoding="utf-8")
    episodes = load_episodes(mine)
    assert load_held_out_facts(episodes) == () and len(load_facts(episodes)) == len(load_facts()) + len(load_held_out_facts())


def test_only_the_hindcast_can_reach_the_held_out_half() -> None:
    """By construction: outside the hindcast, `history` alone imports what returns held-out facts; everybody else gets `load_facts`."""
    files = [path for path in SIM.rglob("*.py") if SIM / "validation" / "hindcast" not in path.parents]
    assert {path.relative_to(SIM).as_posix() for path in files if imported(path) & REACHING} == {"cli/hindcast_report.py"}


def test_calibration_loads_nothing_that_compares_with_facts() -> None:
    """The whole program of a calibration, loaded in a process of its own: of the hindcast, only what returns setting facts may be there."""
    code = (
        "import sys, sim.cli.parameter_calibration, sim.validation.calibration.search\n"
        "print(*(name for name in sys.modules if name.startswith('sim.validation.hindcast.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=SIM.parent, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {f"sim.validation.hindcast.{name}" for name in ("observed_facts", "fact_halves")}


def imported(path: Path) -> set[str]:
    """Names that a module imports, functions and modules."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom | ast.Import):
            found |= {alias.name.rpartition(".")[2] for alias in node.names}
            found |= {node.module.rpartition(".")[2]} if isinstance(node, ast.ImportFrom) and node.module else set()
    return found
