"""Where each interest is at stake and what it moves, in words; `code` is the piece of the rules that the words tell.

`interests.unfit` names the entries whose code has changed since the words were written.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stake:
    """An interest in words: where it is at stake; `need`, how far it is unmet (partners); `serves`, what else serves or what it moves."""

    code: tuple[str, ...]
    where: str
    need: str = ""
    serves: str = ""


OPEN_ASSETS = Stake(
    ("openness(assets)", "relative(assets)"),
    "where most assets are open to tender",
    "assets are open to tender anywhere",
)
DANGER = Stake(("state.danger", "state.threat"), "where worthy ground of the government looks endangered", "the government is in danger")

RUSSIA = {
    "regime_survival": DANGER,
    "army_reform": Stake(("1.0 - state.army_quality", "relative(army)"), "where the army stands", "the army's quality falls short of 1"),
    "leverage": Stake(
        ("1.0 - share_of(own.sum(axis=0), (own + army).sum(axis=0))", "relative(own)"),
        "where its own formations stand",
        "its formations are few beside the army",
    ),
    "limit_militias": Stake(
        ("national(militias, perceived.side)", "share_of(perceived.force[Partner.IRAN], perceived.side)"),
        "by their share of the camp's force there",
        "Iran-backed groups weigh much in the camp's force",
    ),
    "standing": Stake(
        ("1.0 - state.standing", "np.minimum(1.0, state.recently_recovered)", "len(weights) * weights['standing']"),
        "on newly recovered ground",
        "standing falls short of 1",
        "display (how loudly it advertises)",
    ),
    "israel_balance": Stake(
        ("p.heed * state.pressure", "ensemble.provinces.exclusion * perceived.felt[Partner.IRAN]"),
        "inside the exclusion distance, where Iran-backed force is felt",
        "Israel presses it, as far as it heeds that",
    ),
    "contract_competition": OPEN_ASSETS,
    "order": Stake(
        ("attacked.max(axis=0)", "insurgency(state) * state.control[Camp.GOVERNMENT] * left_to_iran"),
        "where that is so",
        "the Islamic State is active on the government's ground where, of the partners, only Iran is",
    ),
    "bases": Stake(
        ("1.0 - national(state.roots[Partner.RUSSIA], bases)", "traits['bases'] * np.ones(ensemble.n_worlds)"),
        "where its bases are",
        "it is not rooted around them",
    ),
}

IRAN = {
    "regime_survival": DANGER,
    "militia_entrenchment": Stake(
        ("entrench", "areas * (1.0 + state.recently_recovered) / (1.0 + state.recently_recovered.max(axis=0))"),
        "there, on the government's ground, newly recovered ground first",
        "it is not rooted in its four areas",
    ),
    "border_presence": Stake(
        ("border", "traits['iraq_front'] * held"), "there, on the government's ground", "it is not rooted at the Iraqi border"
    ),
    "command": Stake(
        ("joint.max(axis=0)", "np.maximum(state.threat, insurgency(state) * held) * perceived.felt[Partner.RUSSIA]"),
        "where that is so",
        "there is something to fight where Russia's presence is felt",
    ),
    "shield": Stake(
        ("national(struck, perceived.force[Partner.IRAN])", "struck * partners"),
        "where strikes fell of late and Russia-backed force is there to mix with",
        "its force stands where strikes fell",
    ),
    "no_foreign_bases": Stake(
        ("state.publicity", "state.control[Camp.GOVERNMENT]", "len(weights) * weights['no_foreign_bases']"),
        "on all ground of the government",
        "Russia advertised last month",
        "how much it minds Russian display",
    ),
    "contract_competition": OPEN_ASSETS,
    "land_corridor": Stake(
        ("passage", "traits['iraq_corridor'] * held"),
        "there, on the government's ground",
        "it is not rooted along the road from Iraq to Lebanon",
    ),
    "deterrence": Stake(
        ("1.0 - national(perceived.felt[Partner.IRAN], inside)", "ensemble.provinces.exclusion * held"),
        "there, on the government's ground",
        "its force is not felt inside the exclusion distance",
    ),
}

GOVERNMENT = {
    "regime_survival": Stake(
        (
            "p.gratitude * w['regime_survival'] * len(w)",
            "w['regime_survival']",
            "w['regime_survival'] * perceived.worth",
            "w['regime_survival'] * perceived.worth * state.threat",
        ),
        "core territory",
        serves="the prize of an offensive, the place of the army, gratitude in tenders",
    ),
    "territory": Stake(("w['territory']",), "any ground of others", serves="the prize of an offensive"),
    "settlement_weight": Stake(("w['settlement_weight'] * people",), "where many people live", serves="the prize of an offensive"),
    "revenue": Stake(("w['revenue'] * oil",), "where oil is", serves="the prize of an offensive"),
    "autonomy": Stake(
        ("p.hedging * w['autonomy'] * len(w)",),
        "everywhere",
        serves="in tenders, the count against a bidder that holds much",
    ),
}

ISRAEL = {
    "keep_the_line_clear": Stake(
        ("w['keep_the_line_clear'] * provinces.exclusion * felt",),
        "inside the exclusion distance, where Iran-backed force is felt",
        serves="strikes",
    ),
    "stop_entrenchment": Stake(
        ("w['stop_entrenchment'] * ensemble.state.roots[Partner.IRAN] * felt",),
        "where Iran is rooted and its force is felt",
        serves="strikes",
    ),
    "cut_the_corridor": Stake(
        ("w['cut_the_corridor'] * provinces.traits['iraq_corridor'] * felt",),
        "along the corridor, where Iran-backed force is felt",
        serves="strikes",
    ),
}

UNITED_STATES = {
    "protect_forces": Stake(
        ("w['protect_forces']", "w['protect_forces'] * own * felt"),
        "where its own forces are and Iran-backed force is felt",
        serves="strikes: how many, and where",
    ),
    "limit_iran": Stake(
        ("w['limit_iran']", "w['limit_iran'] * traits['iraq_front'] * felt"),
        "at the Iraqi border, where Iran-backed force is felt",
        serves="strikes: how many, and where",
    ),
    "keep_is_down": Stake(("w['keep_is_down'] * own",), "where its own forces are", serves="pooled intelligence"),
}

TURKEY = {
    "keep_the_north": Stake(
        ("p.troops * w['keep_the_north'] * border", "w['keep_the_north'] * state.control[Camp.OPPOSITION]"),
        "ground of the opposition; at the border, ground of the Islamic State",
        serves="the place of its groups, the opposition's prize against the Islamic State",
    ),
    "push_back_sdf": Stake(
        ("w['push_back_sdf'] * border * state.control[Camp.SDF]",),
        "ground of the SDF in provinces at the border",
        serves="the place of its groups, the opposition's prize against the SDF",
    ),
    "keep_astana": Stake(
        ("p.restraint * w['keep_astana'] * p.commitment",),
        "fronts between the opposition and the government",
        serves="the opposition's reluctance to attack the government",
    ),
}

SDF = {
    "hold_the_northeast": Stake(
        ("w['hold_the_northeast'] * held",), "where it holds ground", serves="the place of its and US forces, the prize of an offensive"
    ),
    "oil": Stake(
        ("w['oil'] * traits['oil'] * area", "w['oil'] * traits['oil'] * held"),
        "oil on its ground; for offensives, oil in the northeast",
        serves="the place of its and US forces, the prize of an offensive",
    ),
    "keep_is_down": Stake(
        ("w['keep_is_down'] * area", "w['keep_is_down'] * insurgency(state) * held"),
        "Islamic State activity on its ground; for offensives, the northeast",
        serves="the place of its and US forces, the prize against the Islamic State",
    ),
}

OPPOSITION = {
    "hold_the_northwest": Stake(
        ("w['hold_the_northwest']", "w['hold_the_northwest'] * held"),
        "where it holds ground",
        serves="the place of its groups, the prize of an offensive on anyone",
    ),
    "take_the_cities": Stake(("w['take_the_cities'] * people",), "where many people live", serves="the prize against the government"),
    "topple_the_government": Stake(
        ("w['topple_the_government'] * perceived.worth",), "core territory", serves="the prize against the government"
    ),
}

ISLAMIC_STATE = {
    "survive": Stake(("w['survive'] * state.presence",), "where it is present", serves="the place of its force, the prize of an offensive"),
    "hold_ground_again": Stake(
        ("w['hold_ground_again'] * thin",),
        "where the others have little strength",
        serves="the place of its force, the prize of an offensive",
    ),
    "oil": Stake(("w['oil'] * traits['oil']",), "where oil is", serves="the prize of an offensive"),
}

STAKES = {
    "government": GOVERNMENT,
    "russia": RUSSIA,
    "iran": IRAN,
    "israel": ISRAEL,
    "united_states": UNITED_STATES,
    "turkey": TURKEY,
    "sdf": SDF,
    "opposition": OPPOSITION,
    "islamic_state": ISLAMIC_STATE,
}
