"""An armed group: whom it follows, how many, where, and what is known of it."""

from collections.abc import Iterator
from typing import Any

from sim.explain.answer import Answer, Kind, answer, passage
from sim.explain.topics.phrases import amount, claim_lines, parameter_line, province_names, shares
from sim.provenance.register import Register
from sim.scenario import Scenario
from sim.scenario.value_parsers import plain as plain_data
from sim.text.names import with_article


def names(register: Register) -> dict[str, str]:
    """Groups of all starts, by key and by name."""
    found: dict[str, str] = {}
    for table in _tables(register).values():
        for key, group in table.items():
            found |= {str(group["name"]): key, key: key}
    return found


def describe(register: Register, key: str) -> Answer:
    """The group at each start."""
    tables = _tables(register)
    sources = " ".join(str(table[key]["source"]) for table in tables.values() if key in table)
    traits = [one for path, one in register.baseline.settings.items() if path.startswith(f"groups.{key}.")]
    latest = next(table[key] for start, table in sorted(tables.items(), reverse=True) if key in table)
    return answer(
        f"{latest['name']} ({key}), an armed group",
        passage("", [_who(latest)]),
        *(passage(f"At the start of {start}", _at(register, start, key, table)) for start, table in sorted(tables.items(), reverse=True)),
        passage("Traits", [f"{parameter_line(one)}. Source: {one.source}" for one in traits]),
        passage("What the report says", claim_lines(register, sources)),
    )


def _tables(register: Register) -> dict[str, dict[str, Any]]:
    """The groups of every start file."""
    tables = {start: (root.entries or {}).get("groups") for start, root in register.starts.items()}
    return {start: plain_data(node) for start, node in tables.items() if node is not None}


def _who(group: dict[str, Any]) -> str:
    """Leader, camp and kind in a sentence."""
    base = "has bases outside Syria, to which it can go" if group["foreign"] else "recruits where it sits"
    army = "; it fights as well as the army's quality allows" if group["army"] else ""
    leader, camp = with_article(str(group["leader"])), with_article(str(group["camp"]))
    return f"As far as it obeys it follows {leader}; it fights in the camp of {camp}. It {base}{army}."


def _at(register: Register, start: str, key: str, table: dict[str, Any]) -> Iterator[str]:
    """Manpower, home and places at one start, with grade and source."""
    if key not in table:
        return
    group, provinces = table[key], province_names(register)
    scenario = next((one for one in register.scenarios.values() if one.start == start), None)
    yield from _manpower(scenario, key)
    yield f"Places (shares of it): {shares(group['deployment'], provinces)}. Rooted in {provinces[group['home']]}."
    if group.get("abroad"):
        yield f"{100 * group['abroad']:g} % of it is outside Syria at the start."
    yield f"{group['grade']}: {group['source']}"


def _manpower(scenario: Scenario | None, key: str) -> Iterator[str]:
    setting = scenario.settings.get(f"groups.{key}.manpower") if scenario else None
    if setting is not None:
        yield f"Manpower: {amount(setting)}. {setting.grade}: {setting.source}"


KIND = Kind("armed group", names, describe)
