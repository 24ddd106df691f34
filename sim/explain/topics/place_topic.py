"""Named places inside provinces: economic assets, bases and crossings, towns."""

from collections.abc import Callable

from sim.explain.answer import Answer, Topic, answer, passage
from sim.explain.topics.phrases import claim_lines, province_names
from sim.provenance.register import Register
from sim.text.names import with_article
from sim.text.number_format import capital

_TABLES = {
    "contracts": "under contract to {}",
    "memoranda": "promised to {} by a memorandum",
    "ground": "in territory held by {}",
}
STATUS = {"sourced": "from the page named", "recalled": "from general knowledge, without a page"}


def _names(table: str) -> Callable[[Register], dict[str, str]]:
    return lambda register: {row["name"]: row["name"] for _, row in register.project.rows(table)}


def describe_asset(register: Register, name: str) -> Answer:
    """An economic asset; several rows under one name are awards for it."""
    items = []
    for line, row in register.project.rows("assets.csv"):
        if row["name"] == name:
            holder = row["holder_2021"] or "none known"
            items.append(f"Sector: {row['sector']}, in {row['province']}. Holder in 2021: {holder}. {capital(row['date'])}")
            items += [f"Agreement as of 2021: {row['agreement_2021']}."] if row["agreement_2021"] else []
            items += [capital(row["note"]), _source(row, "assets.csv", line)]
    return answer(f"{name}, an economic asset", passage("", items), passage("At the starts", _holders(register, name)))


def _source(row: dict[str, str], table: str, line: int) -> str:
    """Where a row of a table comes from."""
    status = row["source_status"]
    return f"{status} ({STATUS.get(status, '')}): {row['source']} (sim/data/{table}, line {line})"


def _holders(register: Register, name: str) -> list[str]:
    """Who holds it, and whose territory it lies in, at each start."""
    lines = []
    for start, root in sorted(register.starts.items(), reverse=True):
        for table, sentence in _TABLES.items():
            found = (root.entries or {}).get(table)
            for key, node in ((found and found.entries) or {}).items():
                if name in [item.text for item in node.items or ()]:
                    lines.append(f"{start}: {sentence.format(with_article(key))}")
    return lines or ["In government territory and without a foreign holder: it can come up for tender."]


def describe_site(register: Register, name: str) -> Answer:
    """A base, crossing or other site."""
    line, row = next((line, row) for line, row in register.project.rows("sites.csv") if row["name"] == name)
    items = [f"{row['kind']}, in {row['province']}. Who used or held it in 2021: {row['actor_2021']}.", row["note"]]
    return answer(f"{name}, a site", passage("", [*items, _source(row, "sites.csv", line)]))


def town_names(register: Register) -> dict[str, str]:
    """Towns by key and name."""
    rows = [row for _, row in register.project.rows("towns.csv")]
    return {row["name"]: row["key"] for row in rows} | {row["key"]: row["key"] for row in rows}


def describe_town(register: Register, key: str) -> Answer:
    """A town: where it lies, who held it at each start, and when it changed hands."""
    row = next(row for _, row in register.project.rows("towns.csv") if row["key"] == key)
    facts = [fact for name, fact in register.facts().items() if fact["kind"] == "town" and name.startswith(key)]
    changes = [f"{fact['month']}: taken by {with_article(fact['value'])}. {fact['statement']} ({fact['source']})" for fact in facts]
    return answer(
        f"{row['name']}, a town in {province_names(register)[row['province']]}",
        passage("", [f"{capital(row['note'])}."]),
        passage("At the starts", _town_holders(register, key)),
        passage("When it changed hands (sim/data/observed_2015_2021.csv)", changes),
        passage("What the report says", claim_lines(register, row["note"])),
    )


def _town_holders(register: Register, key: str) -> list[str]:
    """Who held a town at each start; the government where no other camp did."""
    lines = []
    for start, root in sorted(register.starts.items()):
        table = (root.entries or {}).get("towns")
        if table:
            lists = (table.entries or {}).items()
            camp = next((camp for camp, node in lists if key in [item.text for item in node.items or ()]), "government")
            lines.append(f"{start}: held by {with_article(camp)}")
    return lines


ASSET = Topic("asset", _names("assets.csv"), describe_asset)
SITE = Topic("site", _names("sites.csv"), describe_site)
TOWN = Topic("town", town_names, describe_town)
