"""Looking on while a world is run again: what every actor decided each month, what its goals added, and the parameters in force."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from sim.model.actors.actor import Actor, decide
from sim.model.state.dimensions import Array, Row
from sim.model.state.intent import Intent
from sim.replay.divergence.score_decomposition import terms_of

DECIDE = "2 decide"  # the step of the schedule in which actors write their intentions
BLANK = {"sustain": 1.0, "sent": 1.0, "access": 1.0}  # what stands in an intention before anybody decides; elsewhere nothing


@dataclass(frozen=True)
class InterestContribution:
    """What one goal adds to a choice (as in ScoreTerm) in the one world: `amount` is a number, or (provinces,)."""

    choice: str
    interest: str
    weight: float | None
    need: float | None
    amount: Array


@dataclass(frozen=True)
class ActorDecision:
    """What an actor did to the month's intentions: for each field of Intent that it changed its own part of it, without the worlds axis."""

    wrote: Mapping[str, Array]
    contributions: tuple[InterestContribution, ...]
    values: Mapping[str, float]


class DecisionRecorder:
    """Notes decisions and parameters of a world's first column, month by month; for `replay(..., prepare=watch.begin)`.

    `decided` has for every month what each actor decided, by its section; `parameters` what was in force then.
    """

    def __init__(self) -> None:
        self.decided: list[dict[str, ActorDecision]] = []
        self.parameters: list[dict[str, float]] = []
        self.groups: tuple[str, ...] = ()
        self._model: Any = None
        self._of: Any = None
        self._before: dict[str, Array] = {}

    def begin(self, model: Any) -> None:
        """Look on from the first month on."""
        self._model, model.timed = model, self._step
        self.groups = tuple(model.ensemble.groups.name)

    def _step(self, name: str, run: Callable[[], Any]) -> Any:
        """Run a step of the month; the one in which actors decide, actor by actor, in their own order."""
        if name != DECIDE:
            return run()
        model = self._model
        if model.p is not self._of:  # made anew when a scripted event begins or ends
            self._of, now = model.p, dict(parameter_values(model.p))
        else:
            now = self.parameters[-1]
        self.parameters.append(now)
        self.decided.append({})
        self._before = _seen(model.ensemble.intent)
        plan = model.ensemble.agenda.plan
        decide(model.agents, plan, plan.weights(model.p), model.ensemble, model.p, self._acted)
        return None

    def _acted(self, agent: Actor[Any]) -> None:
        """Note what an actor has just written."""
        after = _seen(self._model.ensemble.intent)
        wrote, decided = _parts(self._before, after), self.decided[-1]
        if wrote or agent.section not in decided:
            decided[agent.section] = ActorDecision(wrote, *_reasons(agent, self._model))
        self._before = after


def parameter_values(section: Any, prefix: str = "") -> list[tuple[str, float]]:
    """Every parameter below a section in the first world, by path."""
    found: list[tuple[str, float]] = []
    members = section if isinstance(section, dict) else {f.name: getattr(section, f.name) for f in fields(section)}
    for name, value in members.items():
        if isinstance(value, dict) or is_dataclass(value):
            found.extend(parameter_values(value, f"{prefix}{name}."))
        else:
            found.append((f"{prefix}{name}", float(np.ravel(value)[0])))
    return found


def _reasons(agent: Actor[Any], model: Any) -> tuple[tuple[InterestContribution, ...], dict[str, float]]:
    p = agent.parameters(model.p)
    contributions = tuple(
        InterestContribution(term.choice, term.interest, _first(term.weight), _first(term.need), np.array(term.amount[..., 0]))
        for term in terms_of(agent, model.ensemble, p)
    )
    return contributions, {name: float(row[0]) for name, row in agent.circumstances(model.ensemble, p).items()}


def _first(row: Row | None) -> float | None:
    """The first world of a row, if there is one."""
    return None if row is None else float(row[0])


def _seen(intent: Intent) -> dict[str, Array]:
    """The intentions of the first world as they stand, without the worlds axis."""
    seen: dict[str, Array] = {}
    for f in fields(intent):
        value = getattr(intent, f.name)
        if isinstance(value, dict):
            seen.update({f"{f.name}:{name}": np.array(row[..., 0]) for name, row in value.items()})
        else:
            seen[f.name] = np.array(value[..., 0])
    return seen


def _parts(before: Mapping[str, Array], after: Mapping[str, Array]) -> dict[str, Array]:
    """What was written between two views of the intentions, field by field; what was blank before counts from what blank means."""
    parts = {}
    for name, now in after.items():
        was = before.get(name, np.zeros_like(now))
        changed = now != was
        if changed.any():
            parts[name] = np.where(changed, now - was + BLANK.get(name, 0.0), BLANK.get(name, 0.0))
    return parts
