"""The explorer's page as one file: template, style, scripts and compressed worlds put together."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Literal

import numpy as np
from markupsafe import Markup

from sim.explorer.explorer_data import ExplorerData
from sim.model.state.dimensions import Array
from sim.report.page.compression import squeezed_bytes
from sim.report.page.page_assets import asset, policy_for
from sim.report.page.template_engine import render_from

Mode = Literal["file", "live"]  # opened as a file, or served by `spheres explore`
MOST_BYTES = 15_000_000
_LEVEL = 6  # of compression: draws are random, so more effort gains nothing
_PACKAGE = "sim.explorer.page"
# In the order in which the browser reads them.
SCRIPTS = (
    "widgets.js",
    "decode.js",
    "estimate.js",
    "words.js",
    "settings.js",
    "answers.js",
    "sentence.js",
    "state.js",
    "bars.js",
    "map.js",
    "curves.js",
    "controls.js",
    "interests.js",
    "scenario_text.js",
    "live.js",
    "live_runs.js",
    "panel.js",
    "results.js",
    "save_dialog.js",
    "start.js",
)


def page_text(data: ExplorerData, mode: Mode) -> str:
    """The page as a text of no more than MOST_BYTES; where it would be longer, of the first of the worlds."""
    while len(text := _text(data, mode).encode("utf-8")) > MOST_BYTES:
        data = first_worlds(data, int(len(data.columns) * 0.9 * MOST_BYTES / len(text)))
    return text.decode("utf-8")


def first_worlds(data: ExplorerData, n: int) -> ExplorerData:
    """The same with the first `n` worlds alone."""
    return replace(
        data, columns=data.columns.take(slice(0, n)), draws=np.ascontiguousarray(data.draws[:, :n]), manifest=data.manifest | {"worlds": n}
    )


def content_policy(mode: Mode) -> str:
    """What the browser may do: run the page's own scripts, and ask nobody for anything but, in live mode, the program that served it."""
    return policy_for(*_scripts(), asks="'self'" if mode == "live" else "'none'")


def _text(data: ExplorerData, mode: Mode) -> str:
    context = {
        "policy": Markup(content_policy(mode)),
        "style": Markup(asset(_PACKAGE, "explorer.css")),
        "scripts": [Markup(text) for text in _scripts()],
        "manifest": data.manifest | {"mode": mode},
        "blocks": {f"w-{name}": squeezed_bytes(np.ascontiguousarray(array).tobytes(), _LEVEL) for name, array in _arrays(data).items()},
    }
    return render_from(_PACKAGE, "explorer.html.jinja", context)


def _arrays(data: ExplorerData) -> Mapping[str, Array]:
    return {"quantiles": data.draws, **data.columns.arrays()}


@cache
def _scripts() -> tuple[str, ...]:
    return tuple(asset(_PACKAGE, name) for name in SCRIPTS)
