"""A zone, an arrangement between two camps that makes an offensive costly: where, who guarantees it, how much it costs to break."""

from sim.explain.answer import Answer, Topic, answer, passage
from sim.explain.topics.phrases import actors_in, amount, claim_lines, provinces_in, scenario_lines
from sim.provenance.register import Register
from sim.provenance.usage import readers
from sim.text.names import with_article
from sim.text.number_format import capital


def names(register: Register) -> dict[str, str]:
    """Zones by their key."""
    return {row["zone"]: row["zone"] for _, row in register.project.rows("zones.csv")}


def describe(register: Register, key: str) -> Answer:
    """One zone."""
    line, row = next((line, row) for line, row in register.project.rows("zones.csv") if row["zone"] == key)
    path = f"zones.{key}.strength"
    strength = register.baseline.settings[path]
    parties = f"Between {with_article(row['camp_a'])} and {with_article(row['camp_b'])} in {provinces_in(register, row['provinces'])}."
    return answer(
        f"{key}, a zone",
        passage("", [f"{parties} Guarantors: {actors_in(row['guarantors'])}.", f"{capital(row['note'])}."]),
        passage("Its strength", [f"{path} = {amount(strength)}, {strength.grade}: {strength.source}. Meaning: {strength.meaning}"]),
        passage("Source", [f"{row['source']} (sim/data/zones.csv, line {line})"]),
        passage("What the report says", claim_lines(register, f"{row['source']} {row['note']} {strength.source}")),
        passage("Where it is used in the code", map(str, readers(path, register.project))),
        passage("Scenarios that change it", scenario_lines(register, path)),
    )


TOPIC = Topic("zone", names, describe)
