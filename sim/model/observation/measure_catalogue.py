"""What is measured: every index and series that comes out, with its meaning, unit and range (also the range of its bins)."""

from dataclasses import dataclass

from sim.model.state.dimensions import Bidder, Camp, Field, Partner, Power, keys


@dataclass(frozen=True)
class Measure:
    """A named outcome measure. `low` and `high` bound the fixed bins of the series; values beyond fall in the end bins.

    `cumulative` marks what happens within a month (a count); at the horizon its sum over the run is reported.
    """

    name: str
    meaning: str
    unit: str
    low: float
    high: float
    cumulative: bool = False


def _camps() -> list[Measure]:
    return [
        Measure(f"control_{c}", f"share of the province's ground held by the {c.replace('_', ' ')} camp", "share", 0, 1) for c in keys(Camp)
    ]


def _powers() -> list[Measure]:
    return [
        Measure(f"influence_{p}", f"share of influence (sway) of {p.replace('_', ' ')} in the province", "share", 0, 1) for p in keys(Power)
    ]


def _partners(stem: str, meaning: str, unit: str, high: float) -> list[Measure]:
    return [Measure(f"{stem}_{k}", meaning.format(k.title()), unit, 0, high) for k in keys(Partner)]


def _by_camp(stem: str, meaning: str) -> list[Measure]:
    return [Measure(f"{stem}_{c}", meaning.format(c.replace("_", " ")), "count", 0, 10, cumulative=True) for c in keys(Camp)]


FORCES = ("government", *keys(Partner))

PROVINCE: tuple[Measure, ...] = (
    *_camps(),
    *_powers(),
    *[Measure(f"force_{f}", f"government-side force whose patron is {f.title()}", "thousand", 0, 60) for f in FORCES],
    *_partners("roots", "how far {} is rooted in the province's society and economy", "index", 1),
    *_partners("holdings", "weighted number of assets held by {} in the province", "assets", 12),
    Measure("primacy", "agreed primacy in the province: 1 Russia, -1 Iran, 0 none", "index", -1, 1),
    Measure("presence_islamic_state", "Islamic State presence without holding ground", "index", 0, 1),
    Measure("incidents", "incidents between the partners in the province", "count", 0, 20, cumulative=True),
    Measure("strikes", "Israeli and US strikes on Iran-backed presence in the province", "count", 0, 20, cumulative=True),
)

WHOLE: tuple[Measure, ...] = (
    Measure("territory", "share of the country's people on ground held by the government", "share", 0, 1),
    Measure("area", "share of the country's area held by the government", "share", 0, 1),
    Measure(
        "overlap",
        "Schoener's D between the two partners' sway over provinces: 1 the same places, 0 none in common",
        "index",
        0,
        1,
    ),
    Measure(
        "delimitation",
        "how far each province's partner sway is one partner's: 0 shared evenly everywhere, 1 one partner in each",
        "index",
        0,
        1,
    ),
    Measure("agreed", "share of the clearly led partner sway that rests on agreed primacies", "share", 0, 1),
    Measure("balance", "Russia's share of the two partners' sway in the whole country", "share", 0, 1),
    Measure("concentration", "Herfindahl index of powers' shares in national influence", "index", 0, 1),
    Measure("clustering", "Moran's I of Russia's share of partner sway on the border graph", "index", -1, 1),
    *[Measure(f"channel_{f}", f"strength of the partners' {f} channel", "index", 0, 1) for f in keys(Field)],
    Measure("friction", "standing friction between the partners, all fields together", "index", 0, 20),
    *[Measure(f"friction_{f}", f"standing friction between the partners in the {f} field", "index", 0, 10) for f in keys(Field)],
    *[
        Measure(
            f"dependence_{k}",
            f"dependence of the government on {k.title()} (mean of its shares in force, in effort given and in contracts)",
            "share",
            0,
            1,
        )
        for k in keys(Partner)
    ],
    Measure("land_route", "connectivity of the land route from Iraq to Damascus and Lebanon", "index", 0, 1),
    Measure("exclusion_force", "Iran-backed force inside the exclusion distance of the Golan line", "thousand", 0, 60),
    Measure("exclusion_share", "share of Iran-backed force inside the exclusion distance of the Golan line", "share", 0, 1),
    Measure("standing", "Russia's diplomatic standing", "index", 0, 1),
    Measure("settlement_leverage", "the government's weight in a political settlement", "index", 0, 1),
    *[
        Measure(f"contracts_{b}", f"share of assets under contract held by {b.title() if b in keys(Partner) else b}", "share", 0, 1)
        for b in keys(Bidder)
    ],
    Measure("contract_concentration", "Herfindahl index of contract shares (Russia, Iran, others)", "index", 0, 1),
    Measure("contracted", "share of all assets under contract", "share", 0, 1),
    Measure("morale", "morale of the government's camp", "index", 0, 1),
    Measure("army_quality", "quality of the government's army", "index", 0, 1),
    Measure("coffers", "solvency of the government", "index", 0, 1),
    Measure("danger", "danger to the government as its partners see it", "index", 0, 1),
    Measure("evasion", "cooperation of the three governments in evading sanctions", "index", 0, 1),
    Measure("publicity", "how loudly Russia advertises its campaign", "index", 0, 1),
    Measure("restraint", "Russian effort spent on restraining Iran-backed groups", "effort", 0, 1),
    *[Measure(f"effort_{k}", f"total monthly effort of {k.title()}", "effort", 0, 4) for k in keys(Partner)],
    *[
        Measure(f"supply_{k}", f"monthly arms and men that {k.title()} can bring to Syria, relative to the start", "ratio", 0, 4)
        for k in keys(Partner)
    ],
    Measure("iran_force", "Iran-backed force in the whole country", "thousand", 0, 200),
    Measure("russia_force", "Russia-backed force in the whole country", "thousand", 0, 200),
    Measure("broken", "share of worlds in which the partnership is broken", "share", 0, 1),
    Measure("collapsed", "share of worlds in which the government has fallen", "share", 0, 1),
    Measure("incidents", "incidents between the partners, all fields", "count", 0, 40, cumulative=True),
    Measure("incidents_military", "military incidents between the partners", "count", 0, 40, cumulative=True),
    Measure("incidents_economic", "economic incidents between the partners", "count", 0, 40, cumulative=True),
    Measure("incidents_diplomatic", "diplomatic incidents between the partners", "count", 0, 40, cumulative=True),
    Measure("bargains", "bargains over a province struck by the partners", "count", 0, 14, cumulative=True),
    Measure("hand_overs", "force that left a province after a bargain gave it to the other partner", "thousand", 0, 20, cumulative=True),
    Measure("strikes", "Israeli and US strikes on Iran-backed presence", "count", 0, 60, cumulative=True),
    Measure("strikes_us", "US strikes on Iran-backed presence", "count", 0, 20, cumulative=True),
    Measure("offensives", "offensives launched by any camp", "count", 0, 40, cumulative=True),
    *_by_camp("offensives", "offensives launched by the {} camp"),
    *_by_camp("gains", "offensives of the {} camp that took ground"),
    Measure("attacks_islamic_state", "Islamic State attacks (offensives and raids)", "count", 0, 60, cumulative=True),
    Measure(
        "tenders_won_over_iran",
        "phosphate, oil and gas tenders that Russian firms won over a serious Iranian bid",
        "count",
        0,
        10,
        cumulative=True,
    ),
)

OUTCOMES = (
    "delimited_agreed",
    "delimited_tacit",
    "condominium",
    "russian_primacy",
    "iranian_primacy",
    "breakdown",
    "government_recentred",
)
TERRITORIES = ("recovered", "frozen", "shrunk", "collapsed")
SPHERES = (*keys(Power), "shared", "contested")

OUTCOME_WORDS = {
    "delimited_agreed": "delimited by agreement",
    "delimited_tacit": "delimited tacitly",
    "condominium": "condominium",
    "russian_primacy": "Russian primacy",
    "iranian_primacy": "Iranian primacy",
    "breakdown": "breakdown",
    "government_recentred": "government recentred",
}
OUTCOME_MEANINGS = {
    "delimited_agreed": "each province leans to one partner, and much of that rests on primacies they agreed",
    "delimited_tacit": "each province leans to one partner, because stakes sorted by themselves",
    "condominium": "the partners share most provinces",
    "russian_primacy": "Russia holds most of the partners' sway",
    "iranian_primacy": "Iran holds most of the partners' sway",
    "breakdown": "the partnership is broken, or was for long in the last years",
    "government_recentred": "the government outweighs both partners together",
}
TERRITORY_MEANINGS = {
    "recovered": "the government holds clearly more of the population than at the start",
    "frozen": "about as much as at the start",
    "shrunk": "clearly less than at the start",
    "collapsed": "the government fell",
}
