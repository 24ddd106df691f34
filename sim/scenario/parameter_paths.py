"""Paths of parameters as people write them: the nearest one that exists, with its unit and range."""

from collections.abc import Mapping

from sim.model.state.parameters import Declared, ParameterValue
from sim.scenario.replaced_parameters import replaced
from sim.text.suggestions import nearest, quote


def describe(path: str, setting: ParameterValue | None, declared: Mapping[str, Declared] | None = None) -> str:
    """Unit and plausible range in brackets, `(strikes per month, 0.5 to 4)`; without a setting, what the code declares."""
    if setting is not None:
        low, high = setting.range or (setting.kind.low, setting.kind.high)
        return f"({setting.unit}, {low:g} to {high:g})"
    if declared is None or path not in declared:
        return ""
    kind = declared[path].kind
    return f"({kind.name}, {kind.low:g} to {kind.high:g})"


def plausible(value: ParameterValue | None) -> str:
    """The plausible range and the unit, `0.5 to 4 (strikes per month)`; nothing for a parameter without a range."""
    return f"{value.range[0]:g} to {value.range[1]:g} ({value.unit})" if value is not None and value.range is not None else ""


def unknown_path(path: str, declared: Mapping[str, Declared], settings: Mapping[str, ParameterValue]) -> tuple[str, str, str | None]:
    """Message, hint and nearest path for a path that is none; what replaced it, for one that was a parameter once."""
    gone = replaced(path)
    if gone is not None:
        return f"{quote(path)} was {gone}", "", None
    below = [known for known in declared if known.startswith(f"{path}.")]
    if below:
        first = min(below)
        return f"{quote(path)} is a section, not a parameter.", f"Write a whole path, such as '{first}'.", None
    ends = [known for known in declared if known.endswith(f".{path}")]
    close = min(ends) if ends else nearest(path, declared)
    if close is None:
        return f"{quote(path)} is not a parameter.", "`spheres new NAME --from baseline --all` writes a file that lists them all.", None
    about = describe(close, settings.get(close), declared)
    return f"{quote(path)} is not a parameter.", f"Did you mean '{close}' {about}?", close
