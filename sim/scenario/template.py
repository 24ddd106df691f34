"""The text of a new scenario file, valid as it stands: the twenty lines that most scenarios need, or every parameter to be uncommented."""

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
# To use a line that starts with '#', delete that one '#', of `set:` too. `spheres check` says whether the file is valid.
extends: {written}
question: What if ... ? State in plain words what differs.
basis: beyond_report # report: from the report | beyond_report: our question | hindsight: uses what happened after June 2021
"""
_SPAN = """\
#months: {months}
#start: {start}
"""
_SET = """
# What differs from the first month to the last. A line gives a number (the same in every world), or
# {range: [low, high]} (drawn anew), {scale: 1.5} or {add: 0.1} (of each world's own value).
"""
_BECAUSE = "#because: one line of reasoning for the changes {where}\n"
_EVENTS = """
# What is decided outside the model, and when ({first} to {last}). `until` is optional: the month in which the values revert.
{more}#events:
#  - month: {month}
#    set: {{{path}: {{scale: 0.5}}}}
#    because: why this happens then
"""
_OF_SCALE = "# {scale: ...} and {add: ...} act on the value that the scenario gives at its start.\n"
_REST = """
# Any other parameter can stand below `set:` as well. One by any word: spheres find sanctions. What it does: spheres explain NAME.
# A file that lists all {count}, each with its range: spheres new {name}_all --from {source} --all
"""
_MOST_USED = ("israel.strike_rate", "iran.means.budget", "bargain.talks")
_NARROW, _WIDE = 28, 58  # letters before what a parameter means: of the most used, of every one
_IN_EVENT = "russia.means.budget"


def template(name: str, parent: Scenario, every: bool = False, source: str = "") -> str:
    """A commented scenario `name` that extends `parent`: three parameters, or `every` one, with central value, unit, range, meaning.

    `source`: what was typed for the parent, its name by default. Raises ScenarioError when `name` cannot name a scenario.
    """
    if not NAME.fullmatch(name):
        text = f"{quote(name)} cannot name a scenario."
        raise ScenarioError([Problem("spheres new", 0, text, name_hint(name))])
    if name in parent.lineage:
        raise ScenarioError([Problem("spheres new", 0, f"'{name}' is the name of a scenario that this one extends.", "Choose another.")])
    head = _HEAD.format(name=name, parent=parent.name, written=written(parent.name))
    dates = {"first": parent.start, "last": month_name(parent.start, parent.months - 1)}
    month = month_name(parent.start, min(8, parent.months - 1))
    settings = parent.settings
    if every:
        events = _EVENTS.format(month=month, path=next(iter(settings), "section.parameter"), more=_OF_SCALE, **dates)
        span = _SPAN.format(months=parent.months, start=parent.start)
        return f"{head}{span}{_SET}{_BECAUSE.format(where='below')}{_listing(settings.values())}{events}"
    paths = [path for path in _MOST_USED if path in settings] or list(settings)[:3]
    changed = _IN_EVENT if _IN_EVENT in settings else next(iter(settings), "section.parameter")
    events = _EVENTS.format(month=month, path=changed, more="", **dates)
    rest = _REST.format(count=len(settings), name=name, source=source or parent.name)
    lines = "\n".join(["#set:", *(_line(settings[path], _NARROW) for path in paths)])
    return f"{head}{_SET}{lines}\n{_BECAUSE.format(where='above')}{events}{rest}"


def _listing(settings: Iterable[ParameterValue]) -> str:
    """Every parameter as a commented line of a `set` block, under a heading for each section."""
    lines = ["#set:"]
    for section, members in groupby(settings, key=_section):
        lines.append(f"## --- {section}")
        lines += map(_line, members)
    return "\n".join(lines) + "\n"


def _line(setting: ParameterValue, width: int = _WIDE) -> str:
    """A parameter as a commented line, what it means in a column of its own."""
    line = f"#  {setting.path}: {setting.central():.6g}"
    return f"{line:<{width}} # {describe(setting.path, setting)} {setting.meaning}".rstrip()


def _section(setting: ParameterValue) -> str:
    return setting.path.split(".")[0]
