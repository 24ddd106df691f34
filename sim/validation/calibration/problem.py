"""What a calibration is asked to do: which parameters may move, which patterns should hold, in which worlds."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.manifest import versions
from sim.model.state.parameters import Declared, ParameterValue
from sim.provenance.claim_index import load_claims
from sim.scenario import Scenario
from sim.scenario.parameter_paths import unknown_path
from sim.text.suggestions import did_you_mean, quote
from sim.validation.patterns import evaluation
from sim.validation.patterns.pattern_file import Pattern

# What decides which values are tried and how they fare; scenario, patterns and parameters are compared by themselves.
_MODEL = ("actors", "processes", "world", "schedule.py", "registry.py", "reference.py", "model.py", "data")
_SAMPLE = (
    "experiment/chunk.py",
    "experiment/years.py",
    "evidence/patterns/sample.py",
    "evidence/patterns/terms.py",
    "evidence/patterns/conditions.py",
)
_SEARCH = ("evidence/calibration/propose.py", "evidence/calibration/search.py")
_COMPARED = "observed_2015_2021.csv"  # facts to compare with, which no rule reads


@dataclass(frozen=True)
class Task:
    """A calibration: `scenario` with its months; every trial runs the worlds 0 to `worlds - 1` under one `seed`."""

    name: str
    scenario: Scenario
    parameters: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    worlds: int
    seed: int

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """The plausible range of each parameter, beyond which nothing is tried."""
        return {path: _range(self.scenario.settings[path]) for path in self.parameters}

    @property
    def centre(self) -> dict[str, float]:
        """The scenario's central values, held within the ranges: the first trial."""
        central = {path: self.scenario.settings[path].central() for path in self.parameters}
        return {path: min(max(central[path], low), high) for path, (low, high) in self.ranges.items()}

    def described(self) -> dict[str, Any]:
        """Everything that determines the trials, part by part, so that a difference can be named."""
        return {
            "scenario": {self.scenario.name: self.scenario.digest()},
            "months": self.scenario.months,
            "worlds": self.worlds,
            "seed": self.seed,
            "parameters": {path: list(ends) for path, ends in self.ranges.items()},
            "patterns": {one.name: _hash(f"{one.role} {one.expect!r} {one.condition!r}") for one in self.patterns},
            "model": {"code and tables": _model_hash()},
            "versions": _versions(),
        }


def choose_parameters(text: str, scenario: Scenario) -> tuple[str, ...]:
    """The parameters named by `PATH,PATH`; `israel.*` stands for all below `israel` that have a range. Raises SettingsError."""
    chosen: list[str] = []
    faults: list[str] = []
    for word in _words(text):
        try:
            chosen += _below(word[:-1], scenario.settings) if word.endswith(".*") else [_one(word, scenario.settings)]
        except SettingsError as fault:
            faults.append(str(fault))
    if not chosen and not faults:
        faults = ["--parameters: none is named; give paths such as fight.raid_rate, or a section such as fight.*."]
    if faults:
        raise SettingsError("\n".join(faults))
    return tuple(path for path in scenario.settings if path in chosen)  # one order, whatever was typed first


def choose_patterns(text: str | None, known: Sequence[Pattern], scenario: Scenario) -> tuple[Pattern, ...]:
    """The patterns named by `NAME,NAME`; without, all those for setting that can be judged on the scenario. Raises SettingsError."""
    outcomes = {number for number, claim in load_claims().items() if claim.kind == "outcome"}
    setting = {one.name: one for one in known if one.role == "setting" and not outcomes & set(one.claims)}
    if text is None:
        able = tuple(one for one in setting.values() if not unfit(one, scenario))
        if not able:
            raise SettingsError("--patterns: no pattern used to set parameters can be judged on this scenario and its months.")
        return able
    names = _words(text)
    faults = [fault for name in names if (fault := _refusal(name, known, setting, scenario))]
    if not names:
        faults = [f"--patterns: none is named; patterns used to set parameters: {', '.join(setting)}."]
    if faults:
        raise SettingsError("\n".join(faults))
    return tuple(one for name, one in setting.items() if name in names)


def _refusal(name: str, known: Sequence[Pattern], setting: Mapping[str, Pattern], scenario: Scenario) -> str:
    """Why a pattern cannot be fitted, or nothing."""
    pattern = next((one for one in known if one.name == name), None)
    if pattern is None:
        return f"--patterns: {quote(name)} is not a pattern. {did_you_mean(name, setting)}"
    if name not in setting:
        claims = f" ({' '.join(pattern.claims)})" if pattern.claims else ""
        return f"--patterns: '{name}'{claims} is left to speak; outcomes are measured, never fitted."
    why = unfit(pattern, scenario)
    return f"--patterns: '{name}' cannot be judged here: {why}." if why else ""


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _below(prefix: str, settings: Mapping[str, ParameterValue]) -> list[str]:
    """Every parameter below a section that has a range to search."""
    below = [path for path in settings if path.startswith(prefix)]
    found = [path for path in below if settings[path].range is not None and _width(settings[path]) > 0]
    if found:
        return found
    if below:
        raise SettingsError(f"--parameters: nothing in {quote(prefix + '*')} has a range to search.")
    raise SettingsError(
        f"--parameters: there is no section {quote(prefix[:-1])}. {did_you_mean(prefix[:-1], {path.split('.')[0] for path in settings})}"
    )


def _one(path: str, settings: Mapping[str, ParameterValue]) -> str:
    """The path itself, if it names a parameter that has a range to search."""
    if path not in settings:
        declared = {name: Declared(name, one.kind, one.meaning) for name, one in settings.items()}
        raise SettingsError(" ".join(f"--parameters: {' '.join(unknown_path(path, declared, settings)[:2])}".split()))
    if settings[path].range is None:
        raise SettingsError(f"--parameters: '{path}' is a definition, which has no range; what an outcome is called is never fitted.")
    if _width(settings[path]) <= 0:
        raise SettingsError(f"--parameters: the range of '{path}' is a single value, {settings[path].value:g}; nothing can be searched.")
    return path


def _range(setting: ParameterValue) -> tuple[float, float]:
    return (0.0, 0.0) if setting.range is None else (float(setting.range[0]), float(setting.range[1]))


def _width(setting: ParameterValue) -> float:
    low, high = _range(setting)
    return high - low


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _model_hash() -> str:
    """A hash of the code and tables of the model and of what judges it."""
    root, digest = files("sim"), hashlib.sha256()
    for name in (*_MODEL, *_SAMPLE, *_SEARCH):
        place = root.joinpath(name)
        inside = [place] if place.is_file() else sorted((one for one in place.iterdir() if one.is_file()), key=lambda one: one.name)
        for file in inside:
            if file.name.endswith((".py", ".csv")) and file.name != _COMPARED:
                digest.update(f"{name}/{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _versions() -> dict[str, str]:
    """The versions on which numbers can depend to the last bit."""
    kept = {name: text for name, text in versions().items() if name in ("python", "machine", "numpy")}
    try:
        return {**kept, "optuna": version("optuna")}
    except PackageNotFoundError:
        return kept


def unfit(pattern: Pattern, scenario: Scenario) -> str:
    """Why a pattern cannot be judged on the worlds of one scenario, or nothing."""
    if not any(pattern.applies(name) for name in scenario.lineage):
        return f"it is meant for {', '.join(pattern.scenarios)}"
    if pattern.against:
        return f"it compares with the scenario '{pattern.against}', and a trial runs one scenario"
    return evaluation.unfit(pattern, scenario.start, scenario.months)
