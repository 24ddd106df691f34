"""The first decision in which two worlds differ, and what drove it.

Of several actors that decide differently in the same month, those come first whose own parameters differ then, after them those whose
intentions differ most, as shares of the largest of their kind. What merely follows from an actor's other choices counts for little there.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from sim.model.state.dimensions import Array
from sim.replay.divergence.decision_labels import DecisionLabels, scored_choice
from sim.replay.divergence.decision_recorder import BLANK, ActorDecision, DecisionRecorder
from sim.replay.divergence.divergence_types import Decision, DecisionValue, DifferingChoice, DifferingParameter, InterestDifference

SAME = 1e-12  # intentions are compared up to rounding: an actor's part of one is a difference of sums
MOST_CHOICES, MOST_REASONS = 3, 5
_OWN = {"armed_groups": ("armed_groups.", "groups.")}  # the prefixes of an actor's own parameters, where not its name
_DERIVED = {"stake": 0.01, "aversion": 0.01, "air": 0.01, "target": 0.01, "guarantee": 0.5, "sustain": 0.5}  # how much they count
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
    own = {actor: [d for d in parameters if d.path.startswith(_OWN.get(actor, (f"{actor}.",)))] for actor in differing}
    own = {actor: [d for d in mine if pairs[0][d.path] != pairs[1][d.path]] for actor, mine in own.items()}
    actor = min(differing, key=lambda one: (not own[one], -differing[one][0][0]))
    choices = []
    most = differing[actor][0][0]
    for _, name, at in [gap for gap in differing[actor] if gap[0] >= _SLIGHT * most][:MOST_CHOICES]:
        what, province = labels.choice(name, at)
        first, second = (_wrote(side[actor], name, at) for side in (a, b))
        choices.append(DifferingChoice(what, None if province is None else iso[province], first, second))
    others = sorted((one for one in differing if one != actor), key=lambda one: -differing[one][0][0])
    kept = (_reasons(a[actor], b[actor], name, at, f"{actor}.interests.", meanings, iso) for _, name, at in differing[actor])
    reasons = next((some for some in kept if some), ())
    values = tuple(DecisionValue(what, x, b[actor].values[what]) for what, x in a[actor].values.items())
    return Decision(month, actor, tuple(choices), tuple(others), tuple(own[actor]), reasons, values)


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
    spent = [side.wrote.get("effort", np.zeros(())) > 0.0 for side in (a, b)]
    for name in dict.fromkeys((*a.wrote, *b.wrote)):
        shape = (a.wrote if name in a.wrote else b.wrote)[name].shape
        one, two = (_field(side, name, shape) for side in (a, b))
        if name == "place":  # where nothing is spent, a place means nothing
            one, two = (x * (spent[0] & spent[1])[..., np.newaxis] for x in (one, two))
        gap = np.abs(one - two)
        if name == "value":  # nobody attacks its own camp
            gap[range(len(gap)), range(len(gap))] = 0.0
        if gap.max() > SAME:
            at = tuple(int(i) for i in np.unravel_index(int(np.argmax(gap)), gap.shape))
            counts = _DERIVED.get(name.partition(":")[0], 1.0)
            found.append((float(counts * gap.max() / max(np.abs(one).max(), np.abs(two).max())), name, at))
    return sorted(found, key=lambda item: -item[0])


def _reasons(
    a: ActorDecision, b: ActorDecision, name: str, at: tuple[int, ...], prefix: str, meanings: Mapping[str, str], iso: Sequence[str]
) -> tuple[InterestDifference, ...]:
    """The interests behind a choice in both worlds; for effort also those whose pull on other instruments differs, the largest first."""
    choice, province = scored_choice(name, at)
    kind = "effort:" if choice.startswith("effort:") else choice
    found = []
    for one, two in zip(a.contributions, b.contributions, strict=True):
        if choice and one.choice.startswith(kind):
            amounts = [float(w.amount if w.amount.ndim == 0 else w.amount[province]) for w in (one, two)]
            if any(amounts) and (one.choice == choice or amounts[0] != amounts[1]):
                found.append((one.choice == choice, one, two, amounts))
    found.sort(key=lambda item: (-abs(item[3][0] - item[3][1]), not item[0], -max(item[3])))
    return tuple(
        InterestDifference(
            one.choice,
            None if province is None else iso[province],
            one.interest,
            meanings.get(f"{prefix}{one.interest}", one.interest.replace("_", " ")),
            (one.weight, two.weight),
            (one.need, two.need),
            (amounts[0], amounts[1]),
        )
        for _, one, two, amounts in found[:MOST_REASONS]
    )
