"""A condition of a rule in the parameter's own unit, as a share of its draws, with grade and claim."""

from dataclasses import dataclass

from sim.exploration.discovery.asked_worlds import AskedWorlds
from sim.exploration.discovery.boxes import Box, Side
from sim.model.state.parameters import ParameterValue
from sim.provenance.claim_index import numbers
from sim.text.number_format import percent
from sim.validation.sensitivity.sensitivity_text import drawn_range, value_at


@dataclass(frozen=True)
class Condition:
    """One end at which a rule cuts a parameter: where, in its unit (`value`) and among its draws (`quantile`)."""

    path: str
    upper: bool
    quantile: float
    value: float
    setting: ParameterValue
    times: int

    @property
    def share(self) -> float:
        """The share of the parameter's draws on the rule's side of the cut."""
        return self.quantile if self.upper else 1.0 - self.quantile

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims of the report that its number rests on."""
        return numbers(self.setting.source)

    @property
    def words(self) -> str:
        """In the parameter's unit, `israel.strike_rate below 3.1 strikes per month`."""
        return f"{self.path} {'below' if self.upper else 'above'} {self.value:.3g} {self.setting.unit}"

    @property
    def part(self) -> str:
        """As a share of its draws, `the lower 34 % of its draws, 2.2 to 8`."""
        return f"the {'lower' if self.upper else 'upper'} {percent(self.share)} of its draws, {drawn_range(self.setting)}"

    @property
    def ground(self) -> str:
        """What its number rests on, `assumed` or `inferred from R20 R27`."""
        return ground(self.setting)


def ground(setting: ParameterValue) -> str:
    """What a parameter's number rests on, `assumed` or `inferred from R20 R27`."""
    claims = " ".join(numbers(setting.source))
    return f"{setting.grade} from {claims}" if claims else setting.grade


def conditions(asked: AskedWorlds, box: Box, times: dict[Side, int]) -> list[Condition]:
    """The conditions of a box, in the order of the parameters."""
    return [condition(asked, side, box.bound(side), times.get(side, 0)) for side in box.sides]


def condition(asked: AskedWorlds, side: Side, quantile: float, times: int) -> Condition:
    """A condition at one end of a parameter."""
    path = asked.paths[side.factor]
    setting = asked.settings[path]
    return Condition(path, side.upper, quantile, value_at(setting, quantile), setting, times)
