"""An arrangement between two camps that makes an offensive costly: where, who stands for it, how much it counts."""

from sim.explain.answer import Answer, Kind, answer, passage
from sim.explain.topics.phrases import amount, claim_lines, listed, opened, province_names, scenario_lines
from sim.provenance.register import Register
from sim.provenance.usage import readers
from sim.text.names import with_article


def names(register: Register) -> dict[str, str]:
    """Zones by their key."""
    return {row["zone"]: row["zone"] for _, row in register.project.rows("zones.csv")}


def describe(register: Register, key: str) -> Answer:
    """One zone."""
    line, row = next((line, row) for line, row in register.project.rows("zones.csv") if row["zone"] == key)
    path, provinces = f"zones.{key}.strength", province_names(register)
    strength = register.baseline.settings[path]
    where = listed(provinces[code] for code in row["provinces"].split(";"))
    guarantors = listed(with_article(one) for one in row["guarantors"].split(";"))
    return answer(
        f"{key}, a zone",
        passage(
            "",
            [
                f"Between {with_article(row['camp_a'])} and {with_article(row['camp_b'])} in {where}. Who stands for it: {guarantors}.",
                f"{opened(row['note'])}.",
            ],
        ),
        passage("What it counts", [f"{path} = {amount(strength)}, {strength.grade}: {strength.source}. Meaning: {strength.meaning}"]),
        passage("Source", [f"{row['source']} (sim/data/zones.csv, line {line})"]),
        passage("What the report says", claim_lines(register, f"{row['source']} {row['note']} {strength.source}")),
        passage("Where it acts in the code", map(str, readers(path, register.project))),
        passage("Scenarios that change it", scenario_lines(register, path)),
    )


KIND = Kind("zone", names, describe)
