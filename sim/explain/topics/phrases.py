"""Phrases that several answers share: a parameter in a line, a claim in a line, a change, a table of shares."""

import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path

from sim.model.state.parameters import ParameterValue
from sim.provenance.claim_index import numbers
from sim.provenance.register import Register
from sim.scenario.parameter_changes import change_words

LINE = 170  # characters of a statement told in a line


def in_a_line(text: str, width: int = LINE) -> str:
    """A text cut to a line, at a word."""
    return textwrap.shorten(text, width, placeholder=" ...")


def parameter_line(setting: ParameterValue) -> str:
    """A parameter: path, value, range, grade and meaning."""
    return f"{setting.path} = {amount(setting)}, {setting.grade}: {setting.meaning}"


def amount(setting: ParameterValue) -> str:
    """Central value, unit and range."""
    spread = f" ({setting.range[0]:g} to {setting.range[1]:g})" if setting.range else ""
    return f"{setting.value:g} {setting.unit}{spread}"


def claim_lines(register: Register, text: str) -> list[str]:
    """Each claim that a text names, paraphrased in a line."""
    known = [register.claims[number] for number in numbers(text) if number in register.claims]
    return [f"{claim.number} ({claim.kind}): {in_a_line(claim.statement)}" for claim in known]


def where(register: Register, file: str, line: int) -> str:
    """A place in a file, as a reader is told it."""
    return f"{register.project.shown(Path(file))}, line {line}" if line else register.project.shown(Path(file))


def shares(table: Mapping[str, float], names: Mapping[str, str], most: int = 20) -> str:
    """Shares in per cent, the largest first, under readable names."""
    ranked = sorted(((value, key) for key, value in table.items() if value), key=lambda one: (-one[0], one[1]))
    return ", ".join(f"{names.get(key, key)} {100 * value:.3g} %" for value, key in ranked[:most])


def listed(words: Iterable[str]) -> str:
    """Words in a row with commas."""
    return ", ".join(words)


def plain(key: str) -> str:
    """A key as a person would write it."""
    return key.replace("_", " ")


def opened(text: str) -> str:
    """A text that begins with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def province_names(register: Register) -> dict[str, str]:
    """Names of the provinces by ISO code."""
    return {row["iso_3166_2"]: row["name"] for _, row in register.project.rows("provinces.csv")}


def parameter_lines(register: Register, prefix: str) -> list[str]:
    """Every parameter below a section."""
    return [parameter_line(setting) for path, setting in register.baseline.settings.items() if path.startswith(prefix)]


def scenario_lines(register: Register, path: str) -> list[str]:
    """The scenarios and events that change a parameter, where they do so themselves."""
    told = []
    for scenario in register.scenarios.values():
        for one in scenario.sets:
            if one.path == path and one.file == scenario.file:
                told.append(f"{scenario.name}: {change_words(one.change)}. {one.because}".rstrip(" ."))
        for event in scenario.events:
            for changed, change in event.changes:
                if changed == path and event.file == scenario.file:
                    until = " on" if event.until is None else " for some months"
                    told.append(f"{scenario.name}, from {event.date}{until}: {change_words(change)}. {event.because}")
    return told
