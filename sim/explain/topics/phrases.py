"""Phrases that several answers share: a parameter in a line, a claim in a line, a change, a table of shares."""

import textwrap
from collections.abc import Mapping
from pathlib import Path

from sim.model.observation.measure_catalogue import Measure
from sim.model.state.parameters import ParameterValue
from sim.provenance.claim_index import numbers
from sim.provenance.goal_texts import INTERESTS, goal_of, goal_text
from sim.provenance.register import Register
from sim.scenario.parameter_changes import change_words
from sim.text.names import with_article

LINE = 170  # characters of a statement that is cut to a line


def in_a_line(text: str, width: int = LINE) -> str:
    """A text cut to a line, at a word."""
    return textwrap.shorten(text, width, placeholder=" ...")


def parameter_line(setting: ParameterValue) -> str:
    """A parameter: path, value, range, grade and meaning."""
    return f"{setting.path} = {amount(setting)}, {setting.grade}: {setting.meaning}"


def goal_lines(setting: ParameterValue) -> list[str]:
    """A weight of an interest as a goal: how unmet it is, where it is at stake, what serves it; nothing for another parameter."""
    goal = goal_of(setting.path)
    text = goal_text(setting.path.partition(INTERESTS)[0], goal) if goal is not None else None
    if text is None:
        return []
    return [f"Unmet as far as {text.unmet}; {text.at_stake}.", f"Served by: {text.served_by}."]


def sourced_parameter_line(setting: ParameterValue) -> str:
    """A parameter with its source."""
    return f"{parameter_line(setting)}. Source: {setting.source}"


def amount(setting: ParameterValue) -> str:
    """Central value, unit and range."""
    return f"{setting.value:g} {setting.unit}{_in_brackets(setting)}"


def value_and_range(setting: ParameterValue) -> str:
    """Central value and range, without the unit."""
    return f"{setting.value:g}{_in_brackets(setting)}"


def _in_brackets(setting: ParameterValue) -> str:
    return f" ({setting.range[0]:g} to {setting.range[1]:g})" if setting.range else ""


def measure_range(measure: Measure) -> str:
    """The range of a measure, `0 to 1` or `0 up`."""
    closed = measure.unit in ("share", "index") and measure.high <= 1
    return f"{measure.low:g} {f'to {measure.high:g}' if closed else 'up'}"


def claim_lines(register: Register, text: str) -> list[str]:
    """Each claim that a text cites, paraphrased in a line."""
    known = [register.claims[number] for number in numbers(text) if number in register.claims]
    return [f"{claim.number} ({claim.claim_type}): {in_a_line(claim.statement)}" for claim in known]


def location(register: Register, file: str, line: int) -> str:
    """A place in a file, as printed."""
    return f"{register.project.shown(Path(file))}, line {line}" if line else register.project.shown(Path(file))


def shares(table: Mapping[str, float], names: Mapping[str, str]) -> str:
    """Shares in per cent, the largest first, under readable names."""
    ranked = sorted(((value, key) for key, value in table.items() if value), key=lambda pair: (-pair[0], pair[1]))
    return ", ".join(f"{names.get(key, key)} {100 * value:.3g} %" for value, key in ranked)


def plain(key: str) -> str:
    """A key as a person would write it."""
    return key.replace("_", " ")


def province_names(register: Register) -> dict[str, str]:
    """Names of the provinces by ISO code."""
    return {row["iso_3166_2"]: row["name"] for _, row in register.project.rows("provinces.csv")}


def provinces_in(register: Register, codes: str) -> str:
    """The provinces of a list of codes with semicolons, by name."""
    names = province_names(register)
    return ", ".join(names[code] for code in codes.split(";"))


def actors_in(keys: str) -> str:
    """The actors of a list of keys with semicolons, by name."""
    return ", ".join(with_article(key) for key in keys.split(";"))


def settings_below(register: Register, prefix: str) -> list[ParameterValue]:
    """The parameters whose path begins with a prefix, in the order of the baseline."""
    return [setting for path, setting in register.baseline.settings.items() if path.startswith(prefix)]


def scenario_lines(register: Register, path: str) -> list[str]:
    """The scenarios and events that change a parameter themselves."""
    lines = []
    for scenario in register.scenarios.values():
        for setting in scenario.sets:
            if setting.path == path and setting.file == scenario.file:
                lines.append(f"{scenario.name}: {change_words(setting.change)}. {setting.because}".rstrip(" ."))
        for event in scenario.events:
            until = " on" if event.until is None else " for some months"
            changes = [change for changed, change in event.changes if changed == path and event.file == scenario.file]
            lines += [f"{scenario.name}, from {event.date}{until}: {change_words(change)}. {event.because}" for change in changes]
    return lines
