"""9. Measure: what is recorded of each month and at the horizon, by the names of `sim.world.measures`."""

from dataclasses import dataclass

import numpy as np

from sim.processes import influence as sway
from sim.processes import outcome
from sim.processes.contract import contract_shares
from sim.processes.influence import Influence
from sim.processes.outcome import Definitions
from sim.world.assessment import people_held
from sim.world.axes import TINY, Array, Bidder, Camp, Field, Leader, Patron, Power, Row, Sector, key
from sim.world.groups import sum_of
from sim.world.measures import PROVINCE, WHOLE
from sim.world.world import World

NOBODY = -1  # who holds an open asset


@dataclass
class Observation:
    """Every measure of a month: by province (P, worlds) and for the whole country (worlds,)."""

    province: dict[str, Array]
    whole: dict[str, Row]


@dataclass
class Snapshot:
    """The world as it stands: sphere of each province (P, worlds), indices into SPHERES; assets by sector and holder, the last
    holder being nobody, (sectors, bidders + 1, worlds).
    """

    sphere: Array
    holders: Array


def snapshot(world: World, p: Influence, d: Definitions, worlds: int) -> Snapshot:
    """Spheres and contracts now, for the first `worlds` columns."""
    holder, sector = world.state.holder[:, :worlds], world.assets.sector
    held = [[(holder[sector == s] == b).sum(axis=0) for b in (*Bidder, NOBODY)] for s in Sector]
    return Snapshot(outcome.spheres(sway.shares(world, p), d)[:, :worlds], np.array(held))


def observe(world: World, p: Influence, d: Definitions) -> Observation:
    """Measure the month just done; also keeps the partners' arrangement for the classes."""
    influence = sway.shares(world, p)
    found = outcome.indices(world, influence, d)
    outcome.keep_arrangement(world, found)
    province = _by_province(world, influence)
    whole = _whole(world, found, province)
    return Observation({m.name: province[m.name] for m in PROVINCE}, {m.name: whole[m.name] for m in WHOLE})


def _by_province(world: World, influence: Array) -> dict[str, Array]:
    state, seen, flows = world.state, world.seen, world.flows
    led = {k: seen.force[k] for k in Patron}
    own = sum_of(state.force, world.groups.of_leader(Leader.GOVERNMENT))
    return (
        {f"control_{key(c)}": state.control[c] for c in Camp}
        | {f"influence_{key(power)}": influence[power] for power in Power}
        | {"force_government": own}
        | {f"force_{key(k)}": led[k] for k in Patron}
        | {f"roots_{key(k)}": state.roots[k] for k in Patron}
        | {f"holdings_{key(k)}": seen.held[k] for k in Patron}
        | {
            "primacy": state.primacy,
            "presence_islamic_state": state.presence,
            "incidents": flows.incidents_at,
            "strikes": flows.strikes,
        }
    )


def _whole(world: World, found: dict[str, Row], province: dict[str, Array]) -> dict[str, Row]:
    state, seen, flows, intent = world.state, world.seen, world.flows, world.intent
    dependence = outcome.dependence(world)
    contracts = contract_shares(world)
    inside = (world.provinces.exclusion * seen.force[Patron.IRAN]).sum(axis=0)
    iran = seen.force[Patron.IRAN].sum(axis=0)
    rows = {name: found[name] for name in ("overlap", "delimitation", "agreed", "balance", "concentration", "clustering")}
    rows |= {f"channel_{key(f)}": state.channel[f] for f in Field}
    rows |= {f"friction_{key(f)}": state.friction[f] for f in Field}
    rows |= {f"offensives_{key(c)}": flows.offensives[c] for c in Camp}
    rows |= {f"gains_{key(c)}": flows.gains[c] for c in Camp}
    rows |= {f"incidents_{key(f)}": flows.incidents[f] for f in Field}
    rows |= {f"dependence_{key(k)}": dependence[k] for k in Patron}
    rows |= {f"contracts_{key(b)}": contracts[b] for b in Bidder}
    rows |= {f"effort_{key(k)}": intent.effort[k].sum(axis=0) for k in Patron}
    rows |= {f"supply_{key(k)}": intent.sustain[Leader[k.name]] for k in Patron}
    return rows | {
        "territory": people_held(state, world.provinces),
        "area": outcome.area_held(world),
        "land_route": state.land_route,
        "exclusion_force": inside,
        "exclusion_share": inside / (iran + TINY),
        "standing": state.standing,
        "settlement_leverage": state.leverage,
        "contract_concentration": (contracts**2).sum(axis=0),
        "contracted": seen.held.sum(axis=(0, 1)) / len(world.assets),
        "morale": state.morale[Camp.GOVERNMENT],
        "army_quality": state.army_quality,
        "coffers": state.coffers,
        "danger": state.danger,
        "evasion": state.evasion,
        "publicity": state.publicity,
        "restraint": state.restraint.sum(axis=0),
        "iran_force": iran,
        "russia_force": seen.force[Patron.RUSSIA].sum(axis=0),
        "friction": state.friction.sum(axis=0),
        "broken": state.broken,
        "collapsed": state.fallen,
        "incidents": flows.incidents.sum(axis=0),
        "bargains": flows.bargains,
        "hand_overs": flows.hand_overs,
        "strikes": province["strikes"].sum(axis=0),
        "strikes_us": flows.strikes_us,
        "offensives": flows.offensives.sum(axis=0),
        "attacks_islamic_state": flows.attacks_is,
        "tenders_won_over_iran": flows.won_over_iran,
    }


@dataclass
class Classes:
    """Indices of classes: `outcome` and `territory` (worlds,), `sphere` (P, worlds)."""

    outcome: Row
    territory: Row
    sphere: Array


@dataclass
class Horizon:
    """A run at its horizon: measures (flows summed over the run), classes and dates, padding worlds left out.

    `lower` and `higher` are the classes with their thresholds a quarter lower and higher. A date is the month in which something first
    happened, or -1.
    """

    province: dict[str, Array]
    whole: dict[str, Row]
    outcome: Row
    territory: Row
    sphere: Array
    lower: Classes
    higher: Classes
    collapse_month: Row
    breakdown_month: Row
    incident_month: Row
    lost_month: Array
    force: Array


def horizon(world: World, last: Observation, sums: Observation, d: Definitions, months: int, worlds: int) -> Horizon:
    """What a run came to, for its first `worlds` columns."""
    influence = np.stack([last.province[f"influence_{key(power)}"] for power in Power])

    def classes(definitions: Definitions) -> Classes:
        return Classes(
            whole_number(outcome.outcomes(world, definitions, months)),
            whole_number(outcome.territories(world, definitions)),
            whole_number(outcome.spheres(influence, definitions)),
        )

    def whole_number(x: Array) -> Array:
        return x[..., :worlds].astype(np.int64)

    def with_sums(measures: tuple[object, ...], now: dict[str, Array], summed: dict[str, Array]) -> dict[str, Array]:
        return {m.name: (summed if m.flow else now)[m.name][..., :worlds] for m in measures}  # type: ignore[attr-defined]

    own = classes(d)
    return Horizon(
        province=with_sums(PROVINCE, last.province, sums.province),
        whole=with_sums(WHOLE, last.whole, sums.whole),
        outcome=own.outcome,
        territory=own.territory,
        sphere=own.sphere,
        lower=classes(outcome.moved(d, outcome.LOWER)),
        higher=classes(outcome.moved(d, outcome.HIGHER)),
        collapse_month=whole_number(world.records.collapse_month),
        breakdown_month=whole_number(world.records.breakdown_month),
        incident_month=whole_number(world.records.incident_month),
        lost_month=whole_number(world.records.lost_month),
        force=world.state.force[..., :worlds],
    )
