"""Settings changed by values from Python, checked as strictly as those from files."""

from collections.abc import Mapping

from sim.model.state.parameters import Change, Declared, ParameterValue
from sim.scenario.parameter_paths import plausible, unknown_path
from sim.scenario.python_numbers import real, shown
from sim.scenario.validation_errors import Problem, ScenarioError


def changed_settings(settings: Mapping[str, ParameterValue], values: Mapping[str, float]) -> dict[str, ParameterValue]:
    """Settings after `values` by path. Raises ScenarioError for unknown paths and impossible values."""
    changed, problems = dict(settings), []
    for path, value in values.items():
        setting, number = settings.get(path), real(value)
        if setting is None:
            known = {name: Declared(name, one.kind, one.meaning) for name, one in settings.items()}
            text, hint, _ = unknown_path(path, known, settings)
            problems.append(Problem("Spheres(...)", 0, text, hint))
        elif number is None:
            problems.append(Problem("Spheres(...)", 0, f"'{path}' must be a number, not {shown(value)}."))
        elif not setting.kind.low <= number <= setting.kind.high:
            text = f"'{path}' must lie between {setting.kind.low:g} and {setting.kind.high:g}, not {number:g}."
            about = plausible(setting)
            problems.append(Problem("Spheres(...)", 0, text, f"Plausible: {about}." if about else ""))
        else:
            changed[path] = setting.changed(Change("set", number), file="Spheres(...)", line=0)
    if problems:
        raise ScenarioError(problems)
    return changed
