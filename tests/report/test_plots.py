"""Files: every figure as PNG and SVG, whole, within the folder, from tables alone."""

import json
import struct
from pathlib import Path

import pytest

from sim.report.drawing import render
from sim.report.figure_files import draw_all

from .synthetic import results

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def drawn(folder: Path) -> list[Path]:
    """All figures of the made-up results."""
    return draw_all(folder)


def test_every_figure_is_there_as_png_and_svg(drawn: list[Path], folder: Path) -> None:
    scenarios = ("baseline", "israel_escalates", "patrons_withdraw")
    stems = ["outcomes"]
    for scenario in scenarios:
        stems += [f"map_{scenario}", f"tiles_{scenario}"] + ([f"indices_{scenario}"] if scenario != "baseline" else [])
    assert [file.name for file in drawn] == [f"{stem}.{ending}" for stem in stems for ending in ("png", "svg")]
    assert sorted(folder.joinpath("plots").iterdir()) == sorted(drawn)  # and nothing unfinished beside them


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


def test_pictures_are_the_same_every_time(drawn: list[Path], tmp_path: Path) -> None:
    again = draw_all(results(tmp_path / "again"), jobs=2)
    assert [file.name for file in again] == [file.name for file in drawn]
    assert all(one.read_bytes() == other.read_bytes() for one, other in zip(again, drawn, strict=True))


def test_hostile_names_and_questions_are_drawn_as_text_within_the_folder(tmp_path: Path) -> None:
    asked = {"baseline": 'What if </text><script>alert("1")</script> & {{x}}?', "../../out": "Why?"}
    files = draw_all(results(tmp_path / "a" / "b", asked, worlds=4, months=3))
    assert {file.parent for file in files} == {tmp_path / "a" / "b" / "plots"}
    assert "map_..%2F..%2Fout.png" in {file.name for file in files}
    svg = next(file for file in files if file.name == "map_baseline.svg").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in svg
    assert "<script" not in svg
    assert "{{x}}" in svg


def test_each_figure_is_told_as_it_is_done(tmp_path: Path) -> None:
    told: list[str] = []
    draw_all(results(tmp_path, {"baseline": "What?"}, worlds=4, months=3), told.append)
    assert told == ["outcomes", "map_baseline", "tiles_baseline"]


def test_a_run_that_was_stopped_is_drawn_as_far_as_it_came(tmp_path: Path) -> None:
    folder = results(tmp_path, {"baseline": "What?", "a.b": "Why?"}, worlds={"baseline": 5, "a.b": 1}, months=2)
    assert (folder / "plots" / "indices_a.b.png") in draw_all(folder)


def test_scenarios_without_their_root_stand_alone(tmp_path: Path) -> None:
    files = draw_all(results(tmp_path, {"a": "What?", "b": "Why?"}, worlds=4, months=2, root="elsewhere"))
    assert [file.stem for file in files if file.suffix == ".png"] == ["outcomes", "map_a", "tiles_a", "map_b", "tiles_b"]


@pytest.mark.parametrize("missing", ["comparison.parquet", "months.parquet", "manifest.json"])
def test_a_missing_file_is_said(tmp_path: Path, missing: str) -> None:
    folder = results(tmp_path, {"baseline": "What?"}, worlds=4, months=2)
    (folder / missing).unlink()
    with pytest.raises(FileNotFoundError, match=missing):
        draw_all(folder)
    assert not (folder / "plots").exists()


def test_a_spec_that_cannot_be_drawn_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="drawing broken to broken failed"):
        render.save_apart([(tmp_path / "broken", json.loads('{"mark": {"type": 3}, "data": {"url": "nowhere.csv"}}'))])
    assert list(tmp_path.iterdir()) == []
