"""The scripts of the gallery and what they print: `<!-- generated: script NAME -->` and `<!-- generated: output NAME -->`.

A script is docs/examples/NAME.py, what it printed docs/gallery/NAME.txt, as `make gallery` stored it.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from sim.documentation.generated_blocks import Make
from sim.text.suggestions import did_you_mean, quote

SCRIPT, OUTPUT = "script ", "output "


def example_blocks(names: Iterable[str], docs: Path) -> dict[str, Make]:
    """The blocks of the gallery among the `names` of a page's blocks, each with what makes it."""
    kinds = ((SCRIPT, docs / "examples", ".py", "python"), (OUTPUT, docs / "gallery", ".txt", "text"))
    return {
        name: partial(_fenced, folder, name.removeprefix(kind), suffix, language)
        for name in names
        for kind, folder, suffix, language in kinds
        if name.startswith(kind)
    }


def _fenced(folder: Path, name: str, suffix: str, language: str) -> str:
    """A file as a block of code. Raises LookupError in a sentence where there is none."""
    path = folder / f"{name}{suffix}"
    if not path.exists():
        there = [one.stem for one in folder.glob(f"*{suffix}")]
        raise LookupError(f"docs/{folder.name}/ has no file {quote(path.name)}. {did_you_mean(name, there)}")
    lines = [line.rstrip() for line in path.read_text(encoding="utf-8").strip().splitlines()]
    return "\n".join([f"```{language}", *lines, "```"])
