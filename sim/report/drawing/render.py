"""From specs to files: a Vega-Lite spec becomes a PNG and an SVG, whole or not at all.

Rendering runs in a process of its own, a batch at a time: the JavaScript engine in vl-convert keeps its garbage for long, and
gives it back only when its process ends. This file is that process's program, so it imports nothing else of ours.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PIXELS = 2.0  # of a PNG for each pixel of the figure
_ENGINE = "engine"  # what this program is asked for by this word: the engine itself
Job = tuple[Path, dict[str, Any]]  # the files' common name without ending, and the spec


def save(base: Path, spec: dict[str, Any]) -> list[Path]:
    """Write a spec as `base`.png and `base`.svg; it is drawn once, for both."""
    import vl_convert  # here, because only the process that renders should carry its engine

    svg = svg_of(spec)
    png = vl_convert.svg_to_png(svg, scale=PIXELS)
    return [_written(base, "png", png), _written(base, "svg", svg.encode("utf-8"))]


def svg_of(spec: dict[str, Any]) -> str:
    """A spec as the text of an SVG, drawn in this process."""
    import vl_convert

    svg: str = vl_convert.vega_to_svg(vl_convert.vegalite_to_vega(spec))
    return svg


class DrawingError(RuntimeError):
    """The process that draws ended with an error, or was killed."""


def save_apart(jobs: Sequence[Job]) -> list[Path]:
    """The same for several specs in a process of their own. Raises DrawingError with its last words if that fails."""
    _apart(f"drawing {jobs[0][0].name} to {jobs[-1][0].name}", json.dumps([(str(base.absolute()), spec) for base, spec in jobs]))
    return [_file(base, ending) for base, _ in jobs for ending in ("png", "svg")]


def engine_apart(export: str) -> str:
    """The drawing engine as a script for browsers; `export` makes it known there. Raises DrawingError."""
    return _apart("making the drawing engine", export, _ENGINE)


def _apart(what: str, text: str, *words: str) -> str:
    """Run this file as a program, in a process of its own, which reads `text`; returns what it writes."""
    from sim.experiment.execution.stop_signals import helped_by  # here, since the process that renders does not need it

    command = [sys.executable, "-P", __file__, *words]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace"
    )
    with process, helped_by(process.kill):
        try:
            written, said = process.communicate(text)
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise DrawingError(f"{what} failed: {(said.strip() or 'no message').splitlines()[-1]}")
    return written


def _file(base: Path, ending: str) -> Path:
    return base.with_name(f"{base.name}.{ending}")  # not with_suffix: a scenario's name may hold dots


def _written(base: Path, ending: str, data: bytes) -> Path:
    file = _file(base, ending)
    unfinished = file.with_name(f".{file.name}.part")
    unfinished.write_bytes(data)
    os.replace(unfinished, file)
    return file


def _main() -> None:
    text = sys.stdin.buffer.read().decode("utf-8")
    if sys.argv[1:] == [_ENGINE]:
        import vl_convert

        sys.stdout.buffer.write(vl_convert.javascript_bundle(text).encode("utf-8"))
        return
    for name, spec in json.loads(text):
        save(Path(name), spec)


if __name__ == "__main__":
    _main()
