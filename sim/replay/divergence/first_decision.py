"""The first decision in which two worlds differ, and what drove it.

Of several actors that decide differently in the same month, those come first whose own parameters differ then, after them those whose
intentions differ most, as shares of the largest of their kind. What merely follows from an actor's other choices counts for little there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import Array
from sim.replay.divergence.decision_labels import DecisionLabels, scored_choice
from sim.replay.divergence.decision_recorder import BLANK, ActorDecision, DecisionRecorder, InterestContribution
from sim.replay.divergence.divergence_types import Decision, DecisionValue, DifferingChoice, DifferingParameter, InterestDifference

SAME = 1e-12  # intentions are compared up to rounding: an actor's part of one is a difference of sums
MOST_CHOICES, MOST_EFFORTS, MOST_REASONS = 3, 3, 5
TELLING = 0.001  # of an actor's effort: a smaller difference of what a goal gets is not named
_OWN = {"armed_groups": ("armed_groups.", "groups.")}  # the prefixes of an actor's own parameters, where not its name
_ALL = "choice."  # the prefix of the parameters that every actor chooses by
_SLIGHTLY = ("stake", "contract_stake", "aversion", "air", "target", "favour", "access")  # what follows from an actor's other choices
_DERIVED = dict.fromkeys(_SLIGHTLY, 0.01) | dict.fromkeys(("placed", "guarantee", "sustain"), 0.5)  # how much these count
_SLIGHT = 0.05  # of the largest difference: an intention that differs by less is not named beside it
_Gap = tuple[float, str, tuple[int, ...]]  # how much differs (as it counts), in which field of Intent, and at which of its elements


def first_decision(
    recorders: tuple[DecisionRecorder, DecisionRecorder],
    labels: DecisionLabels,
    iso: Sequence[str],
    parameters: Sequence[DifferingParameter],
    meanings: Mapping[str, str],
) -> Decision | None:
    """The first decision that differs."""
    found = _first_month(recorders)
    if found is None:
        return None
    month, differing = found
    a, b = (recorder.decided[month] for recorder in recorders)
    pairs = recorders[0].parameters[month], recorders[1].parameters[month]
    own = {actor: [d for d in parameters if d.path.startswith((*_OWN.get(actor, (f"{actor}.",)), _ALL))] for actor in differing}
    own = {actor: [d for d in mine if pairs[0][d.path] != pairs[1][d.path]] for actor, mine in own.items()}
    actor = min(differing, key=lambda one: (not own[one], -differing[one][0][0]))
    choices = []
    most = differing[actor][0][0]
    for _, name, at in [gap for gap in differing[actor] if gap[0] >= _SLIGHT * most][:MOST_CHOICES]:
        what, province = labels.choice(name, at)
        first, second = (_wrote(side[actor], name, at) for side in (a, b))
        choices.append(DifferingChoice(what, None if province is None else iso[province], first, second))
    others = sorted((one for one in differing if one != actor), key=lambda one: -differing[one][0][0])
    told = _Goals(a[actor], b[actor], f"{actor}.interests.", meanings, iso)
    reasons = next((some for _, name, at in differing[actor] if (some := told.behind(*scored_choice(name, at)))), ())
    values = tuple(DecisionValue(what, x, b[actor].values[what]) for what, x in a[actor].values.items())
    return Decision(month, actor, tuple(choices), tuple(others), tuple(own[actor]), told.efforts(), reasons, values)


def _first_month(recorders: tuple[DecisionRecorder, DecisionRecorder]) -> tuple[int, dict[str, list[_Gap]]] | None:
    """The first month in which any actor decides differently, with what differs by actor."""
    for month, (a, b) in enumerate(zip(recorders[0].decided, recorders[1].decided, strict=True)):
        differing = {actor: found for actor in a if (found := _differing(a[actor], b[actor]))}
        if differing:
            return month, differing
    return None


def _wrote(decided: ActorDecision, name: str, at: tuple[int, ...]) -> float:
    """An element of what an actor wrote, or left blank."""
    return float(decided.wrote[name][at]) if name in decided.wrote else BLANK.get(name, 0.0)


def _field(decided: ActorDecision, name: str, shape: tuple[int, ...]) -> Array:
    """A field as an actor wrote it, or left it blank."""
    return decided.wrote[name] if name in decided.wrote else np.full(shape, BLANK.get(name, 0.0))


def _differing(a: ActorDecision, b: ActorDecision) -> list[_Gap]:
    """Fields that differ, with the element that differs most and by how much of the field's largest; the largest difference first."""
    found: list[_Gap] = []
    for name in dict.fromkeys((*a.wrote, *b.wrote)):
        shape = (a.wrote if name in a.wrote else b.wrote)[name].shape
        one, two = (_field(side, name, shape) for side in (a, b))
        gap = np.abs(one - two)
        if name == "value":  # nobody attacks its own camp
            gap[range(len(gap)), range(len(gap))] = 0.0
        if gap.max() > SAME:
            at = tuple(int(i) for i in np.unravel_index(int(np.argmax(gap)), gap.shape))
            counts = _DERIVED.get(name.partition(":")[0], 1.0)
            found.append((float(counts * gap.max() / max(np.abs(one).max(), np.abs(two).max())), name, at))
    return sorted(found, key=lambda item: -item[0])


@dataclass(frozen=True)
class _Goals:
    """What an actor's goals add to its choices in both worlds. `prefix` is that of the parameters that weigh them."""

    first: ActorDecision
    second: ActorDecision
    prefix: str
    meanings: Mapping[str, str]
    iso: Sequence[str]

    def efforts(self) -> tuple[InterestDifference, ...]:
        """The goals whose share of the actor's effort differs most."""
        found = self.behind("effort", None)
        return tuple(one for one in found if abs(one.amount[0] - one.amount[1]) >= TELLING)[:MOST_EFFORTS]

    def behind(self, choice: str, province: int | None) -> tuple[InterestDifference, ...]:
        """The goals behind a choice (in a province), the largest difference first; none for a choice that follows from no goal."""
        one, two = ({one.interest: one for one in side.contributions if one.choice == choice} for side in (self.first, self.second))
        found = [self._difference(choice, province, name, one.get(name), two.get(name)) for name in dict.fromkeys((*one, *two))]
        found = sorted((one for one in found if any(one.amount)), key=lambda one: (-abs(one.amount[0] - one.amount[1]), -max(one.amount)))
        return tuple(found[:MOST_REASONS])

    def _difference(
        self, choice: str, province: int | None, name: str, one: InterestContribution | None, two: InterestContribution | None
    ) -> InterestDifference:
        where = None if province is None else self.iso[province]
        meaning = self.meanings.get(f"{self.prefix}{name}", name.replace("_", " "))
        weight = (None if one is None else one.weight, None if two is None else two.weight)
        need = (None if one is None else one.need, None if two is None else two.need)
        return InterestDifference(choice, where, name, meaning, weight, need, (_amount(one, province), _amount(two, province)))


def _amount(contribution: InterestContribution | None, province: int | None) -> float:
    """What a goal adds to a choice (in a province); nothing where it is not pursued."""
    if contribution is None:
        return 0.0
    return float(contribution.amount if province is None else contribution.amount[province])
