"""Shares sum to one, nothing is negative, nothing is not a number, whatever the parameters within bounds."""

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sim.model.state.parameters import ParameterValue
from sim.scenario import Scenario

from .bench import Given, Rows, faults

WORLDS, MONTHS = 48, 9


def sane(setting: ParameterValue) -> tuple[float, float]:
    """Bounds of the kind, at most five times as far as the plausible range goes."""
    low, high = setting.range or (setting.value, setting.value)
    far = 5.0 * max(abs(low), abs(high), 0.1)
    return max(setting.kind.low, -far), min(setting.kind.high, far)


def at_random(scenario: Scenario, seed: int) -> Rows:
    """Every parameter anywhere within sane bounds, in each world apart; one number in ten lies at a bound itself."""
    rng = np.random.default_rng(seed)
    rows = {}
    for path, setting in sorted(scenario.settings.items()):
        low, high = sane(setting)
        toss = rng.random(WORLDS)
        rows[path] = np.select([toss < 0.05, toss > 0.95], [low, high], rng.uniform(low, high, WORLDS))
    return rows


def test_what_must_hold_holds_under_random_parameters(baseline: Scenario) -> None:
    @settings(max_examples=6, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(seed=st.integers(0, 2**32 - 1))
    def holds(seed: int) -> None:  # the scenario is no argument: it is too large to print
        with np.errstate(all="raise", under="ignore"):
            model = Given(baseline, at_random(baseline, seed), MONTHS)
            while model.running:
                model.step()
                assert faults(model) == {}, f"in month {model.month}"
            model.finish()

    holds()


def one_at_a_time(scenario: Scenario, side: str) -> tuple[list[str], Rows]:
    """A world for each parameter, in which it alone stands at a bound of its kind; the parameters and the rows."""
    paths = [path for path, s in sorted(scenario.settings.items()) if not path.startswith("definitions.")]
    rows = {}
    for i, path in enumerate(paths):
        setting = scenario.settings[path]
        rows[path] = np.full(len(paths), setting.central())
        rows[path][i] = getattr(setting.kind, side)
    return paths, rows


@pytest.mark.parametrize("root", [False, True], ids=["scenario", "root"])
@pytest.mark.parametrize("side", ["low", "high"])
def test_what_must_hold_holds_with_any_parameter_at_a_bound_of_its_kind(baseline: Scenario, side: str, root: bool) -> None:
    paths, rows = one_at_a_time(baseline, side)
    with np.errstate(all="raise", under="ignore"):
        model = Given(baseline, rows, MONTHS, root)
        broken: dict[str, str] = {}
        while model.running:
            model.step()
            for fault, worlds in faults(model).items():
                for world in worlds:
                    broken.setdefault(paths[world], f"{fault} in month {model.month}")
    assert broken == {}
