"""Israel: strikes Iran-backed force that roots itself near the line or elsewhere (R20, R27), and presses Russia to restrain Iran (R78)."""

from dataclasses import dataclass

from sim.model.actors.actor import StrikingActor
from sim.model.actors.discrete_choice import logit
from sim.model.actors.indicators import mean_within
from sim.model.actors.interests import weights_of
from sim.model.state.dimensions import ByProvince, Partner, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, RATE, WEIGHT, parameter


@dataclass
class Interests:
    """What Israel wants; weights are normalised to sum to 1.

    keep_the_line_clear: at stake inside the exclusion distance, where Iran-backed force is felt; moves strikes
    stop_entrenchment: at stake where Iran is rooted and its force is felt; moves strikes
    cut_the_corridor: at stake along the corridor, where Iran-backed force is felt; moves strikes
    """

    keep_the_line_clear: Row = parameter(WEIGHT, "no Iran-backed force near the line of control (R27, R80)")
    stop_entrenchment: Row = parameter(WEIGHT, "no rooted Iran-backed force elsewhere (R20, R27)")
    cut_the_corridor: Row = parameter(WEIGHT, "no supply on the land corridor (R30; where is ours)")


@dataclass
class Israel:
    """Parameters of Israel."""

    interests: Interests
    strike_rate: Row = parameter(RATE, "strikes a month if every target were fully visible (R27)")
    escalation: Row = parameter(FACTOR, "how much regional tension multiplies the rate")
    precision: Row = parameter(WEIGHT, "how sharply it chooses among provinces (logit precision)")
    pressure: Row = parameter(FACTOR, "pressure on Russia for each visible presence inside the exclusion distance (R78)")


class IsraelActor(StrikingActor[Israel]):
    """Israel decides where to strike, and how hard to press Moscow."""

    section = "israel"

    def intend(self, ensemble: Ensemble, p: Israel, intent: Intent) -> None:
        """Spread strikes by interests over provinces where Iran-backed force is felt; press Russia by what stands near the line."""
        perceived, inside = ensemble.perceived, ensemble.provinces.exclusion
        worth = self.strike_worth(ensemble, p, weights_of(p.interests))
        intent.israel = strike_rate(ensemble.state.escalation, p) * logit(worth, p.precision, perceived.force[Partner.IRAN] > 0.0)
        near = mean_within(inside, perceived.felt[Partner.IRAN])
        intent.press(p.pressure * near * (1.0 + ensemble.state.escalation))

    def circumstances(self, ensemble: Ensemble, p: Israel) -> dict[str, Row]:
        """How often it would strike, and the tension behind that."""
        escalation = ensemble.state.escalation
        return {"strikes a month if every target were fully visible": strike_rate(escalation, p), "regional tension": escalation}

    def strike_worth(self, ensemble: Ensemble, p: Israel, w: dict[str, Row]) -> ByProvince:
        """What striking in a province is worth by its interests of weights `w`, (P, worlds)."""
        provinces, felt = ensemble.provinces, ensemble.perceived.felt[Partner.IRAN]
        return (
            w["keep_the_line_clear"] * provinces.exclusion * felt
            + w["stop_entrenchment"] * ensemble.state.roots[Partner.IRAN] * felt
            + w["cut_the_corridor"] * provinces.traits["iraq_corridor"] * felt
        )


def strike_rate(escalation: Row, p: Israel) -> Row:
    """Strikes a month if every target were fully visible, (worlds,): more of them in times of regional tension."""
    return p.strike_rate * (1.0 + p.escalation * escalation)
