"""A sweep as typed, `israel.strike_rate=1:8:5`, as a design: a grid that has today's value among its levels."""

from collections.abc import Sequence

from sim.experiment.run_settings import SettingsError
from sim.exploration.design import design_points as points
from sim.exploration.design.design import MOST_ROWS, Design, Factor, Lucks
from sim.exploration.design.factor_checks import check_levels, check_path, implausible
from sim.exploration.design.levels import levels_of
from sim.scenario import Scenario
from sim.text.suggestions import quote

MOST_FACTORS = 2
TODAY_QUANTILE = 0.5  # of the two-piece distribution that parameters are drawn from: its median is the central value


def sweep_design(words: Sequence[str], scenario: Scenario, lucks: Lucks, as_quantiles: bool, drawn: bool) -> tuple[Design, list[str]]:
    """The design of a sweep, and notices. Raises SettingsError with every fault of the words."""
    faults, notices = [], []
    levels: dict[str, tuple[float, ...]] = {}
    for word in words:
        path, sign, text = word.partition("=")
        path = path.strip()
        fault = check_path(path, scenario) if sign else None
        found = levels_of(text)
        if not sign:
            faults.append(f"{quote(word)} is not a sweep; write, for instance, israel.strike_rate=1:8:5.")
        elif fault is not None:
            faults.append(f"{fault.text} {fault.hint}".rstrip())
        elif isinstance(found, str):
            faults.append(f"{quote(word)}: {found}. Write {path}=1,2,4,8 or {path}=1:8:5.")
        elif (wrong := check_levels(path, found, as_quantiles, scenario)) is not None:
            faults.append(f"{wrong.text} {wrong.hint}".rstrip())
        elif path in levels:
            faults.append(f"'{path}' is given twice.")
        else:
            levels[path] = with_today(found, today(path, scenario, as_quantiles))
            notices += [] if as_quantiles else [notice for notice in [implausible(path, found, scenario)] if notice]
    if not faults and not levels:
        faults.append("no parameter is named; write, for instance, israel.strike_rate=1:8:5.")
    if not faults and len(levels) > MOST_FACTORS:
        faults.append("a sweep turns one parameter, or two; for more write a design file (spheres design --help).")
    if faults:
        raise SettingsError("\n".join(faults))
    grid = points.grid(list(levels.values()))
    if len(grid) * lucks.n > MOST_ROWS:
        raise SettingsError(f"{len(grid) * lucks.n:,} rows are too many; at most {MOST_ROWS:,} can be run.")
    factors = tuple(Factor(path, as_quantiles) for path in levels)
    return Design("sweep", scenario, "grid", factors, grid, lucks, drawn), notices


def today(path: str, scenario: Scenario, as_quantiles: bool) -> float:
    """The central value of a parameter in a scenario, or its quantile."""
    return TODAY_QUANTILE if as_quantiles else scenario.settings[path].central()


def with_today(levels: Sequence[float], value: float) -> tuple[float, ...]:
    """Levels in ascending order, with today's among them; one that is today's but for rounding takes its place."""
    near = max(abs(value), 1e-9) * 1e-9
    return tuple(sorted({*(level for level in levels if abs(level - value) > near), value}))
