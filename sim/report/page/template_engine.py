"""The templates of the page. Everything that is put into them is escaped, unless it is marked as markup of our own."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sim.text import number_format


def render(template: str, **context: Any) -> str:
    """The text that a template of `templates/` gives. Raises UndefinedError where the context lacks something that it names."""
    return render_from("sim.report.page", template, context)


def render_from(package: str, template: str, context: Mapping[str, Any]) -> str:
    """The same for a template in `templates/` of another package."""
    return _environment(package).get_template(template).render(context)


@cache
def _environment(package: str) -> Environment:
    environment = Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_without_lonely_percent,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"capital": number_format.capital, "counted": number_format.count, "month": number_format.month}
    return environment


def _without_lonely_percent(value: object) -> object:
    """A text in which no line can begin with `%`; markup stays as it is."""
    return value.replace(" %", "\u00a0%") if type(value) is str else value
