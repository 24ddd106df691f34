"""Files: every figure as PNG and SVG, whole, within the folder, from tables alone."""

import json
import struct
from pathlib import Path

import pytest

from sim.experiment.progress import Progress
from sim.experiment.run_settings import SettingsError
from sim.report.drawing import render
from sim.report.figure_files import all_figures, draw, draw_results, main_figures
from sim.report.figures.data import figure_data
from sim.report.figures.data.figure_data import Results

from .synthetic import results

PNG = b"\x89PNG\r\n\x1a\n"


class Heard(Progress):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.steps, self.stems = 0, []

    def phase(self, text: str, steps: int = 0) -> None:
        self.steps = steps

    def detail(self, text: str) -> None:
        self.stems.append(text)


@pytest.fixture(scope="module")
def heard() -> Heard:
    """What the drawing of all figures told."""
    return Heard()


@pytest.fixture(scope="module")
def drawn(folder: Path, heard: Heard) -> list[Path]:
    """All figures of the made-up results."""
    return draw_results(folder, heard, jobs=2)


def test_every_figure_is_there_as_png_and_svg_and_told_as_it_is_done(drawn: list[Path], folder: Path, heard: Heard) -> None:
    scenarios = ("baseline", "israel_escalates", "patrons_withdraw")
    stems = ["outcomes"]
    for scenario in scenarios:
        stems += [f"map_{scenario}", f"tiles_{scenario}", f"effort_{scenario}"] + (
            [f"indices_{scenario}"] if scenario != "baseline" else []
        )
    assert [file.name for file in drawn] == [f"{stem}.{ending}" for stem in stems for ending in ("png", "svg")]
    assert sorted(folder.joinpath("plots").iterdir()) == sorted(drawn)  # and nothing unfinished beside them
    assert (heard.steps, heard.stems) == (len(stems), stems)


def test_unasked_only_the_main_figures_are_drawn(made_up: Results) -> None:
    assert [stem for stem, _ in main_figures(made_up)] == ["outcomes", "map_baseline", "tiles_baseline", "effort_baseline"]


def test_pictures_are_whole_and_twice_the_size(drawn: list[Path]) -> None:
    for png in (file for file in drawn if file.suffix == ".png"):
        data, svg = png.read_bytes(), png.with_suffix(".svg").read_text(encoding="utf-8")
        assert data.startswith(PNG)
        assert data.endswith(b"IEND\xaeB`\x82")
        wide, high = struct.unpack(">II", data[16:24])
        assert f'width="{wide // 2}"' in svg
        assert f'height="{high // 2}"' in svg
        assert svg.rstrip().endswith("</svg>")


def test_nothing_in_a_picture_comes_from_outside(drawn: list[Path]) -> None:
    for svg in (file.read_text(encoding="utf-8") for file in drawn if file.suffix == ".svg"):
        assert "href" not in svg.replace("xmlns:xlink", "")
        assert "<script" not in svg
        assert "<image" not in svg


def test_pictures_are_the_same_every_time_and_with_any_number_of_processes(drawn: list[Path], made_up: Results, tmp_path: Path) -> None:
    again = draw(list(main_figures(made_up)), tmp_path, Progress())
    assert again
    for file in again:
        assert file.read_bytes() == next(other for other in drawn if other.name == file.name).read_bytes()


def test_hostile_names_and_questions_are_drawn_as_text_within_the_folder(tmp_path: Path) -> None:
    asked = {"baseline": 'What if </text><script>alert("1")</script> & {{x}}?', "../../out": "Why?"}
    found = figure_data.read(results(tmp_path / "tables", asked, worlds=4, months=3))
    maps = [figure for figure in all_figures(found) if figure[0].startswith("map")]
    files = draw(maps, tmp_path / "plots", Progress())
    assert {file.parent for file in files} == {tmp_path / "plots"}
    assert "map_..%2F..%2Fout.png" in {file.name for file in files}
    svg = next(file for file in files if file.name == "map_baseline.svg").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in svg
    assert "<script" not in svg
    assert "{{x}}" in svg


def test_a_run_that_was_stopped_has_figures_as_far_as_it_came(tmp_path: Path) -> None:
    folder = results(tmp_path, {"baseline": "What?", "a.b": "Why?"}, worlds={"baseline": 5, "a.b": 1}, months=2)
    made = {stem: make() for stem, make in all_figures(figure_data.read(folder))}
    files = draw([("indices_a.b", lambda: made["indices_a.b"])], tmp_path / "plots", Progress())
    assert [file.name for file in files] == ["indices_a.b.png", "indices_a.b.svg"]


def test_scenarios_without_their_root_stand_alone(tmp_path: Path) -> None:
    found = figure_data.read(results(tmp_path, {"a": "What?", "b": "Why?"}, worlds=4, months=2, root="elsewhere"))
    stems = [stem for stem, make in all_figures(found) if make()["layer"]]
    assert stems == ["outcomes", "map_a", "tiles_a", "effort_a", "map_b", "tiles_b", "effort_b"]


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    folder = results(tmp_path, {"baseline": "What?"}, worlds=4, months=2)
    for missing in ("comparison.parquet", "months.parquet", "effort.csv", "manifest.json"):
        kept = (folder / missing).rename(folder / "elsewhere")
        with pytest.raises(SettingsError, match=missing):
            draw_results(folder, Progress())
        kept.rename(folder / missing)
    assert not (folder / "plots").exists()


def test_a_spec_that_cannot_be_drawn_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="drawing broken to broken failed"):
        render.save_apart([(tmp_path / "broken", json.loads('{"mark": {"type": 3}, "data": {"url": "nowhere.csv"}}'))])
    assert list(tmp_path.iterdir()) == []
