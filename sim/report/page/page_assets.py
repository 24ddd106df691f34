"""What the page brings besides its text: style, scripts, the drawing engine, and what the browser may do with them."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from sim.report.drawing.render import engine_apart
from sim.report.page import compression

_PACKAGE = "sim.report.page"
_STYLES = ("page", "answer", "figures", "print")
_SCRIPTS = (
    "elements",
    "blocks",
    "drawing",
    "sideways",
    "views",
    "refreshing",
    "stories",
    "choosing",
    "printing",
    "begin",
)  # one after the other


@cache
def style() -> Markup:
    """All styles."""
    return Markup("".join(asset(_PACKAGE, f"styles/{name}.css") for name in _STYLES))


@cache
def script() -> Markup:
    """All scripts as one: they share what they declare, and nothing else sees it."""
    return Markup('"use strict";\n(() => {\n' + "".join(asset(_PACKAGE, f"scripts/{name}.js") for name in _SCRIPTS) + "})();\n")


@cache
def squeezed_engine() -> str:
    """The drawing engine, compressed."""
    return compression.squeezed(_engine())


def prepare_engine() -> None:
    """Have the drawing engine at hand: it takes another program a second or two, and can be made while something else is done."""
    squeezed_engine()


@cache
def policy() -> Markup:
    """What the browser may do: run these scripts and no others, ask no network for anything."""
    return Markup(policy_for(_engine(), script()))


def policy_for(*scripts: str, asks: str = "") -> str:
    """A content-security policy under which a page runs these scripts and no others, and asks nobody but whom `asks` names."""
    hashes = [base64.b64encode(hashlib.sha256(one.encode("utf-8")).digest()).decode("ascii") for one in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    connects = f" connect-src {asks};" if asks else ""
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline';{connects} base-uri 'none'; form-action 'none'"


@cache
def _engine() -> str:
    """The drawing engine as a script."""
    return engine_apart("window.vegaEmbed = vegaEmbed;")


def asset(package: str, name: str) -> str:
    """The text of a file that a package ships."""
    return files(package).joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")
