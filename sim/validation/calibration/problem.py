"""The calibration problem: which parameters may vary, which patterns should hold, in which worlds."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_key import model_version
from sim.experiment.storage.manifest import versions
from sim.model.state.parameters import Declared, ParameterValue
from sim.provenance.claim_index import load_claims
from sim.scenario import Scenario
from sim.scenario.parameter_paths import unknown_path
from sim.text.suggestions import did_you_mean, quote
from sim.validation.patterns import evaluation
from sim.validation.patterns.pattern_file import FITTED, Pattern

# Besides the model, what decides which values are tried and how they are evaluated; scenario, patterns and parameters are compared apart.
_SEARCH = (
    *(f"validation/patterns/{name}.py" for name in ("conditions", "sample", "simulated_sample", "terms")),
    *(f"validation/calibration/{name}.py" for name in ("sampler", "search")),
)


@dataclass(frozen=True)
class CalibrationProblem:
    """`scenario` with its months, the `parameters` to vary, the `patterns` to meet; each trial runs worlds 0 to `worlds - 1`."""

    name: str
    scenario: Scenario
    parameters: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    worlds: int
    seed: int

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """The plausible range of each parameter; nothing is tried outside it."""
        return {path: _range(self.scenario.settings[path]) for path in self.parameters}

    @property
    def centre(self) -> dict[str, float]:
        """The scenario's central values, clipped to the ranges: the first trial."""
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
            "patterns": {p.name: _hash(f"{p.role} {p.expect!r} {p.condition!r}") for p in self.patterns},
            "model": {"code and tables": _code_hash()},
            "versions": _versions(),
        }


def choose_parameters(text: str, scenario: Scenario) -> tuple[str, ...]:
    """The parameters named by `PATH,PATH`; `israel.*` stands for all below `israel` that have a range. Raises SettingsError."""
    paths: list[str] = []
    errors: list[str] = []
    for word in _words(text):
        try:
            paths += _below(word[:-1], scenario.settings) if word.endswith(".*") else [_one(word, scenario.settings)]
        except SettingsError as error:
            errors.append(str(error))
    if not paths and not errors:
        errors = ["--parameters: none is named; give paths such as fight.raid_rate, or a section such as fight.*."]
    if errors:
        raise SettingsError("\n".join(errors))
    return tuple(path for path in scenario.settings if path in paths)  # one order, whatever was typed first


def choose_patterns(text: str | None, known: Sequence[Pattern], scenario: Scenario) -> tuple[Pattern, ...]:
    """The patterns named by `NAME,NAME`; if None, all used for fitting that can be evaluated on the scenario. Raises SettingsError."""
    outcomes = {number for number, claim in load_claims().items() if claim.claim_type == "outcome"}
    fitted = {pattern.name: pattern for pattern in known if pattern.role == FITTED and not outcomes & set(pattern.claims)}
    if text is None:
        possible = tuple(pattern for pattern in fitted.values() if not why_not(pattern, scenario))
        if not possible:
            raise SettingsError("--patterns: no pattern used for fitting can be evaluated on this scenario and its months.")
        return possible
    names = _words(text)
    errors = [error for name in names if (error := _refusal(name, known, fitted, scenario))]
    if not names:
        errors = [f"--patterns: none is named; patterns used for fitting: {', '.join(fitted)}."]
    if errors:
        raise SettingsError("\n".join(errors))
    return tuple(pattern for name, pattern in fitted.items() if name in names)


def _refusal(name: str, known: Sequence[Pattern], fitted: Mapping[str, Pattern], scenario: Scenario) -> str:
    """Why a pattern cannot be fitted, or nothing."""
    pattern = next((pattern for pattern in known if pattern.name == name), None)
    if pattern is None:
        return f"--patterns: {quote(name)} is not a pattern. {did_you_mean(name, fitted)}"
    if name not in fitted:
        claims = f" ({' '.join(pattern.claims)})" if pattern.claims else ""
        return f"--patterns: '{name}'{claims} is held out; outcomes are measured, never fitted."
    why = why_not(pattern, scenario)
    return f"--patterns: '{name}' cannot be evaluated here: {why}." if why else ""


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _below(prefix: str, settings: Mapping[str, ParameterValue]) -> list[str]:
    """Every parameter below a section that has a range to search."""
    below = [path for path in settings if path.startswith(prefix)]
    searchable = [path for path in below if settings[path].range is not None and _width(settings[path]) > 0]
    if searchable:
        return searchable
    if below:
        raise SettingsError(f"--parameters: nothing in {quote(prefix + '*')} has a range to search.")
    raise SettingsError(
        f"--parameters: there is no section {quote(prefix[:-1])}. {did_you_mean(prefix[:-1], {path.split('.')[0] for path in settings})}"
    )


def _one(path: str, settings: Mapping[str, ParameterValue]) -> str:
    """The path itself, if it names a parameter that has a range to search."""
    if path not in settings:
        declared = {name: Declared(name, setting.kind, setting.meaning) for name, setting in settings.items()}
        raise SettingsError(" ".join(f"--parameters: {' '.join(unknown_path(path, declared, settings)[:2])}".split()))
    if settings[path].range is None:
        raise SettingsError(f"--parameters: '{path}' is part of a definition, which has no range; definitions are never fitted.")
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


def _code_hash() -> str:
    """A hash of the model's code and tables, and of the code that proposes and evaluates trials."""
    digest = hashlib.sha256(model_version().encode())
    for name in _SEARCH:
        digest.update(name.encode() + files("sim").joinpath(name).read_bytes())
    return digest.hexdigest()[:16]


def _versions() -> dict[str, str]:
    """The versions on which numbers can depend to the last bit."""
    relevant = {name: text for name, text in versions().items() if name in ("python", "machine", "numpy")}
    try:
        return {**relevant, "optuna": version("optuna")}
    except PackageNotFoundError:
        return relevant


def why_not(pattern: Pattern, scenario: Scenario) -> str:
    """Why a pattern cannot be evaluated on the worlds of one scenario, or nothing."""
    if not any(pattern.applies(name) for name in scenario.lineage):
        return f"it is meant for {', '.join(pattern.scenarios)}"
    if pattern.against:
        return f"it compares with the scenario '{pattern.against}', and a trial runs one scenario"
    return evaluation.why_not(pattern, scenario.start, scenario.months)
