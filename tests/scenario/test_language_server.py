"""What an editor shows, tried with a real YAML language server where one is installed (npm install -g yaml-language-server)."""

import shutil
from collections.abc import Iterator

import pytest
from command_line import typed

from scenario.language_server import LanguageServer, serving

PROGRAM = shutil.which("yaml-language-server")
LINE = "# yaml-language-server: $schema=scenario.schema.json\n"
HEAD = f"{LINE}extends: baseline\nquestion: What if?\nbasis: report\n"
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no yaml-language-server is installed")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """A server in a folder that `spheres init` laid out, with a file of `spheres new`."""
    folder = tmp_path_factory.mktemp("edited")
    assert typed(folder, "init", ".").exit_code == 0 and typed(folder, "new", "mine").exit_code == 0
    with serving(PROGRAM or "", folder) as made:
        yield made


def test_nothing_is_marked_in_any_file_of_a_new_folder(server: LanguageServer) -> None:
    paths = sorted(server.folder.rglob("scenarios/**/*.yaml"))
    marked = {path.name: server.open(path.relative_to(server.folder).as_posix(), path.read_text(encoding="utf-8")) for path in paths}
    assert len(marked) > 30 and {name: faults for name, faults in marked.items() if faults} == {}


def test_faults_are_marked_in_their_lines(server: LanguageServer) -> None:
    body = "set:\n  israel.strik_rate: 3\n  government.triage: 30\nevents:\n  - {month: 2022-13, set: {start.coffers: 1}, because: x}\n"
    marked = server.open("scenarios/faulty.yaml", HEAD + body)
    assert marked[6] == ["Property israel.strik_rate is not allowed."] and marked[7] == ["Value is above the maximum of 1."]
    assert sorted(marked) == [6, 7, 9] and "Write year and month, such as 2024-12." in marked[9]
    design = (server.folder / "scenarios/designs/strikes_and_budget.yaml").read_text(encoding="utf-8")
    assert server.open("scenarios/designs/faulty.yaml", design.replace("kind: grid", "kind: grd"))


def test_a_parameter_is_explained_and_completed(server: LanguageServer) -> None:
    server.open("scenarios/explained.yaml", HEAD + "set:\n  israel.strike_rate: {scale: 2}\n")
    shown = server.at("hover", "scenarios/explained.yaml", 6, 5)["contents"]["value"]
    assert "Unit: strikes per month. In the baseline: 4.3; plausible: 2.2 to 8; possible: 0 to 100." in shown and "Grade: sourced" in shown
    server.open("scenarios/begun.yaml", HEAD + "set:\n  isr\n")
    offered = {item["label"]: item["insertText"] for item in server.at("completion", "scenarios/begun.yaml", 6, 5)["items"]}
    assert "4.3" in offered["israel.strike_rate"]
    server.open("scenarios/named.yaml", HEAD + "set:\n  israel.strike_rate: \n")
    ways = [item["label"] for item in server.at("completion", "scenarios/named.yaml", 6, 22)["items"]]
    assert ways == ["4.3", "{range: ...}", "{scale: ...}", "{add: ...}"]
