"""`spheres discover` and `spheres robust` as an analyst types them, on a result with few worlds and months."""

import builtins
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from command_line import PROJECT, files, typed

from sim.experiment.storage.manifest_file import file_hash
from sim.exploration.discovery import tree
from sim.exploration.discovery.rule_table import COLUMNS
from sim.exploration.robustness.robustness_table import FILES

RULES, SIGNS = "results/few/explore/discover", "results/few/explore/robust"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which three scenarios were run."""
    here = tmp_path_factory.mktemp("few")
    shutil.copytree(PROJECT / "scenarios", here / "scenarios")
    run = (
        "run scenarios/israel_escalates.yaml scenarios/russia_withdraws.yaml --worlds 200 --months 9 --jobs 1 --no-plots --name few --quiet"
    )
    answer = typed(here, *run.split())
    assert answer.exit_code == 0, answer.stderr
    return here


def test_a_rule_is_written_drawn_and_said(done: Path) -> None:
    answer = typed(done, "discover", "results/few", "iran_force", "--level", "median")
    assert answer.exit_code == 0, answer.stderr
    assert "200 worlds and" in answer.stderr and "51 halves to fit. That takes about" in answer.stderr
    assert (
        "groups.local_defense.manpower above" in answer.stdout and "a rule that counts" in answer.stdout and "of 50 halves" in answer.stdout
    )
    assert "The level is that of the upper half of worlds" in answer.stdout and "not what causes it" in answer.stdout
    table = pd.read_csv(done / RULES / "rules.csv")
    assert list(table) == list(COLUMNS)
    rule = table[(table["method"] == "PRIM") & (table["fit"] == "rule")]
    assert "groups.local_defense.manpower" in set(rule["parameter"]) and set(rule["status"]) == {"rule"} and set(rule["end"]) == {"above"}
    assert (rule["times"] >= 30).all() and (rule["density_low"] > rule["base"]).all() and (rule["worlds"] == 100).all()
    listed = json.loads((done / RULES / "contents.json").read_text())["sha256"]
    assert {name: file_hash(done / RULES / name) for name in listed} == listed
    assert set(listed) == {"rules.csv", "rules.png", "rules.svg", "columns.csv"}


def test_no_rule_and_too_few_worlds_are_answers(done: Path) -> None:
    none = typed(
        done,
        "discover",
        "results/few",
        "clustering",
        "--scenario",
        "israel_escalates",
        "--against",
        "baseline",
        "--level",
        "median",
        "--quiet",
    )
    assert none.exit_code == 0 and none.stderr == "" and "No short rule says in which worlds the difference between" in none.stdout
    before = files(done)
    few = typed(done, "discover", "results/few", "iran_force", "--quiet")  # the upper tenth of 200 worlds
    assert few.exit_code == 0 and "Only 20 worlds of 200 worlds of baseline" in few.stdout and "too few to look for a rule" in few.stdout
    assert files(done) == before


def test_the_same_seed_gives_the_same_files(done: Path) -> None:
    words = ("discover", "results/few", "balance", "--level", "median", "--quiet", "--seed", "5")
    first = typed(done, *words).stdout, (done / RULES / "rules.csv").read_bytes(), (done / RULES / "rules.svg").read_bytes()
    assert first == (typed(done, *words).stdout, (done / RULES / "rules.csv").read_bytes(), (done / RULES / "rules.svg").read_bytes())


def test_without_the_library_prim_alone_is_given(done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    answer = typed(done, "discover", "results/few", "balance", "--level", "median", "--quiet")
    assert answer.exit_code == 0 and tree.HINT in answer.stderr and "PRIM (" in answer.stdout and "Tree" not in answer.stdout


def test_robust_writes_its_tables_and_says_what_regret_means(done: Path) -> None:
    answer = typed(done, "robust", "results/few", "--outcome", "balance", "--outcome", "fallen")
    assert answer.exit_code == 0, answer.stderr
    assert answer.stderr.startswith("two scenarios against baseline, two outcomes, 200 worlds each. That takes about")
    tables = {name: pd.read_csv(done / SIGNS / f"{name}.csv") for name in FILES}
    assert all(list(tables[name]) == list(columns) for name, columns in FILES.items())
    signs = tables["signs"].set_index(["scenario", "outcome"])
    leaves = signs.loc[("russia_withdraws", "balance")]
    assert leaves["difference"] < 0.0 and leaves["status"] == "finding" and leaves["kept"] == 1.0 and leaves["reversed"] == 0.0
    assert leaves["difference"] < leaves["worst_tenth"] and leaves["worst_low"] <= leaves["worst_tenth"] <= leaves["worst_high"]
    assert signs.loc[("israel_escalates", "fallen")]["status"] != "finding" and pd.isna(signs.loc[("israel_escalates", "fallen")]["kept"])
    assert (signs["worlds_more"] + signs["worlds_fewer"] + signs["worlds_same"]).between(0.999, 1.001).all()
    regret = tables["regret"]
    assert set(regret["actor"]) == {"russia", "israel"} and set(regret[regret["actor"] == "israel"]["scenario"]) == {
        "baseline",
        "israel_escalates",
    }
    assert (regret["regret"] >= 0.0).all()
    assert "nothing here is a recommendation" in answer.stdout and "hindsight within the model" in answer.stdout
    assert (done / SIGNS / "signs.png").is_file() and (done / SIGNS / "signs.svg").is_file()


def test_only_some_scenarios_are_compared_and_another_can_be_compared_with(done: Path) -> None:
    answer = typed(
        done, "robust", "results/few", "--scenario", "baseline", "--against", "israel_escalates", "--outcome", "strikes", "--quiet"
    )
    assert answer.exit_code == 0 and "difference from israel_escalates" in answer.stdout and answer.stderr == ""
    assert set(pd.read_csv(done / SIGNS / "signs.csv")["scenario"]) == {"baseline"}


def test_a_new_result_takes_the_answers_of_the_old_one_away(done: Path, tmp_path: Path) -> None:
    here = tmp_path / "again"
    shutil.copytree(done, here)
    assert (here / RULES / "rules.csv").is_file()
    words = "run scenarios/israel_escalates.yaml --worlds 20 --months 2 --jobs 1 --no-plots --name few --quiet --replace"
    answer = typed(here, *words.split())
    assert answer.exit_code == 0, answer.stderr
    assert not (here / RULES / "rules.csv").exists() and not (here / SIGNS / "signs.csv").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("discover", "results/few", "iranian_primac"), "'iranian_primac' is no outcome or measure. Did you mean 'iranian_primacy'?"),
        (("discover", "results/few", "fallen", "--level", "0.3"), "--level: 'fallen' is had by a world or not"),
        (("discover", "results/few", "balance", "--level", "uper"), "--level: 'uper' is neither a number nor one of upper, median, lower."),
        (("discover", "results/few", "balance", "--level", "nan"), "--level: 'nan' is neither a number"),
        (("discover", "results/few", "balance", "--scenario", "israel"), "there is no scenario 'israel' in results/few"),
        (("discover", "results/few", "balance", "--against", "baseline"), "--against: 'baseline' is the scenario itself"),
        (("discover", "a", "b", "c"), "takes a folder of results and one outcome, not 3 words"),
        (("discover", "nowhere", "balance", "--seed", "x"), "--seed: 'x' is not a whole number"),
        (("discover", "nowhere", "balance"), "There are no results in nowhere/"),
        (("robust", "nowhere"), "There are no results in nowhere/"),
        (("robust", "results/few", "--scenario", "israel_escalate"), "Did you mean 'israel_escalates'?"),
        (("robust", "results/few", "--against", "base"), "--against: there is no scenario 'base'"),
        (("robust", "results/few", "--outcome", "balanc"), "--outcome: 'balanc' is no outcome or measure. Did you mean 'balance'?"),
    ],
)
def test_what_is_typed_wrong_is_answered_and_nothing_is_written(done: Path, words: tuple[str, ...], said: str) -> None:
    before = files(done)
    answer = typed(done, *words)
    assert answer.exit_code == 2 and said in answer.stderr and answer.stdout == "", answer.stderr
    assert files(done) == before
