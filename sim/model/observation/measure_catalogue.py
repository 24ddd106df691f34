"""What is measured: every index and series that comes out, with its meaning, unit and range (also the range of its bins).

A new index takes two edits: its `Measure` here, in `PROVINCE` or `WHOLE`, and its value under the same name in `observers.py`, in
`_by_province` or `_whole`. Tables, comparisons, the data dictionary and the documentation follow.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from jaxtyping import Shaped

from sim.model.state.dimensions import FIGHTING_CAMPS, Array, Bidder, Camp, Field, Partner, Power, key, keys
from sim.text.names import with_article


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


def _per(
    axis: type[IntEnum] | tuple[IntEnum, ...], stem: str, meaning: str, unit: str, high: float, cumulative: bool = False
) -> list[Measure]:
    """A measure for each member of an axis or for some members, named `stem_member`; `{}` in its meaning is the member's name."""
    names = tuple(key(member) for member in axis)
    spelled = {name: name if axis is Field else with_article(name) for name in names}
    return [Measure(f"{stem}_{name}", meaning.format(words), unit, 0, high, cumulative) for name, words in spelled.items()]


def named(stem: str, axis: type[IntEnum] | tuple[IntEnum, ...], values: Shaped[Array, "members ..."]) -> dict[str, Array]:
    """A measure of each member of an axis, or of its first members, by the names that the catalogue gives them."""
    return dict(zip(_names(stem, axis), values, strict=False))


@cache
def _names(stem: str, axis: type[IntEnum] | tuple[IntEnum, ...]) -> tuple[str, ...]:
    return tuple(f"{stem}_{key(member)}" for member in axis)


PROVINCE: tuple[Measure, ...] = (
    *_per(Camp, "control", "share of the province's ground held by {}", "share", 1),
    *_per(Power, "influence", "share of all influence in the province that {} has", "share", 1),
    Measure("force_government", "forces of the government's camp that follow the government itself", "thousand", 0, 60),
    *_per(Partner, "force", "forces of the government's camp that follow {}", "thousand", 60),
    *_per(Partner, "roots", "how far {} is rooted in the province's society and economy", "index", 1),
    Measure("roots_local", "how far local powers on the government's ground are rooted in the province", "index", 0, 1),
    *_per(Partner, "holdings", "number of assets in the province under contract to {}", "assets", 12),
    Measure("primacy", "agreed primacy in the province: 1 Russia, -1 Iran, 0 none", "index", -1, 1),
    Measure("presence_islamic_state", "Islamic State presence without holding ground", "index", 0, 1),
    Measure("incidents", "incidents between Russia and Iran in the province", "count", 0, 20, cumulative=True),
    Measure("strikes", "Israeli and US strikes on Iran-backed presence in the province", "count", 0, 20, cumulative=True),
)

HOLDINGS: tuple[Measure, ...] = tuple(  # before the government's fall and of that at the horizon; all 0 while it stands
    measure
    for held, of, unit, high in (
        ("contracts", "assets under contract to {}", "assets", 60.0),
        ("force", "forces that follow {}", "thousand", 60.0),
        ("base_force", "forces that follow {} in provinces with its bases", "thousand", 60.0),
        ("roots", "provinces' worth of roots of {}", "index", 14.0),
    )
    for measure in (
        *_per(Partner, f"before_fall_{held}", f"{of}, in the month before the government's fall", unit, high),
        *_per(Partner, f"kept_{held}", f"{of}, what is left of those of the month before the government's fall", unit, high),
        *(
            _per(Partner, f"passed_{held}", f"{of} in the month before the government's fall, now under contract to others", unit, high)
            if held == "contracts"
            else ()
        ),
    )
)

WHOLE: tuple[Measure, ...] = (
    Measure("territory", "share of the country's people on ground that the government holds", "share", 0, 1),
    Measure("area", "share of the country's area that the government holds", "share", 0, 1),
    Measure(
        "overlap",
        "overlap of Russian and Iranian influence over provinces (Schoener's D): 1 in the same places, 0 nowhere in common",
        "index",
        0,
        1,
    ),
    Measure(
        "delimitation",
        "how far the partners' influence in each province belongs to one of them: 0 shared evenly everywhere, 1 one partner in each",
        "index",
        0,
        1,
    ),
    Measure("agreed", "share of the partners' leads in influence over each other that rests on agreed primacies", "share", 0, 1),
    Measure("balance", "Russia's share of the two partners' influence in the whole country", "share", 0, 1),
    Measure("concentration", "concentration of national influence on few powers (Herfindahl index)", "index", 0, 1),
    Measure("clustering", "how far neighbouring provinces lean to the same partner (Moran's I of Russia's share)", "index", -1, 1),
    *_per(Field, "channel", "strength of the {} channel between Russia and Iran", "index", 1),
    Measure("friction", "standing friction between Russia and Iran, all fields together", "index", 0, 20),
    *_per(Field, "friction", "standing {} friction between Russia and Iran", "index", 10),
    *_per(
        Partner,
        "dependence",
        "dependence of the government on {} (mean of its shares in force, in effort given and in contracts)",
        "share",
        1,
    ),
    Measure("land_route", "connectivity of the land route from Iraq to Damascus and Lebanon", "index", 0, 1),
    Measure("exclusion_force", "Iran-backed force inside the exclusion distance of the Golan line", "thousand", 0, 60),
    Measure("exclusion_share", "share of Iran-backed force inside the exclusion distance of the Golan line", "share", 0, 1),
    Measure("standing", "Russia's diplomatic standing", "index", 0, 1),
    Measure("settlement_leverage", "the government's weight in a political settlement", "index", 0, 1),
    *_per(Bidder, "contracts", "share of contracted assets held by {}", "share", 1),
    Measure("contract_concentration", "concentration of contracts (Herfindahl index over Russia, Iran and others)", "index", 0, 1),
    Measure("contracted", "share of all assets under contract", "share", 0, 1),
    Measure("memoranda", "share of all assets under a memorandum that is not carried out", "share", 0, 1),
    Measure("morale", "morale of the government's camp", "index", 0, 1),
    Measure("army_quality", "quality of the government's army", "index", 0, 1),
    Measure("coffers", "solvency of the government", "index", 0, 1),
    Measure("danger", "danger to the government as its partners see it", "index", 0, 1),
    *HOLDINGS,
    Measure("evasion", "cooperation of the three governments in evading sanctions", "index", 0, 1),
    Measure("publicity", "how loudly Russia advertises its campaign", "index", 0, 1),
    Measure("restraint", "Russian effort spent on restraining Iran-backed groups", "effort", 0, 1),
    *_per(Partner, "effort", "total monthly effort of {}", "effort", 4),
    *_per(Partner, "supply", "monthly arms and men that {} can bring to Syria, relative to the start", "ratio", 4),
    Measure("iran_force", "Iran-backed force in the whole country", "thousand", 0, 200),
    Measure("russia_force", "Russia-backed force in the whole country", "thousand", 0, 200),
    Measure("broken", "share of worlds in which the partnership is broken", "share", 0, 1),
    Measure("collapsed", "share of worlds in which the government has fallen", "share", 0, 1),
    Measure("incidents", "incidents between Russia and Iran, all fields", "count", 0, 40, cumulative=True),
    *_per(Field, "incidents", "{} incidents between Russia and Iran", "count", 40, cumulative=True),
    Measure("bargains", "exchanges of posts or tenders that Russia and Iran agree in talks", "count", 0, 14, cumulative=True),
    Measure("hand_overs", "force that left a province after a bargain gave it to the other partner", "thousand", 0, 20, cumulative=True),
    Measure("strikes", "Israeli and US strikes on Iran-backed presence", "count", 0, 60, cumulative=True),
    Measure("strikes_us", "US strikes on Iran-backed presence", "count", 0, 20, cumulative=True),
    Measure("offensives", "offensives launched by any camp", "count", 0, 40, cumulative=True),
    *_per(FIGHTING_CAMPS, "offensives", "offensives launched by {}", "count", 10, cumulative=True),
    *_per(FIGHTING_CAMPS, "gains", "offensives of {} that took ground", "count", 10, cumulative=True),
    Measure("routs", "provinces in which garrisons of a camp left without a battle", "count", 0, 10, cumulative=True),
    Measure("withdrawals", "provinces that the government gave up because it could hardly hold them", "count", 0, 5, cumulative=True),
    Measure("risings", "risings of local powers on the government's ground", "count", 0, 5, cumulative=True),
    Measure("attacks_islamic_state", "Islamic State attacks (offensives and raids)", "count", 0, 60, cumulative=True),
    Measure("tenders", "tenders awarded, by a memorandum at first", "count", 0, 20, cumulative=True),
    Measure("tenders_to_best_bid", "tenders won by the highest bid (effort times strength in the sector)", "count", 0, 20, cumulative=True),
    Measure(
        "tenders_won_over_iran",
        "phosphate, oil and gas tenders that Russian firms won over a serious Iranian bid",
        "count",
        0,
        10,
        cumulative=True,
    ),
)

FALLEN = "fallen"  # the class of worlds in which the government has fallen, by outcome
PARTNER_OUTCOMES = (
    "delimited_agreed",
    "delimited_tacit",
    "condominium",
    "russian_primacy",
    "iranian_primacy",
    "breakdown",
    "government_recentred",
)
OUTCOMES = (*PARTNER_OUTCOMES, FALLEN)
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
    FALLEN: "government fallen",
}
OUTCOME_MEANINGS = {
    "delimited_agreed": "each province leans to one partner, and much of that rests on primacies they agreed",
    "delimited_tacit": "each province leans to one partner, without agreement: their stakes lie apart",
    "condominium": "the partners share most provinces",
    "russian_primacy": "Russia has most of the partners' influence",
    "iranian_primacy": "Iran has most of the partners' influence",
    "breakdown": "the partnership is broken at the end, or was for much of the run",
    "government_recentred": "the government outweighs both partners together",
    FALLEN: "the government has fallen; what the partners still hold is counted apart",
}
TERRITORY_MEANINGS = {
    "recovered": "the government holds clearly more of the population than at the start",
    "frozen": "about as much as at the start",
    "shrunk": "clearly less than at the start",
    "collapsed": "the government fell",
}
