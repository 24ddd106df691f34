"""Settings of a run: what is refused, with words that say what would be right."""

from pathlib import Path

import pytest

from sim.experiment.run_settings import SettingsError, check_name, default_files, default_name, whole_number


@pytest.mark.parametrize("text", ["0", "-3", "10000001", "1e3", "1.5", "", "many", "NaN", "9" * 400, "١٢"])
def test_a_number_of_worlds_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"--worlds: .*whole number from 1 to 10,000,000"):
        whole_number(text, "--worlds", 1, 10_000_000)


@pytest.mark.parametrize(("text", "number"), [("1", 1), (" 64 ", 64), ("10000000", 10_000_000)])
def test_a_number_of_worlds_is_taken(text: str, number: int) -> None:
    assert whole_number(text, "--worlds", 1, 10_000_000) == number


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "a\\b", ".hidden", "a b", "x" * 101, "a\0b", "a\n", "/tmp/x", "-x", "a..b", "é"]
)
def test_a_name_that_would_leave_results_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="--name"):
        check_name(name)


@pytest.mark.parametrize("name", ["con", "NUL", "Aux", "com1", "lpt9.old", "prn.tar.gz", "run1."])
def test_a_name_that_windows_cannot_hold_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match=r"--name: .* cannot be the name of a folder in results/\. Windows"):
        check_name(name)


@pytest.mark.parametrize("name", ["default", "a+b", "2021.test", "_x", "A-b_c", "console", "com10", "nulls"])
def test_a_plain_name_is_taken(name: str) -> None:
    assert check_name(name) == name


def test_the_name_comes_from_the_files() -> None:
    assert default_name([]) == "default"
    assert default_name(["scenarios/baseline.yaml"]) == "baseline"
    assert default_name(["scenarios/a.yaml", "b", "scenarios/a.yaml"]) == "a+b"
    assert default_name([f"scenarios/scenario_number_{i}.yaml" for i in range(9)]) == "scenario_number_0+8_more"


def test_all_scenarios_of_the_folder_but_not_of_its_folders(tmp_path: Path) -> None:
    (tmp_path / "history").mkdir()
    for name in ("b.yaml", "a.yaml", "note.txt", "history/c.yaml"):
        (tmp_path / name).touch()
    assert [p.name for p in default_files(tmp_path)] == ["a.yaml", "b.yaml"]
    with pytest.raises(SettingsError, match="spheres init"):
        default_files(tmp_path / "none")
