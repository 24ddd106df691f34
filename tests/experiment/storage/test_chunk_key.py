"""A chunk's key covers every file that decides what the chunk holds."""

import ast
from pathlib import Path

import grimp

import sim
from sim.experiment.storage.chunk_key import hashed_files

SIM = Path(sim.__file__).parent
ROOTS = ("sim.model", "sim.simulation", "sim.experiment.recording", "sim.experiment.storage.chunk_writer")
RESOLVED = "sim.scenario"  # reads scenario files; what it makes of them is in the key itself


def hashed_modules() -> set[str]:
    """Names of the modules that are hashed."""
    paths = (path.relative_to(SIM.parent) for path in hashed_files() if path.suffix == ".py")
    return {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths}


def reached(graph: grimp.ImportGraph) -> set[str]:
    """Every module that the model, the recording or the writing of a chunk imports, directly or not, but for scenario files."""
    found = {module for root in ROOTS for module in (root, *graph.find_descendants(root))}
    waiting = list(found)
    while waiting:
        for module in graph.find_modules_directly_imported_by(waiting.pop()):
            if module not in found and not f"{module}.".startswith(f"{RESOLVED}."):
                found.add(module)
                waiting.append(module)
    return found


def test_every_module_that_a_rule_imports_is_in_the_key() -> None:
    modules = reached(grimp.build_graph("sim"))
    assert {"sim.model.processes.combat", "sim.model.state.random_streams", "sim.experiment.recording.chunk"} <= modules
    assert sorted(modules - hashed_modules()) == []


def test_every_table_that_a_rule_reads_is_in_the_key() -> None:
    read = set()
    for path in (SIM / "model").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "read_csv":
                assert isinstance(node.args[0], ast.Constant), f"{path.name} reads a table whose name this test cannot see"
                read.add(SIM / "data" / node.args[0].value)
    assert read and read <= set(hashed_files())
    assert all(path.is_file() for path in hashed_files())
