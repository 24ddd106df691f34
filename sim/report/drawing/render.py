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
_UTF8: dict[str, Any] = {"text": True, "encoding": "utf-8"}
Job = tuple[Path, dict[str, Any]]  # the files' common name without ending, and the spec


def save(base: Path, spec: dict[str, Any]) -> list[Path]:
    """Write a spec as `base`.png and `base`.svg; it is drawn once, for both."""
    import vl_convert  # here, because only the process that renders should carry its engine

    svg = vl_convert.vega_to_svg(vl_convert.vegalite_to_vega(spec))
    png = vl_convert.svg_to_png(svg, scale=PIXELS)
    return [_written(base, "png", png), _written(base, "svg", svg.encode("utf-8"))]


def save_apart(jobs: Sequence[Job]) -> list[Path]:
    """The same for several specs in a process of their own. Raises RuntimeError with its last words if that fails."""
    from sim.experiment.execution.stop_signals import helped_by  # here, since the process that renders does not need it

    text = json.dumps([(str(base.absolute()), spec) for base, spec in jobs])
    command = [sys.executable, "-P", __file__]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **_UTF8)
    with process, helped_by(process.kill):
        try:
            _, said = process.communicate(text)
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise RuntimeError(f"drawing {jobs[0][0].name} to {jobs[-1][0].name} failed: {(said.strip() or 'no message').splitlines()[-1]}")
    return [_file(base, ending) for base, _ in jobs for ending in ("png", "svg")]


def _file(base: Path, ending: str) -> Path:
    return base.with_name(f"{base.name}.{ending}")  # not with_suffix: a scenario's name may hold dots


def _written(base: Path, ending: str, data: bytes) -> Path:
    file = _file(base, ending)
    unfinished = file.with_name(f".{file.name}.part")
    unfinished.write_bytes(data)
    os.replace(unfinished, file)
    return file


if __name__ == "__main__":
    for name, spec in json.loads(sys.stdin.buffer.read()):
        save(Path(name), spec)
