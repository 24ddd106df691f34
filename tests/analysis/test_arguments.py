"""The library is as careful as the command line: what is not there is said, with the nearest name; nothing is silently empty."""

import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import done as done
from command_line import PROJECT, typed

import sim
import sim.analysis
from sim import open_results
from sim.analysis import ResultSet
from sim.experiment.run_settings import SettingsError

Act = Callable[[ResultSet], Any]
SCENARIO = "israel_escalates"


@pytest.fixture(scope="module")
def opened(done: Path) -> ResultSet:
    """Two scenarios in 24 worlds."""
    return open_results(done / "results/short")


WRONG: tuple[tuple[Act, str], ...] = (
    (lambda r: r.table("base_line"), "no scenario 'base_line'. Did you mean 'baseline'?"),
    (lambda r: r.table(3), "a scenario must be given by its name, not as 3"),  # type: ignore[arg-type]
    (lambda r: r.table("baseline", "wolds"), "no table 'wolds'. Did you mean 'worlds'?"),
    (lambda r: r.table("baseline", columns=["world", "delimitaton"]), "no column 'delimitaton'. Did you mean 'delimitation'?"),
    (lambda r: r.table("baseline", columns=[]), "must be a list of names, not an empty list"),
    (lambda r: r.table("baseline", columns=5), "must be a list of names, not 5"),  # type: ignore[arg-type]
    (lambda r: r.table("baseline", columns=[1]), "a column must be given by its name, not as 1"),  # type: ignore[list-item]
    (lambda r: r.differences(SCENARIO, kind="indx"), "no kind of quantity 'indx'. Did you mean 'index'?"),
    (lambda r: r.differences(SCENARIO, given="standng"), "no condition 'standng'. Did you mean 'standing'?"),
    (lambda r: r.differences("baseline"), f"differs from nothing; name one that is: {SCENARIO}"),
    (lambda r: r.outcome_transitions("baseline"), "differs from nothing"),
    (lambda r: r.ranked_differences("baseline"), "differs from nothing"),
    (lambda r: r.ranked_influence("baseline"), "differs from nothing"),
    (lambda r: r.sphere_map("baseline", "2099-01"), "no month '2099-01'"),
    (lambda r: r.sphere_map("baseline", 5), "a month must be given by its name, not as 5"),  # type: ignore[arg-type]
    (lambda r: r.index_over_time(SCENARIO, "frictoin"), "no index 'frictoin'. Did you mean 'friction'?"),
    (lambda r: r.province_over_time(SCENARIO, "Allepo"), "no province 'Allepo'. Did you mean 'Aleppo'?"),
    (lambda r: r.province_over_time(SCENARIO, None), "a province must be given by its name"),  # type: ignore[arg-type]
    (lambda r: r.partnership("a\x1b[2J\u202eb"), "no scenario 'a?[2J?b'"),
)


@pytest.mark.parametrize(("act", "said"), WRONG)
def test_a_name_that_is_not_there_is_said_with_the_nearest(opened: ResultSet, act: Act, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        act(opened)
    assert said in str(error.value) and str(error.value).isprintable()


@pytest.mark.parametrize("folder", [5, None, b"x", ["results"], "", "a\0b", "x" * 5000, "/no\ud800where", Path("nowhere")])
def test_what_is_no_folder_of_results_is_refused(folder: Any) -> None:
    with pytest.raises(SettingsError):
        open_results(folder)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"scenarios": ["bseline"]}, "Did you mean 'baseline'?"),
        ({"scenarios": []}, "leave the argument out for all"),
        ({"scenarios": 5}, "must be a list of names, not 5"),
        ({"scenarios": [None]}, "a scenario must be given by its name, not as None"),
        ({"against": "bseline"}, "Did you mean 'baseline'?"),
        ({"against": 5}, "not as 5"),
    ],
)
def test_scenarios_that_are_not_there_are_refused_at_once(done: Path, options: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError) as error:
        open_results(done / "results/short", **options)
    assert said in str(error.value)


def test_names_may_be_given_in_every_form_that_is_clear(done: Path, opened: ResultSet) -> None:
    folder = done / "results/short"
    assert open_results(str(folder), folder, scenarios="baseline").scenarios == ("baseline",)
    assert open_results(folder, scenarios=(name for name in [SCENARIO, SCENARIO])).scenarios == (SCENARIO,)
    assert list(opened.table("baseline", columns="world")) == ["world"]
    assert list(opened.table("baseline", columns=["delimitation", "world"])) == ["delimitation", "world"]
    assert opened.table("baseline")["world"].tolist() == list(range(24))


def test_every_example_of_results_in_docstrings_and_pages_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("baseline", "iran_withdraws", "caesar_tightened", "russia_distracted", "no_talks")
    monkeypatch.chdir(tmp_path)
    words = [str(PROJECT / f"scenarios/{name}.yaml") for name in names]
    (tmp_path / "scenarios").symlink_to(PROJECT / "scenarios")
    answer = typed(tmp_path, "run", *words, "--worlds", "8", "--months", "13", "--name", "default", "--no-plots", "--quiet", "--jobs", "1")
    assert answer.exit_code == 0, answer.stderr
    examples = [
        block for page in ("docs/reference/api.md", "docs/compare.md") for block in blocks((PROJECT / page).read_text(encoding="utf-8"))
    ]
    examples += [f"from sim import open_results{(sim.analysis.__doc__ or '').partition('from sim import open_results')[2]}"]
    examples += [(PROJECT / "docs/analyst.py").read_text(encoding="utf-8"), *blocks(sim.__doc__ or "")]
    assert len(examples) == 5
    for example in examples:
        exec(compile(example.replace("worlds=200", "worlds=2, months=2"), "example", "exec"), {})


def blocks(text: str) -> list[str]:
    """The indented blocks of a page that import the program."""
    indented = [textwrap.dedent(block) for block in re.findall(r"^(?:    .*\n|\n)+", text + "\n", re.MULTILINE)]
    return [block for block in indented if "from sim import" in block]
