"""What hangs on what, from a folder of results: worlds, draws and values fit together, and a made-up conclusion is traced back."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from stored import table
from typer.testing import CliRunner

from sim.cli import app
from sim.experiment.run_settings import SettingsError
from sim.model.state.random_streams import RandomStreams
from sim.scenario import load_scenario
from sim.simulation import Spheres
from sim.validation.patterns import conclusions
from sim.validation.patterns.conditions import Worlds
from sim.validation.patterns.pattern_file import Expected, Pattern
from sim.validation.patterns.terms import Term
from sim.validation.sensitivity import sensitivity_report
from sim.validation.sensitivity.parameter_draws import quantiles_of, read_draws
from sim.validation.sensitivity.sensitivity_text import value_at

PROJECT = Path(__file__).resolve().parents[3]
TOLERANCE, LEARNING = "coordinate.tolerance", "coordinate.learning"


@dataclass(frozen=True)
class Fails:
    """Holds where a world draws `path` above a quantile."""

    path: str
    below: float

    def holds(self, worlds: Worlds, factor: float) -> np.ndarray:
        numbers = worlds.sample.worlds
        return RandomStreams(1, 0, len(numbers)).draw(self.path)[numbers] >= self.below

    def terms(self) -> Iterator[Term]:
        yield from ()


def pattern(name: str, claim: str, below: float, path: str = TOLERANCE) -> Pattern:
    return Pattern(name, f"It is {name}.", (claim,), "held_out", Expected(0.5, 1.0), ("baseline",), Fails(path, below))  # type: ignore[arg-type]


MADE_UP = (pattern("made_up", "R31", 0.3), pattern("certain", "R30", 0.0), pattern("other", "R35", 0.5, LEARNING))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short run of the baseline; returns the folder in which `spheres` was started."""
    here = tmp_path_factory.mktemp("hinges")
    shutil.copytree(PROJECT / "scenarios", here / "scenarios")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        words = ["run", "baseline", "--worlds", "200", "--months", "1", "--no-plots", "--quiet", "--jobs", "1", "--name", "default"]
        answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 0, answer.output
    return here


@pytest.fixture
def here(results: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """There, with three made-up patterns."""
    monkeypatch.chdir(results)
    monkeypatch.setattr(conclusions, "load_patterns", lambda: MADE_UP)
    monkeypatch.setattr(sensitivity_report, "load_patterns", lambda: MADE_UP)
    return results


def test_quantiles_give_the_values_that_the_model_draws() -> None:
    scenario = load_scenario(PROJECT / "scenarios" / "baseline.yaml")
    model = Spheres(scenario, worlds=5, first_world=7, seed=3, months=1)
    draws = model.drawn
    quantiles = quantiles_of(scenario.settings, 3, np.arange(7, 12))
    assert set(quantiles) == set(draws)
    for path, row in draws.items():
        assert np.array_equal(scenario.settings[path].row(quantiles[path], 5), row), path
    model.close()


def test_a_result_gives_the_draws_that_stand_in_its_table(here: Path) -> None:
    draws = read_draws(here / "results/default", "baseline")
    stored = table(here / "results/default")
    for path, u in draws.quantiles.items():
        assert np.array_equal(draws.settings[path].row(u, 200).astype(np.float32), stored[f"param:{path}"].to_numpy()), path


def test_a_conclusion_is_traced_to_the_parameter_and_the_value_that_it_hangs_on(here: Path) -> None:
    table = sensitivity_report.sensitivity_table("results/default")
    first = table[table["pattern"] == "made_up"].iloc[0]
    setting = read_draws(here / "results/default", "baseline").settings[TOLERANCE]
    assert first["parameter"] == TOLERANCE and first["significant"] and not first["upwards"] and first["direction"] == 1
    assert first["turns_quantile"] == pytest.approx(0.3, abs=0.1)
    assert first["turns_at"] == pytest.approx(value_at(setting, 0.3), abs=value_at(setting, 0.4) - value_at(setting, 0.3))
    assert (first["grade"], first["unit"]) == (setting.grade, setting.unit)
    assert table[(table["pattern"] == "made_up") & table["significant"]]["parameter"].tolist() == [TOLERANCE]
    certain = table[table["pattern"] == "certain"]
    assert len(certain) == 1 and certain["share"].item() == 1.0 and certain["parameter"].isna().all()


def test_a_claim_is_told_with_value_unit_and_grade(here: Path) -> None:
    text = "\n".join(sensitivity_report.explanation("R31"))
    setting = read_draws(here / "results/default", "baseline").settings[TOLERANCE]
    assert f"{TOLERANCE} ({setting.grade}, {setting.central():.3g} {setting.unit}" in text
    assert "in less than half below about" in text and "200 worlds of baseline in results/default" in text
    assert LEARNING not in text


def test_a_claim_that_holds_everywhere_is_told_so(here: Path) -> None:
    text = "\n".join(sensitivity_report.explanation("R30"))
    assert "Nothing within the ranges makes it fail: it holds in all 200 worlds." in text


def test_a_parameter_is_told_with_the_conclusions_that_hang_on_it(here: Path) -> None:
    text = "\n".join(sensitivity_report.explanation(TOLERANCE))
    assert "It is made_up (R31)" in text and "It is other" not in text
    assert "1 of 3 held-out conclusions depends significantly" in text and "1 hold (or fail) in nearly all worlds" in text


def test_a_parameter_without_a_range_says_that_nothing_can_be_read(here: Path) -> None:
    assert "the same in all worlds" in sensitivity_report.explanation("definitions.delimited")[0]


@pytest.mark.parametrize("subject", ["R06", "iran", "SY-DY", "no.such_parameter"])
def test_what_no_conclusion_can_hang_on_is_passed_over(here: Path, subject: str) -> None:
    assert sensitivity_report.explanation(subject) == []


def test_without_results_it_says_what_to_run(here: Path) -> None:
    assert "spheres run" in sensitivity_report.explanation("R31", "results/nowhere")[0]


def test_results_that_cannot_be_read_are_told_in_a_sentence(here: Path, tmp_path: Path) -> None:
    assert len(sensitivity_report.explanation("R31", tmp_path)) == 1 and "manifest" in sensitivity_report.explanation("R31", tmp_path)[0]
    with pytest.raises(SettingsError):
        sensitivity_report.sensitivity_table(tmp_path)
