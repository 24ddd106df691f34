"""On which parameters each conclusion depends, read from a folder of results; only held-out patterns are looked at."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from sim.experiment.run_settings import RESULTS, SettingsError
from sim.scenario import ScenarioError
from sim.validation.patterns.conclusions import held_out
from sim.validation.patterns.pattern_file import BASELINE, HELD_OUT, load_patterns
from sim.validation.sensitivity import sensitivity_text
from sim.validation.sensitivity.parameter_draws import ParameterDraws, read_draws
from sim.validation.sensitivity.pattern_sensitivity import PatternSensitivity, sensitivities

DEFAULT = RESULTS / "default"


def sensitivity_table(folder: str | Path, scenario: str = BASELINE) -> pd.DataFrame:
    """What every conclusion depends on: a row per held-out pattern and drawn parameter, the strongest first.

    `p` is corrected over all parameters, `significant` says whether it is below 5 %; `fifth_1` to `fifth_5` are shares of worlds in
    which the pattern holds, by fifth of the draws; beyond `turns_at` (in the parameter's unit; `turns_quantile` in its range; upwards
    or downwards) a pattern that holds in most worlds no longer does, or the reverse. A pattern that too few worlds fail (or meet) has
    one row without a parameter.
    """
    draws = read_draws(Path(folder), scenario)
    return pd.DataFrame([row for found in sensitivities(draws, held_out(draws.scenario)) for row in _rows(found, draws)])


def _rows(sensitivity: PatternSensitivity, draws: ParameterDraws) -> Iterator[dict[str, object]]:
    """The rows of one pattern."""
    pattern = sensitivity.pattern
    head: dict[str, object] = {
        "pattern": pattern.name,
        "claims": " ".join(pattern.claims),
        "worlds": len(sensitivity.holds),
        "share": sensitivity.share,
    }
    if not sensitivity.effects:
        yield head
    for effect in sensitivity.effects:
        setting, tipping = draws.settings[effect.path], effect.tipping_quantile
        yield head | {
            "parameter": effect.path,
            "grade": setting.grade,
            "unit": setting.unit,
            "distance": effect.distance,
            "p": effect.p,
            "significant": effect.significant,
            "direction": effect.direction,
            **{f"fifth_{i}": share for i, share in enumerate(effect.fifths, start=1)},
            "upwards": effect.upwards,
            "turns_quantile": np.nan if tipping is None else tipping,
            "turns_at": np.nan if tipping is None else sensitivity_text.value_at(setting, tipping),
        }


def explanation(subject: str, folder: str | Path = DEFAULT) -> list[str]:
    """Sentences on dependence, for a claim or a parameter; none for anything else, or for a claim without a held-out pattern.

    For a claim: which parameters would have to change, and how far within their range, for its conclusions to fail, the assumed ones
    first. For a parameter: which conclusions depend on it. Without results, one sentence that says what to run.
    """
    has_conclusion = any(subject in pattern.claims for pattern in load_patterns() if pattern.role == HELD_OUT)
    if not has_conclusion and "." not in subject:
        return []
    folder = Path(folder)
    if not folder.is_dir():
        return [f"This is read from results, and there are none in {folder} yet; `spheres run` makes them."]
    try:
        return _sentences(subject, has_conclusion, read_draws(folder, BASELINE))
    except (SettingsError, ScenarioError) as error:
        return [f"This is read from results, which cannot be read: {error}"]


def _sentences(subject: str, has_conclusion: bool, draws: ParameterDraws) -> list[str]:
    """The sentences, from the worlds of a result."""
    patterns = held_out(draws.scenario)
    if has_conclusion:
        own = [pattern for pattern in patterns if subject in pattern.claims]
        lines = [line for found in sensitivities(draws, own) for line in sensitivity_text.conclusion_lines(found, draws)]
        return lines or [f"No conclusion of {subject} can be evaluated on the worlds of {draws.scenario.name} alone, in {draws.folder}."]
    if subject in draws.quantiles:
        return sensitivity_text.parameter_lines(subject, list(sensitivities(draws, patterns)), draws)
    same = f"{subject} is the same in all worlds of {draws.folder}, so they do not show what depends on it."
    return [same] if subject in draws.settings else []
