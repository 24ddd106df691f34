"""Israel: strikes Iran-backed force that roots itself near the line or elsewhere (R20, R27), and presses Russia to restrain Iran (R78)."""

from dataclasses import dataclass

from sim.model.actors.actor import Actor, View
from sim.model.actors.agenda import Agenda
from sim.model.actors.goals import Goal
from sim.model.actors.indicators import mean_within, national, relative
from sim.model.state.dimensions import ByProvince, Row
from sim.model.state.dimensions import Instrument as I
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, RATE, WEIGHT, parameter


@dataclass
class Interests:
    """What Israel wants; weights are normalised to sum to 1."""

    keep_the_line_clear: Row = parameter(WEIGHT, "no Iran-backed force near the line of control (R27, R80)")
    stop_entrenchment: Row = parameter(WEIGHT, "no rooted Iran-backed force elsewhere (R20, R27)")
    cut_the_corridor: Row = parameter(WEIGHT, "no supply on the land corridor (R30; where is ours)")


@dataclass
class Israel:
    """Parameters of Israel."""

    interests: Interests
    strike_rate: Row = parameter(RATE, "strikes a month of its whole effort if every target were fully visible (R27)")
    escalation: Row = parameter(FACTOR, "how much regional tension multiplies the rate")
    pressure: Row = parameter(
        FACTOR, "pressure on Russia of its whole effort, for each visible presence inside the exclusion distance (R78)"
    )


def keep_the_line_clear(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as targets are felt inside the exclusion distance; at stake there, most where most of them stand."""
    return mean_within(v.provinces.exclusion, v.perceived.target), relative(v.provinces.exclusion * v.perceived.target_force)


def stop_entrenchment(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as targets are rooted where they are felt; at stake there."""
    return national(v.perceived.target_roots, v.perceived.target), v.perceived.target_roots * v.perceived.target


def cut_the_corridor(v: View) -> tuple[Row, ByProvince]:
    """Unmet as far as targets are felt along an open road from Iraq to Lebanon; at stake there."""
    corridor = v.traits["iraq_corridor"]
    return mean_within(corridor, v.perceived.target) * v.state.land_route, corridor * v.perceived.target


class IsraelActor(Actor[Israel]):
    """Israel decides where to strike, and how hard to press Moscow."""

    section = "israel"
    goals = (
        Goal("keep_the_line_clear", (I.STRIKES, I.PRESSURE), keep_the_line_clear, by_force=False),
        Goal("stop_entrenchment", (I.STRIKES,), stop_entrenchment, by_force=False),
        Goal("cut_the_corridor", (I.STRIKES,), cut_the_corridor, by_force=False),
    )

    def act(self, ensemble: Ensemble, p: Israel, agenda: Agenda, intent: Intent) -> None:
        """Strike by effort where targets are; press the other partner by what stands near the line."""
        escalation = ensemble.state.escalation
        intent.strikes["israel"] = strike_rate(escalation, p) * agenda.placed_on(self.section, I.STRIKES)
        push = p.pressure * agenda.total_on(self.section, I.PRESSURE) * (1.0 + escalation)
        intent.press(push * mean_within(ensemble.provinces.exclusion, ensemble.perceived.targets))

    def circumstances(self, ensemble: Ensemble, p: Israel) -> dict[str, Row]:
        """How often it would strike, and the tension behind that."""
        escalation = ensemble.state.escalation
        return {"strikes a month if every target were fully visible": strike_rate(escalation, p), "regional tension": escalation}


def strike_rate(escalation: Row, p: Israel) -> Row:
    """Strikes a month if every target were fully visible, (worlds,): more of them in times of regional tension."""
    return p.strike_rate * (1.0 + p.escalation * escalation)
