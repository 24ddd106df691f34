"""Make the generated tables of docs/odd.md and docs/limits.md anew: `python -m sim.evidence.description`, or `make docs`.

Only what stands between `<!-- generated: NAME -->` and `<!-- end -->` changes. A page appears whole or not at all.
"""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sim.evidence.description import facts, interests, numbers, state
from sim.evidence.description.fit import unfit
from sim.evidence.description.page import Make, renewed
from sim.evidence.description.stakes import STAKES
from sim.evidence.register.project import Project
from sim.evidence.register.register import Register, load_register
from sim.experiment.folder import write_text
from sim.registry import PARAMETERS
from sim.scenario.problems import ScenarioError

PAGES = ("odd.md", "limits.md")


def tables(register: Register) -> dict[str, Make]:
    """Everything that a page can ask for, by the name of its block."""
    project = register.project
    found: dict[str, Make] = {
        "grades": partial(numbers.grades, register),
        "parameters groups": partial(numbers.traits, register),
        "parameters start": partial(numbers.levels, register),
        "parameters zones": partial(facts.zones, register),
        "provinces": partial(facts.provinces, register),
        "events": partial(facts.events, register),
        "measures": partial(facts.measures, register),
        "classes": partial(facts.classes, register),
        "chance": partial(facts.chance, register),
        "state": partial(state.state, project),
    }
    found |= {f"view {name}": partial(state.views, project, name) for name in state.VIEWS}
    found |= {f"interests {section}": partial(interests.interests, register, section) for section in STAKES}
    sections = PARAMETERS.__dataclass_fields__
    return {f"parameters {section}": partial(numbers.parameters, register, section) for section in sections} | found


def pages(register: Register) -> Iterator[tuple[Path, str, str]]:
    """Each page: its path, its text and its text made anew. Raises ScenarioError for a block that cannot be made."""
    known = tables(register)
    for name in PAGES:
        path = register.project.root / "docs" / name
        text = path.read_text(encoding="utf-8")
        yield path, text, renewed(text, register.project.shown(path), known)


def main() -> int:
    """Renew the pages; tell what no longer fits in their own words. Returns the exit status."""
    root = Project().root
    try:
        register = load_register(Project(root, root / "scenarios"))
        made = list(pages(register))
    except (ScenarioError, OSError) as fault:
        print(fault, file=sys.stderr)
        return 2
    for path, text, new in made:
        if new != text:
            write_text(path, new)
        print(f"{register.project.shown(path)}: {'tables made anew' if new != text else 'as it was'}")
    wrong = [one for path, _, new in made for one in unfit(new, path, register)]
    for one in wrong:
        print(one, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
