"""Regenerate what pages of docs/ quote of the model and of scripts, and the schemas for editors: `make docs`.

Only what stands between `<!-- generated: NAME -->` and `<!-- end -->` changes in a page. A file is written whole or not at all.
"""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from sim.documentation import api_reference, interest_tables, model_tables, parameter_tables, state_tables
from sim.documentation.code_excerpts import code_blocks
from sim.documentation.consistency_check import unfit, unfit_description
from sim.documentation.example_blocks import example_blocks
from sim.documentation.generated_blocks import Make, blocks, regenerated
from sim.documentation.schema_files import schemas
from sim.experiment.storage.whole_files import write_text
from sim.model.registry import PARAMETERS
from sim.provenance.project_paths import Project
from sim.provenance.register import Register, load_register
from sim.scenario.validation_errors import ScenarioError

DESCRIPTION = "odd/*.md"  # the pages of the model description
API = "reference/api.md"
PAGES = (DESCRIPTION, "limits.md", API, "gallery/*.md")


def tables(register: Register) -> dict[str, Make]:
    """Everything that a page can ask for, by the name of its block."""
    project = register.project
    made: dict[str, Make] = {
        "grades": partial(parameter_tables.grades, register),
        "parameters groups": partial(parameter_tables.traits, register),
        "parameters start": partial(parameter_tables.levels, register),
        "parameters zones": partial(model_tables.zones, register),
        "provinces": partial(model_tables.provinces, register),
        "events": partial(model_tables.events, register),
        "measures": partial(model_tables.measures, register),
        "classes": partial(model_tables.classes, register),
        "chance": partial(model_tables.random_streams, register),
        "state": partial(state_tables.state, project),
        "api": partial(api_reference.api, project.root / "docs" / API, project.root),
    }
    made |= {f"view {name}": partial(state_tables.views, project, name) for name in state_tables.VIEWS}
    made |= {f"interests {section}": partial(interest_tables.interests, register, section) for section in interest_tables.sections()}
    sections = PARAMETERS.__dataclass_fields__
    return {f"parameters {section}": partial(parameter_tables.parameters, register, section) for section in sections} | made


def pages(register: Register) -> Iterator[tuple[Path, str, str]]:
    """Each page: its path, its text and its regenerated text. Raises ScenarioError for a block that cannot be made."""
    known = tables(register)
    for path in (path for pattern in PAGES for path in sorted((register.project.root / "docs").glob(pattern))):
        text = path.read_text(encoding="utf-8")
        names = blocks(text)
        own = known | code_blocks(names, path, register.project.model) | example_blocks(names, register.project.root / "docs")
        yield path, text, regenerated(text, register.project.shown(path), own)


def faults(made: Sequence[tuple[Path, str]], register: Register) -> Iterator[str]:
    """What no longer fits the model in pages, each with its text; the description is also looked at as a whole."""
    for path, text in made:
        yield from unfit(text, path, register)
    described = {path: text for path, text in made if path.match(f"docs/{DESCRIPTION}")}
    yield from unfit_description(described, register)


def main(root: Path) -> int:
    """Regenerate the pages; print what in the rest no longer fits the model. Returns the exit status."""
    try:
        register = load_register(Project(root, root / "scenarios"))
        made = list(pages(register))
        written = list(schemas(root))
    except (ScenarioError, OSError) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    for path, text, new in (*made, *written):
        if new != text:
            path.parent.mkdir(exist_ok=True)
            write_text(path, new)
            print(f"{register.project.shown(path)}: regenerated")
    print(f"{sum(new == text for _, text, new in (*made, *written))} of {len(made) + len(written)} files unchanged")
    errors = list(faults([(path, new) for path, _, new in made], register))
    for error in errors:
        print(error, file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(Project().root))
