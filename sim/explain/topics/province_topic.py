"""A province: people, borders, traits, and at each start who holds it, which groups are there, roots, assets and sites."""

from collections.abc import Iterator, Mapping
from typing import Any

from sim.explain.answer import Answer, Topic, answer, passage
from sim.explain.topics.phrases import claim_lines, plain, province_names, shares
from sim.provenance.register import Register
from sim.scenario.value_parsers import plain as plain_data
from sim.text.names import with_article
from sim.text.number_format import capital

CAMPS = ("opposition", "sdf", "islamic_state")  # the rest of the territory is the government's


def names(register: Register) -> dict[str, str]:
    """Provinces by name and ISO code."""
    known = province_names(register)
    return {name: iso for iso, name in known.items()} | {iso: iso for iso in known}


def describe(register: Register, iso: str) -> Answer:
    """What the model holds on a province."""
    row = next(row for _, row in register.project.rows("provinces.csv") if row["iso_3166_2"] == iso)
    traits = [trait for _, trait in register.project.rows("traits.csv") if trait["province"] == iso]
    starts = sorted(register.starts, reverse=True)
    return answer(
        f"{row['name']} ({iso}), a province",
        passage("", _basics(row)),
        passage("Traits that rules read (sim/data/traits.csv)", map(_trait, traits)),
        *(passage(f"At the start of {start}", _at_start(register, start, iso)) for start in starts),
        passage("Economic assets (sim/data/assets.csv; holder in 2021)", _places(register, "assets.csv", row["name"], "holder_2021")),
        passage("Bases and crossings (sim/data/sites.csv; in 2021)", _places(register, "sites.csv", row["name"], "actor_2021")),
        passage("Towns inside it (sim/data/towns.csv)", _towns(register, iso)),
        passage("What the report says", claim_lines(register, " ".join(trait["source"] for trait in traits))),
    )


def _basics(row: Mapping[str, str]) -> Iterator[str]:
    """Population, area, borders and control with their sources."""
    yield f"Capital: {row['capital']}. Borders: {row['neighbours'].replace(';', ', ')}."
    yield f"People in 2021: about {float(row['pop_2021_model']):,.0f} ({row['src_pop_2021']})."
    yield f"Area: {float(row['area_cbs_km2']):,.0f} square kilometres ({row['src_pop_2011_and_area']})."
    yield f"Share of its area within 83 km of the line of Israeli control: {100 * float(row['share_within_83km_alpha']):.0f} %."
    yield f"Control in 2021: {row['ctl_basis']}, {row['ctl_uncertainty']} ({row['src_control']})."
    yield capital(row["notes"])


def _trait(row: Mapping[str, str]) -> str:
    return f"{plain(row['trait'])} {row['value']}, {row['grade']}: {row['source']}{'; ' if row['note'] else ''}{row['note']}"


def _at_start(register: Register, start: str, iso: str) -> Iterator[str]:
    """Control by camp, groups, roots, presence and strikes at one start."""
    state: dict[str, Any] = plain_data(register.starts[start])
    yield f"Territory: {_held(state['control'], iso)}. {_source(state['control'])}"
    if "people" in state:
        yield f"Population: {_held(state['people'], iso)}. {_source(state['people'])}"
    groups = {str(group["name"]): group["deployment"].get(iso, 0.0) for group in state["groups"].values()}
    present = shares(groups, {})
    yield f"Armed groups, each with the share of it that is here: {present}." if present else "No armed group is here."
    roots = ", ".join(f"{partner.title()} {state['roots'][partner].get(iso, 0.0):g}" for partner in ("russia", "iran"))
    yield f"Roots (0 to 1): {roots}. {_source(state['roots'])}"
    presence = state["presence"]["islamic_state"].get(iso, 0.0)
    yield f"Islamic State presence without territory (0 to 1): {presence:g}. {_source(state['presence'])}"
    strikes = state["strikes"]["per_month"].get(iso, 0.0)
    yield f"Strikes on Iran-backed presence a month: {strikes:g}. {_source(state['strikes'])}"


def _held(table: Mapping[str, Any], iso: str) -> str:
    others = {camp: table[camp].get(iso, 0.0) for camp in CAMPS if camp in table}
    whole = {"the government": 1.0 - sum(others.values())} | {with_article(camp): share for camp, share in others.items()}
    return shares({camp: round(share, 4) for camp, share in whole.items()}, {})


def _source(table: Mapping[str, Any]) -> str:
    return f"{table['grade']}: {table['source']}"


def _places(register: Register, table: str, name: str, holder: str) -> list[str]:
    rows = [row for _, row in register.project.rows(table) if row["province"] == name]
    return [f"{row['name']} ({row.get('sector') or row.get('kind')}): {row[holder] or 'no holder known'}" for row in rows]


def _towns(register: Register, iso: str) -> list[str]:
    return [f"{row['name']} ({row['key']}): {row['note']}" for _, row in register.project.rows("towns.csv") if row["province"] == iso]


TOPIC = Topic("province", names, describe)
