"""What `spheres search` is asked: a scenario, two measures whose plane is explored, perhaps an outcome to be found, and how many worlds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.compare.quantities import Quantity
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_key import model_version
from sim.experiment.storage.manifest import versions
from sim.exploration.outcome import Outcome, parse_outcome
from sim.scenario import Scenario

FORM = 1  # of the questions that are asked of a log: another number where the meaning of its rows changes
_PLANES = {  # the plane in which a rare outcome is looked for, by the kind of its quantity
    "outcome": ("delimitation", "balance"),
    "territory": ("territory_share", "morale"),
    "fallen": ("territory_share", "morale"),
}
_BESIDE = ("balance", "delimitation")  # beside a measure of which a level is wanted


@dataclass(frozen=True)
class ReachQuestion:
    """`measures` span the plane, `wanted` is the outcome to be found, if any, in at least the share `holds` of lucks.

    `budget` worlds are random and as many are searched; each shown point is run again under `n_lucks` other lucks.
    """

    name: str
    scenario: Scenario
    measures: tuple[Outcome, Outcome]
    wanted: Outcome | None = None
    budget: int = 4000
    seed: int = 1
    n_lucks: int = 15
    holds: float = 0.5

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What is asked of each world: the two measures, then the wanted outcome."""
        return (*self.measures, *(() if self.wanted is None else (self.wanted,)))

    @property
    def paths(self) -> tuple[str, ...]:
        """The parameters that worlds draw."""
        return tuple(path for path, setting in self.scenario.settings.items() if setting.varies)

    def described(self) -> dict[str, Any]:
        """Everything that determines what a row of the log means, part by part, so that a difference can be named."""
        known = versions()
        return {
            "form": FORM,
            "scenario": {self.scenario.name: self.scenario.digest()},
            "months": self.scenario.months,
            "seed": self.seed,
            "outcomes": [outcome.text for outcome in self.outcomes],
            "model": {"code and tables": model_version()[:16]},
            "versions": {name: known[name] for name in ("python", "machine", "numpy") if name in known},
        }


def plane(over: str | None, wanted: Outcome | None) -> tuple[Outcome, Outcome]:
    """The two measures named, or those in which the wanted outcome is looked for. Raises SettingsError."""
    if over is None:
        if wanted is None:
            raise SettingsError("Say what to look for: `--over delimitation,balance` for two measures, or an outcome, such as breakdown.")
        names: Sequence[str] = _plane_of(wanted.quantity)
    else:
        names = [name.strip() for name in over.split(",") if name.strip()]
    if len(names) != 2:
        raise SettingsError(f"--over: two measures are needed, separated by a comma, such as delimitation,balance; not {len(names)}.")
    one, other = (parse_outcome(name, "--over") for name in names)
    for outcome in (one, other):
        if outcome.is_share:
            raise SettingsError(
                f"--over: '{outcome.text}' is yes or no in each world, and spans no plane; to look for it: spheres search '{outcome.text}'."
            )
    if one.text == other.text:
        raise SettingsError(f"--over: '{one.text}' is named twice; name two measures.")
    return one, other


def wanted_outcome(text: str | None) -> Outcome | None:
    """The outcome to be found, if one is named. Raises SettingsError for a measure without a level."""
    if text is None:
        return None
    outcome = parse_outcome(text, "OUTCOME")
    if not outcome.is_share:
        raise SettingsError(
            f"OUTCOME: '{outcome.text}' is a number in each world; say from where on it is meant, such as '{outcome.text}>0.6', "
            f"or explore it beside another: --over {outcome.text},{next(name for name in _BESIDE if name != outcome.text)}."
        )
    return outcome


def _plane_of(quantity: Quantity) -> tuple[str, str]:
    if quantity.kind in _PLANES:
        return _PLANES[quantity.kind]
    if quantity.measure is None:  # the sphere of a province
        return _PLANES["outcome"]
    name = quantity.name if quantity.kind in ("index", "effort") else f"{quantity.name}@{quantity.province}"
    return name, next(beside for beside in _BESIDE if beside != quantity.name)
