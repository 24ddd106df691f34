"""What hangs on what: the parameters that set the worlds in which a conclusion holds apart from those in which it fails.

Read from a folder of results; only patterns left to speak are looked at. The method is in `regional.py`, the words in `hinge_words.py`.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from sim.experiment.run_settings import RESULTS, SettingsError
from sim.scenario import ScenarioError
from sim.validation.patterns.conclusions import SPEAKS, speaking
from sim.validation.patterns.pattern_file import BASELINE, load_patterns
from sim.validation.sensitivity import sensitivity_text as hinge_words
from sim.validation.sensitivity.parameter_draws import Drawn, Found, find, read_drawn

DEFAULT = RESULTS / "default"


def hinges(folder: str | Path, scenario: str = BASELINE) -> pd.DataFrame:
    """What every conclusion hangs on: a row per pattern left to speak and drawn parameter, the strongest first.

    `p` is corrected over all parameters; `fifth_1` to `fifth_5` are shares of worlds in which the pattern holds, by fifth of the
    draws; beyond `turns_at` (in the parameter's unit; `turns_quantile` in its range; upwards or downwards) the pattern is on the other
    side of half of the worlds than over all. A pattern that too few worlds fail (or bear out) has one row without a parameter.
    """
    drawn = read_drawn(Path(folder), scenario)
    return pd.DataFrame([row for found in find(drawn, speaking(drawn.scenario)) for row in _rows(found, drawn)])


def _rows(found: Found, drawn: Drawn) -> Iterator[dict[str, object]]:
    """The rows of one pattern."""
    pattern = found.pattern
    head: dict[str, object] = {
        "pattern": pattern.name,
        "claims": " ".join(pattern.claims),
        "worlds": len(found.holds),
        "share": found.share,
    }
    if not found.hinges:
        yield head
    for hinge in found.hinges:
        setting, turns = drawn.settings[hinge.path], hinge.turns
        yield head | {
            "parameter": hinge.path,
            "grade": setting.grade,
            "unit": setting.unit,
            "distance": hinge.distance,
            "p": hinge.p,
            "told": hinge.told,
            "direction": hinge.direction,
            **{f"fifth_{i}": share for i, share in enumerate(hinge.fifths, start=1)},
            "upwards": hinge.upwards,
            "turns_quantile": np.nan if turns is None else turns,
            "turns_at": np.nan if turns is None else hinge_words.value_at(setting, turns),
        }


def told(subject: str, folder: str | Path = DEFAULT) -> list[str]:
    """Sentences on what hangs on what, for a claim or a parameter; none for anything else, or where no conclusion is left to speak.

    For a claim: which parameters would have to move, and how far within their range, for its conclusions to fail, the assumed ones
    first. For a parameter: which conclusions hang on it. Without results, one sentence that says what to run.
    """
    concluded = any(subject in pattern.claims for pattern in load_patterns() if pattern.role == SPEAKS)
    if not concluded and "." not in subject:
        return []
    folder = Path(folder)
    if not folder.is_dir():
        return [f"What hangs on what is read from results, and {folder} is not there yet: `spheres run` writes it."]
    try:
        return _told(subject, concluded, read_drawn(folder, BASELINE))
    except (SettingsError, ScenarioError) as fault:
        return [f"What hangs on what cannot be read: {fault}"]


def _told(subject: str, concluded: bool, drawn: Drawn) -> list[str]:
    """The sentences, from the worlds of a result."""
    patterns = speaking(drawn.scenario)
    if concluded:
        own = [pattern for pattern in patterns if subject in pattern.claims]
        lines = [line for found in find(drawn, own) for line in hinge_words.of_conclusion(found, drawn)]
        return lines or [f"No conclusion of {subject} can be judged on the worlds of {drawn.scenario.name} alone, in {drawn.folder}."]
    if subject in drawn.quantiles:
        return hinge_words.of_parameter(subject, list(find(drawn, patterns)), drawn)
    same = f"{subject} is the same in all worlds of {drawn.folder}, so nothing can be read from them on what hangs on it."
    return [same] if subject in drawn.settings else []
