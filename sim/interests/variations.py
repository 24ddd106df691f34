"""Which scenarios are run: for every interest that an actor pursues, one without it, and one with twice its weight."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.experiment.run_settings import SettingsError
from sim.model.state.parameters import Change, Kind
from sim.scenario import Scenario, ScriptedEvent
from sim.scenario.scenario import SetEntry
from sim.text.names import interest_name, with_article
from sim.text.suggestions import did_you_mean, quote

AWAY, DOUBLED = "taken away", "doubled"
CHANGES = (AWAY, DOUBLED)
_MADE = {AWAY: Change("set", 0.0), DOUBLED: Change("scale", 2.0)}
_STEMS = {AWAY: "without", DOUBLED: "double"}
_QUESTIONS = {AWAY: "What if {} gave no weight to '{}'?", DOUBLED: "What if {} gave twice the weight to '{}'?"}
_SECTION = "interests"


@dataclass(frozen=True)
class Variation:
    """A scenario in which one interest of one actor is changed, and nothing else; `change` is one of CHANGES."""

    actor: str
    interest: str
    change: str
    scenario: Scenario


def interests_of(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """The interests that each actor pursues, in the order of the parameters; one whose weight is 0 in every world is none."""
    found: dict[str, list[str]] = {}
    for path in scenario.settings:
        actor, *between, interest = path.split(".")
        if between == [_SECTION] and _is_pursued(scenario, path):
            found.setdefault(actor, []).append(interest)
    return {actor: tuple(names) for actor, names in found.items()}


def select_actors(scenario: Scenario, names: Sequence[str]) -> tuple[str, ...]:
    """The actors of these names, all that have interests by default, in the order of the parameters. Raises SettingsError."""
    known = interests_of(scenario)
    unknown = [name for name in dict.fromkeys(names) if name not in known]
    if unknown or not known:
        faults = [f"--actor: {quote(name)} has no interests in '{scenario.name}'. {did_you_mean(name, known)}" for name in unknown]
        raise SettingsError("\n".join(faults) or f"No actor of '{scenario.name}' has interests.")
    return tuple(actor for actor in known if not names or actor in names)


def reference(scenario: Scenario) -> Scenario:
    """The scenario as that with which its variations are compared."""
    return replace(scenario, root=scenario.name)


def variations(scenario: Scenario, actors: Sequence[str]) -> tuple[Variation, ...]:
    """Two variations for every interest of some actors."""
    known = interests_of(scenario)
    each = ((actor, interest) for actor in known if actor in actors for interest in known[actor])
    return tuple(
        Variation(actor, interest, change, _varied(scenario, actor, interest, change)) for actor, interest in each for change in CHANGES
    )


def _is_pursued(scenario: Scenario, path: str) -> bool:
    """Whether the weight is above 0 in any world, at the start or by a scripted event."""
    setting = scenario.settings[path]
    return setting.varies or setting.central() != 0.0 or any(changed == path for event in scenario.events for changed, _ in event.changes)


def _varied(scenario: Scenario, actor: str, interest: str, change: str) -> Scenario:
    """The scenario with one interest changed from the start to the horizon."""
    path, made, name = f"{actor}.{_SECTION}.{interest}", _MADE[change], f"{scenario.name}-{_STEMS[change]}-{actor}.{interest}"
    setting = scenario.settings[path]
    return replace(
        scenario,
        name=name,
        question=_QUESTIONS[change].format(with_article(actor), interest_name(interest)),
        extends=scenario.name,
        lineage=(*scenario.lineage, name),
        root=scenario.name,
        settings={**scenario.settings, path: setting.changed(made)},
        events=tuple(_event(event, path, change, setting.kind) for event in scenario.events),
        beyond=tuple(_event(event, path, change, setting.kind) for event in scenario.beyond),
        sets=(*scenario.sets, SetEntry(path, made, setting.file, setting.line, f"the interest is {change}")),
    )


def _event(event: ScriptedEvent, path: str, change: str, kind: Kind) -> ScriptedEvent:
    """A scripted event that leaves the interest taken away, or doubles what it sets; times 2 stays times 2 of what was doubled."""
    if change == AWAY:
        return replace(event, changes=tuple(pair for pair in event.changes if pair[0] != path))
    doubled = tuple((at, _doubled(one, kind) if at == path and one.how != "scale" else one) for at, one in event.changes)
    return replace(event, changes=doubled)


def _doubled(change: Change, kind: Kind) -> Change:
    return Change(change.how, min(2.0 * change.amount, kind.high), min(2.0 * change.upper, kind.high))
