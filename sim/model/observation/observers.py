"""Observation: what is recorded of each month and at the horizon, by the names of `sim.model.observation.measure_catalogue`."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from sim.model.observation import classification
from sim.model.observation.classification import Definitions
from sim.model.observation.holdings import holdings_after_fall
from sim.model.observation.influence import InfluenceParameters, shares
from sim.model.observation.measure_catalogue import OUTCOME_WORDS, OUTCOMES, PROVINCE, WHOLE, Measure, named
from sim.model.state.dimensions import (
    FIGHTING_CAMPS,
    NOBODY,
    TINY,
    Array,
    Bidder,
    BoolRow,
    ByProvince,
    Camp,
    Field,
    IntRow,
    Leader,
    Partner,
    Power,
    Row,
    Sector,
    counts,
    key,
)
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import sum_of
from sim.model.state.sensing import contract_shares, memoranda, people_held
from sim.text import number_format

BIDDING = [Bidder[partner.name] for partner in Partner]  # the partners among the bidders
LEADING = [Leader[partner.name] for partner in Partner]  # and among the leaders
PROVINCE_NAMES, WHOLE_NAMES = (tuple(measure.name for measure in measures) for measures in (PROVINCE, WHOLE))


@dataclass
class Observation:
    """Every measure of a month: by province (P, worlds) and for the whole country (worlds,)."""

    province: dict[str, ByProvince]
    whole: dict[str, Row]


@dataclass
class Snapshot:
    """The world as it stands: sphere of each province (P, worlds), indices into SPHERES; whether the government has fallen (worlds,).

    `holders`: assets by sector and holder of a contract in force, the last holder being nobody, (sectors, bidders + 1, worlds).
    """

    sphere: Int[Array, "provinces worlds"]
    fallen: BoolRow
    holders: Int[Array, "sectors holders worlds"]


def snapshot(ensemble: Ensemble, p: InfluenceParameters, d: Definitions, worlds: int) -> Snapshot:
    """Spheres and contracts now, for the first `worlds` columns."""
    state, n_holders = ensemble.state, len(Bidder) + 1
    holder = np.where(state.in_force, state.holder, len(Bidder))[:, :worlds]
    holder[holder == NOBODY] = len(Bidder)
    kind = ensemble.assets.sector[:, np.newaxis] * n_holders + holder
    held = counts((len(Sector) * n_holders, worlds), kind, np.broadcast_to(np.arange(worlds), kind.shape)).astype(int)
    sphere = classification.spheres(shares(ensemble, p), d)
    return Snapshot(sphere[:, :worlds], state.fallen[:worlds] > 0.0, held.reshape(len(Sector), n_holders, worlds))


def observe(ensemble: Ensemble, p: InfluenceParameters, d: Definitions) -> Observation:
    """Measure the month just done; also keeps what the partners hold, for worlds in which the government falls next."""
    influence = shares(ensemble, p)
    found = classification.indices(ensemble, influence, d)
    province = _by_province(ensemble, influence)
    whole = _whole(ensemble, found, province)
    return Observation({name: province[name] for name in PROVINCE_NAMES}, {name: whole[name] for name in WHOLE_NAMES})


def _by_province(ensemble: Ensemble, influence: Float[Array, "powers provinces worlds"]) -> dict[str, ByProvince]:
    state, perceived, monthly = ensemble.state, ensemble.perceived, ensemble.monthly
    own = sum_of(state.force, ensemble.groups.of_leader(Leader.GOVERNMENT))
    return (
        named("control", Camp, state.control)
        | named("influence", Power, influence)
        | {"force_government": own}
        | named("force", Partner, perceived.force)
        | named("roots", Partner, state.roots)
        | {"roots_local": state.local_roots}
        | named("holdings", Partner, perceived.held[BIDDING])
        | {
            "primacy": state.primacy,
            "presence_islamic_state": state.presence,
            "incidents": monthly.incidents_at,
            "strikes": monthly.strikes,
        }
    )


def _whole(ensemble: Ensemble, found: dict[str, Row], province: dict[str, ByProvince]) -> dict[str, Row]:
    state, perceived, monthly, intent = ensemble.state, ensemble.perceived, ensemble.monthly, ensemble.intent
    contracts, force = contract_shares(ensemble), perceived.force.sum(axis=1)
    inside = (ensemble.provinces.exclusion * perceived.force[Partner.IRAN]).sum(axis=0)
    rows = {name: found[name] for name in ("overlap", "delimitation", "agreed", "balance", "concentration", "clustering")}
    rows |= named("channel", Field, state.channel)
    rows |= named("friction", Field, state.friction)
    rows |= named("offensives", FIGHTING_CAMPS, monthly.offensives)
    rows |= named("gains", FIGHTING_CAMPS, monthly.gains)
    rows |= named("incidents", Field, monthly.incidents)
    rows |= named("dependence", Partner, classification.dependence(ensemble))
    rows |= named("contracts", Bidder, contracts)
    rows |= named("effort", Partner, intent.effort.sum(axis=1))
    rows |= named("supply", Partner, intent.sustain[LEADING])
    rows |= holdings_after_fall(ensemble)
    return rows | {
        "territory": people_held(state, ensemble.provinces),
        "area": classification.area_held(ensemble),
        "routs": monthly.routs,
        "withdrawals": monthly.withdrawals,
        "risings": monthly.risings,
        "land_route": state.land_route,
        "exclusion_force": inside,
        "exclusion_share": inside / (force[Partner.IRAN] + TINY),
        "standing": state.standing[Partner.RUSSIA],
        "settlement_leverage": state.leverage,
        "contract_concentration": (contracts**2).sum(axis=0),
        "contracted": perceived.held.sum(axis=(0, 1)) / len(ensemble.assets),
        "memoranda": memoranda(state) / len(ensemble.assets),
        "morale": state.morale[Camp.GOVERNMENT],
        "army_quality": state.army_quality,
        "coffers": state.coffers,
        "danger": state.danger,
        "evasion": state.evasion,
        "publicity": state.publicity[Partner.RUSSIA],
        "restraint": state.restraint[Partner.RUSSIA].sum(axis=0),
        "iran_force": force[Partner.IRAN],
        "russia_force": force[Partner.RUSSIA],
        "friction": state.friction.sum(axis=0),
        "broken": state.partnership_broken,
        "collapsed": state.fallen,
        "incidents": monthly.incidents.sum(axis=0),
        "bargains": monthly.bargains,
        "hand_overs": monthly.hand_overs,
        "strikes": province["strikes"].sum(axis=0),
        "strikes_us": monthly.strikes_us,
        "offensives": monthly.offensives.sum(axis=0),
        "attacks_islamic_state": monthly.attacks_is,
        "tenders": monthly.tenders,
        "tenders_to_best_bid": monthly.tenders_to_best_bid,
        "tenders_won_over_iran": monthly.won_over_iran,
    }


@dataclass
class Classes:
    """Indices of classes: `outcome` and `territory` (worlds,), `sphere` (P, worlds)."""

    outcome: IntRow
    territory: IntRow
    sphere: Int[Array, "provinces worlds"]


@dataclass
class Horizon:
    """A run at its horizon: measures (counts summed over the run), classes and dates, padding worlds left out.

    `lower` and `higher` are the classes with every threshold moved by `THRESHOLD_FACTORS`. A date is the month in which something first
    happened, or -1. `goal_effort` is a mean over the months of the run, in units of effort, for every goal of `sim.model.registry.GOALS`.
    """

    province: dict[str, ByProvince]
    whole: dict[str, Row]
    outcome: IntRow
    territory: IntRow
    sphere: Int[Array, "provinces worlds"]
    lower: Classes
    higher: Classes
    collapse_month: IntRow
    breakdown_month: IntRow
    incident_month: IntRow
    lost_month: Int[Array, "provinces worlds"]
    force: Float[Array, "groups provinces worlds"]
    goal_effort: Float[Array, "goals worlds"]
    goal_effort_by_province: Float[Array, "goals provinces worlds"]

    def __repr__(self) -> str:
        shares = {OUTCOME_WORDS[name]: float((self.outcome == i).mean()) for i, name in enumerate(OUTCOMES)}
        ranked = sorted((name for name, share in shares.items() if share), key=lambda name: -shares[name])
        said = ", ".join(f"{name} {number_format.percent(shares[name])}" for name in ranked)
        arrays = f"{len(self.whole)} in .whole (worlds,), {len(self.province)} in .province (provinces, worlds)"
        return f"<Horizon of {number_format.worlds(len(self.outcome))}: {said}; measures by name: {arrays}>"


def horizon(
    ensemble: Ensemble,
    last: Observation,
    sums: Observation,
    efforts: tuple[Float[Array, "goals worlds"], Float[Array, "goals provinces worlds"]],
    d: Definitions,
    months: int,
    worlds: int,
) -> Horizon:
    """What a run came to, for its first `worlds` columns; `efforts` are those that `GoalEffort.means` gives."""
    influence = np.array([last.province[f"influence_{key(power)}"] for power in Power])
    found = classification.indices(ensemble, influence, d)

    def classes(definitions: Definitions) -> Classes:
        return Classes(
            whole_number(classification.outcomes(ensemble, found, definitions, months)),
            whole_number(classification.territories(ensemble, definitions)),
            whole_number(classification.spheres(influence, definitions)),
        )

    def whole_number(x: Array) -> Int[Array, "..."]:
        return x[..., :worlds].astype(np.int64)

    def with_sums(measures: tuple[Measure, ...], now: dict[str, Array], summed: dict[str, Array]) -> dict[str, Array]:
        return {m.name: (summed if m.cumulative else now)[m.name][..., :worlds] for m in measures}

    own = classes(d)
    return Horizon(
        province=with_sums(PROVINCE, last.province, sums.province),
        whole=with_sums(WHOLE, last.whole, sums.whole),
        outcome=own.outcome,
        territory=own.territory,
        sphere=own.sphere,
        lower=classes(classification.moved(d, classification.LOWER)),
        higher=classes(classification.moved(d, classification.HIGHER)),
        collapse_month=whole_number(ensemble.records.collapse_month),
        breakdown_month=whole_number(ensemble.records.breakdown_month),
        incident_month=whole_number(ensemble.records.incident_month),
        lost_month=whole_number(ensemble.records.lost_month),
        force=ensemble.state.force[..., :worlds],
        goal_effort=efforts[0],
        goal_effort_by_province=efforts[1],
    )
