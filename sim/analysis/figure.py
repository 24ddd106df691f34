"""A figure as an Altair chart that a notebook shows without a network, and a terminal as its finding."""

from typing import Any

import altair as alt

from sim.report.drawing.render import svg_of
from sim.text.printed_lines import wrapped


class Figure(alt.LayerChart):
    """A chart of a results folder. `.save("figure.svg")` (also .png, .pdf) writes it; `.to_dict()` is its Vega-Lite spec.

    A notebook shows it as SVG, drawn here: Altair's own way loads a script from the web.
    """

    @classmethod
    def of(cls, spec: dict[str, Any]) -> "Figure":
        """The chart of a spec, which is not checked again: the tests let Altair check every kind of figure."""
        figure: Figure = cls.from_dict(spec, validate=False)
        return figure

    def _repr_mimebundle_(self, *args: Any, **kwds: Any) -> dict[str, str]:
        """What a notebook shows."""
        return {"image/svg+xml": svg_of(self.to_dict()), "text/plain": repr(self)}

    def __repr__(self) -> str:
        heading = self.to_dict().get("title", "")
        parts = (heading.get("text", ""), heading.get("subtitle", "")) if isinstance(heading, dict) else (heading,)
        lines = [part if isinstance(part, str) else " ".join(part) for part in parts]  # it may be broken into lines
        return wrapped([*filter(None, lines), 'A notebook shows the figure; .save("figure.svg") writes it.'])
