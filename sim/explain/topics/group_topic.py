"""An armed group: whom it follows, how large it is, where it is, and what is known about it."""

from collections.abc import Iterator
from typing import Any

from sim.explain.answer import Answer, Topic, answer, passage
from sim.explain.topics.phrases import amount, claim_lines, province_names, settings_below, shares, sourced_parameter_line
from sim.provenance.register import Register
from sim.scenario import Scenario
from sim.scenario.value_parsers import plain as plain_data
from sim.text.names import with_article


def names(register: Register) -> dict[str, str]:
    """Groups of all starts, by key and by name."""
    groups: dict[str, str] = {}
    for table in _tables(register).values():
        for key, group in table.items():
            groups |= {str(group["name"]): key, key: key}
    return groups


def describe(register: Register, key: str) -> Answer:
    """The group at each start, the latest first."""
    tables = _tables(register)
    with_group = {start: tables[start][key] for start in sorted(tables, reverse=True) if key in tables[start]}
    latest = next(iter(with_group.values()))
    return answer(
        f"{latest['name']} ({key}), an armed group",
        passage("", [_allegiance(latest)]),
        *(passage(f"At the start of {start}", _at_start(register, start, key, group)) for start, group in with_group.items()),
        passage("Traits", map(sourced_parameter_line, settings_below(register, f"groups.{key}."))),
        passage("What the report says", claim_lines(register, " ".join(str(tables[start][key]["source"]) for start in sorted(with_group)))),
    )


def _tables(register: Register) -> dict[str, dict[str, Any]]:
    """The groups of every start file."""
    tables = {start: (root.entries or {}).get("groups") for start, root in register.starts.items()}
    return {start: plain_data(node) for start, node in tables.items() if node is not None}


def _allegiance(group: dict[str, Any]) -> str:
    """Leader, camp and recruitment in a sentence or two."""
    base = "has bases outside Syria, to which it can withdraw" if group["foreign"] else "recruits where it is based"
    army = "; it fights as well as the army's quality allows" if group["army"] else ""
    leader, camp = with_article(str(group["leader"])), with_article(str(group["camp"]))
    return f"It follows {leader} to the degree that it obeys, and fights in the camp of {camp}. It {base}{army}."


def _at_start(register: Register, start: str, key: str, group: dict[str, Any]) -> Iterator[str]:
    """Manpower, home and places at one start, with grade and source."""
    names = province_names(register)
    scenario = next((scenario for scenario in register.scenarios.values() if scenario.start == start), None)
    yield from _manpower(scenario, key)
    yield f"Deployment (shares of the group): {shares(group['deployment'], names)}. Home: {names[group['home']]}."
    if group.get("abroad"):
        yield f"{100 * group['abroad']:g} % of it is outside Syria at the start."
    yield f"{group['grade']}: {group['source']}"


def _manpower(scenario: Scenario | None, key: str) -> Iterator[str]:
    setting = scenario.settings.get(f"groups.{key}.manpower") if scenario else None
    if setting is not None:
        yield f"Manpower: {amount(setting)}. {setting.grade}: {setting.source}"


TOPIC = Topic("armed group", names, describe)
