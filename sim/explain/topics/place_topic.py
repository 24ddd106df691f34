"""Named places inside provinces: economic assets, bases and crossings, towns."""

from collections.abc import Callable

from sim.explain.answer import Answer, Kind, answer, passage
from sim.explain.topics.phrases import claim_lines, opened, province_names
from sim.provenance.register import Register
from sim.text.names import with_article

STATUS = {"sourced": "from the page named", "recalled": "from general knowledge; no page was opened"}


def _names(table: str) -> Callable[[Register], dict[str, str]]:
    return lambda register: {row["name"]: row["name"] for _, row in register.project.rows(table)}


def tell_asset(register: Register, name: str) -> Answer:
    """An economic asset; several rows under one name are awards for it."""
    rows = [(line, row) for line, row in register.project.rows("assets.csv") if row["name"] == name]
    items = []
    for line, row in rows:
        items.append(
            f"Sector: {row['sector']}, in {row['province']}. Holder in 2021: {row['holder_2021'] or 'none known'}. {opened(row['date'])}"
        )
        items.append(opened(row["note"]))
        items.append(f"{row['source_status']} ({STATUS.get(row['source_status'], '')}): {row['source']} (sim/data/assets.csv, line {line})")
    return answer(f"{name}, an economic asset", passage("", items), passage("At the starts", _holders(register, name)))


def _holders(register: Register, name: str) -> list[str]:
    """Who has it, and on whose ground it lies, at each start."""
    told = []
    for start, root in sorted(register.starts.items(), reverse=True):
        for table, says in (("contracts", "under contract to {}"), ("ground", "on ground held by {}")):
            for key, node in ((root.entries or {})[table].entries or {}).items():
                if name in [item.text for item in node.items or ()]:
                    told.append(f"{start}: {says.format(with_article(key))}")
    return told or ["On the government's ground and without a foreign holder: it can come up for tender."]


def tell_site(register: Register, name: str) -> Answer:
    """A base, crossing or other site."""
    line, row = next((line, row) for line, row in register.project.rows("sites.csv") if row["name"] == name)
    items = [f"{row['kind']}, in {row['province']}. Who used or held it in 2021: {row['actor_2021']}.", row["note"]]
    source = f"{row['source_status']} ({STATUS.get(row['source_status'], '')}): {row['source']} (sim/data/sites.csv, line {line})"
    return answer(f"{name}, a site", passage("", [*items, source]))


def town_names(register: Register) -> dict[str, str]:
    """Towns by key and name."""
    rows = [row for _, row in register.project.rows("towns.csv")]
    return {row["name"]: row["key"] for row in rows} | {row["key"]: row["key"] for row in rows}


def tell_town(register: Register, key: str) -> Answer:
    """A town: where it lies, who held it at each start, and when it changed hands."""
    row = next(row for _, row in register.project.rows("towns.csv") if row["key"] == key)
    held = []
    for start, root in sorted(register.starts.items()):
        table = (root.entries or {}).get("towns")
        camps = [c for c, node in ((table.entries or {}) if table else {}).items() if key in [item.text for item in node.items or ()]]
        if table:
            held.append(f"{start}: held by {with_article(camps[0] if camps else 'government')}")
    facts = [fact for name, fact in register.facts().items() if fact["kind"] == "town" and name.startswith(key)]
    changes = [f"{fact['month']}: taken by {with_article(fact['value'])}. {fact['statement']} ({fact['source']})" for fact in facts]
    return answer(
        f"{row['name']}, a town in {province_names(register)[row['province']]}",
        passage("", [f"{opened(row['note'])}."]),
        passage("At the starts", held),
        passage("When it changed hands (sim/data/observed_2015_2021.csv)", changes),
        passage("What the report says", claim_lines(register, row["note"])),
    )


ASSET = Kind("asset", _names("assets.csv"), tell_asset)
SITE = Kind("site", _names("sites.csv"), tell_site)
TOWN = Kind("town", town_names, tell_town)
