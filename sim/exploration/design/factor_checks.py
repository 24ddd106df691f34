"""Whether a parameter can be a factor, and whether its levels can be run: one rule for design files, sweeps and CSV rows."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.model.state.parameters import Declared, ParameterValue
from sim.scenario import Scenario
from sim.scenario.parameter_paths import describe, plausible, unknown_path


class Fault(NamedTuple):
    """What is wrong, and what would be right."""

    text: str
    hint: str = ""


def check_path(path: str, scenario: Scenario) -> Fault | None:
    """Whether there is such a parameter."""
    if path in scenario.settings:
        return None
    declared = {name: Declared(name, one.kind, one.meaning) for name, one in scenario.settings.items()}
    text, hint, _ = unknown_path(path, declared, scenario.settings)
    return Fault(text, hint)


def check_levels(path: str, levels: Sequence[float], as_quantiles: bool, scenario: Scenario) -> Fault | None:
    """Whether a known parameter can have these values, or be drawn at these quantiles, in a scenario."""
    setting = scenario.settings[path]
    if as_quantiles:
        if not setting.varies:
            why = "is set by the scenario" if setting.unchanged().varies else "has no range"
            return Fault(f"'{path}' {why}, so it has no quantiles here.", "Give values instead.")
        wrong = next((level for level in levels if not 0.0 <= level <= 1.0), None)
        return None if wrong is None else Fault(f"a quantile of '{path}' cannot be {wrong:g}.", "Quantiles lie between 0 and 1.")
    wrong = next((level for level in levels if not setting.kind.low <= level <= setting.kind.high), None)
    if wrong is None:
        return None
    about = plausible(setting)
    hint = f"Must lie between {setting.kind.low:g} and {setting.kind.high:g}{f'; plausible: {about}' if about else ''}."
    return Fault(f"'{path}' cannot be {wrong:g}.", hint)


def implausible(path: str, levels: Sequence[float], scenario: Scenario) -> str:
    """A notice where values lie outside the plausible range of a parameter; nothing where none does."""
    setting: ParameterValue = scenario.settings[path]
    if setting.range is None:
        return ""
    beyond = [level for level in levels if not setting.range[0] <= level <= setting.range[1]]
    if not beyond:
        return ""
    shown = ", ".join(f"{level:g}" for level in beyond[:4]) + (", ..." if len(beyond) > 4 else "")
    return f"'{path}': {shown} {'lies' if len(beyond) == 1 else 'lie'} outside its plausible range {describe(path, setting)}."
