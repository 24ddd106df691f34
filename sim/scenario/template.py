"""The text of a new scenario file: short, valid as it stands, with every parameter listed to be uncommented."""

from collections.abc import Iterable
from itertools import groupby

from sim.model.state.calendar import month_name
from sim.model.state.parameters import ParameterValue
from sim.scenario.parameter_paths import describe
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_names import NAME, name_hint, written
from sim.scenario.validation_errors import Problem, ScenarioError
from sim.text.suggestions import quote

_HEAD = """\
# {name}.yaml: a small named difference from '{parent}'. Everything else is as in that scenario.
# To use a line that starts with '#', delete that one '#'. `spheres check` says whether the file is valid.
extends: {written}
question: What if ... ? State in plain words what differs.
basis: beyond_report # report: from the report | beyond_report: our question | hindsight: uses what happened after June 2021
#months: {months}
#start: {start}

# What differs from the first month to the last. A line gives a number (the same in every world), or
# {{range: [low, high]}} (drawn anew), {{scale: 1.5}} or {{add: 0.1}} (of each world's own value).
#because: one line of reasoning for the changes below
"""
_EVENTS = """
# What is decided outside the model, and when ({first} to {last}). `until` is optional: the month in which the values revert.
# {{scale: ...}} and {{add: ...}} act on the value that the scenario gives at its start.
#events:
#  - month: {month}
#    set: {{{path}: {{scale: 0.5}}}}
#    because: why this happens then
"""


def template(name: str, parent: Scenario) -> str:
    """A commented scenario `name` that extends `parent`, with every parameter: central value, unit, range, meaning.

    Raises ScenarioError when `name` cannot name a scenario.
    """
    if not NAME.fullmatch(name):
        text = f"{quote(name)} cannot name a scenario."
        raise ScenarioError([Problem("spheres new", 0, text, name_hint(name))])
    if name in parent.lineage:
        raise ScenarioError([Problem("spheres new", 0, f"'{name}' is the name of a scenario that this one extends.", "Choose another.")])
    head = _HEAD.format(name=name, parent=parent.name, written=written(parent.name), months=parent.months, start=parent.start)
    dates = {"first": parent.start, "last": month_name(parent.start, parent.months - 1)}
    month = month_name(parent.start, min(8, parent.months - 1))
    events = _EVENTS.format(month=month, path=next(iter(parent.settings), "section.parameter"), **dates)
    return f"{head}{_listing(parent.settings.values())}{events}"


def _listing(settings: Iterable[ParameterValue]) -> str:
    """Every parameter as a commented line of a `set` block, under a heading for each section."""
    lines = ["#set:"]
    for section, members in groupby(settings, key=_section):
        lines.append(f"## --- {section}")
        for setting in members:
            line = f"#  {setting.path}: {setting.central():.6g}"
            lines.append(f"{line:<58} # {describe(setting.path, setting)} {setting.meaning}".rstrip())
    return "\n".join(lines) + "\n"


def _section(setting: ParameterValue) -> str:
    return setting.path.split(".")[0]
