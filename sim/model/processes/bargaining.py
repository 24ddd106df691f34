"""7b. Bargain: the partners exchange issues, posts in a province or tenders in a sector (R24, R35, R43).

A standing commission meets now and then; repeated incidents in a province call for talks about it besides. Both follow one rule
(`issue_exchange.py`): of all exchanges of one issue for another from which both gain, the one with the largest Nash product is struck, as
far as the channels of both fields can carry it. It is kept as long as both still gain, and undone when not.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.processes.contract_terms import TenderParameters
from sim.model.processes.coordination import usable_channels
from sim.model.processes.issue_exchange import (
    NOT_EXCHANGED,
    Issues,
    Terms,
    best_exchange,
    expected_shares,
    gains_kept,
    issue_fields,
    issues_of,
)
from sim.model.processes.post_transfer import hand_over_posts
from sim.model.state.dimensions import (
    PRIMACY_SIGN,
    Array,
    BoolRow,
    ByProvince,
    Camp,
    Field,
    Partner,
    Row,
    indices_where,
    never_alone,
    yielded,
)
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import FACTOR, SHARE, WEIGHT, parameter

MOST_EXCHANGES = 10  # at one meeting: with fourteen provinces and six sectors there is no eleventh


@dataclass
class BargainingParameters:
    """When the partners talk and what they agree."""

    talks: Row = parameter(
        SHARE, "chance a month, through a full diplomatic channel, that the standing commission looks for an exchange (R43)"
    )
    exchanges: Row = parameter(FACTOR, "how many exchanges a meeting may strike, one after the other")
    memory: Row = parameter(SHARE, "share of past incidents in a province remembered from month to month")
    threshold: Row = parameter(FACTOR, "remembered incidents in a province that call for talks about it")
    readiness: Row = parameter(SHARE, "chance a month, through a full military channel, that such talks are held (R43)")
    foothold: Row = parameter(SHARE, "presence that a partner without any force in a province could count on there in a contest")
    friction_cost: Row = parameter(WEIGHT, "what contesting an issue evenly costs each partner, in units of its stake")
    worth_a_talk: Row = parameter(WEIGHT, "gain from an exchange below which a partner does not bother")
    posts: Row = parameter(SHARE, "share of its force on the spot, as far as it obeys, that the yielding partner takes away at once (R24)")
    fading: Row = parameter(SHARE, "share of an agreement that fades in a month")
    anticipation: Row = parameter(SHARE, "how far a partner leaves a province, without a word, where it expects the other to prevail")


def step(ensemble: Ensemble, p: BargainingParameters, contract: TenderParameters, carry_over: Row) -> None:
    """Undo exchanges that no longer pay, hold the month's talks, let agreements fade; note what each leaves to the other next month."""
    state, monthly = ensemble.state, ensemble.monthly
    memory = state.incident_memory * p.memory + monthly.incidents_at
    state.primacy = state.primacy * (1.0 - p.fading)
    state.tenders_agreed = state.tenders_agreed * (1.0 - p.fading)
    usable = usable_channels(state.channel, carry_over)
    speak = (1.0 - state.partnership_broken) * (1.0 - state.fallen)
    called = memory > p.threshold
    if np.count_nonzero(called):  # repeated incidents are rare
        called &= ensemble.random_by_province("bargain:strike") < p.readiness * usable[Field.MILITARY] * speak
    meets = ensemble.random_row("bargain:commission") < p.talks * usable[Field.DIPLOMATIC] * speak
    monthly.bargains = np.zeros(ensemble.n_worlds)
    due = meets | called.any(axis=0)
    stands = state.exchanged != NOT_EXCHANGED
    if np.count_nonzero(due) or np.count_nonzero(stands):
        issues = issues_of(ensemble, contract, p.foothold)
        _undo(ensemble, p, issues, stands)
        _renew(ensemble, usable, meets)
        memory = _talk(ensemble, p, issues, usable, meets, called, memory)
    state.incident_memory = memory
    state.left_alone = left_alone(ensemble, p)


def _undo(ensemble: Ensemble, p: BargainingParameters, issues: Issues, stands: Bool[Array, "issues worlds"]) -> None:
    """Undo the exchanges from which one of the partners no longer gains, or of which nothing is left."""
    state, agreed = ensemble.state, _agreed(ensemble)
    to_russia, world = indices_where(stands & (agreed > 0.0))
    gains = gains_kept(issues, p.friction_cost, to_russia, state.exchanged[to_russia, world], world)
    undone = stands & (agreed == 0.0)
    undone[to_russia, world] = gains.min(axis=0) <= 0.0
    issue, world = indices_where(undone)
    if not issue.size:
        return
    undone[state.exchanged[issue, world], world] = True  # what was given for it
    issues.free |= undone
    issues.free[: len(ensemble.provinces)] &= state.control[Camp.GOVERNMENT] > 0.0
    _write(ensemble, np.where(undone, 0.0, agreed))
    state.exchanged = np.where(undone, np.int8(NOT_EXCHANGED), state.exchanged)
    ensemble.note("agreement_undone", undone.sum(axis=0) / 2.0)


def _talk(
    ensemble: Ensemble,
    p: BargainingParameters,
    issues: Issues,
    usable: Float[Array, "fields worlds"],
    meets: BoolRow,
    called: Bool[Array, "provinces worlds"],
    memory: ByProvince,
) -> ByProvince:
    """Hold the talks that are due; returns the remembered incidents, forgotten where posts were exchanged, (P, worlds)."""
    state, n_provinces = ensemble.state, len(ensemble.provinces)
    due = meets | called.any(axis=0)
    struck = np.zeros(state.exchanged.shape, dtype=bool)
    for turn in range(MOST_EXCHANGES):
        index = never_alone(np.flatnonzero(due & (turn < p.exchanges)))
        if index.size == 0:
            break
        if turn == 0:
            ties = ensemble.chance.uniforms("bargain:ties", ensemble.month, len(state.exchanged))
            ties[:n_provinces] = ties[:n_provinces][ensemble.provinces.iso_rank]
        active = issues.of(index)
        about = np.empty((len(struck), index.size), dtype=bool)
        about[:] = np.take(meets, index)
        about[:n_provinces] |= np.take(called, index, axis=-1)
        terms = best_exchange(
            active,
            friction_cost=np.take(p.friction_cost, index),
            worth=np.take(p.worth_a_talk, index),
            channels=np.take(usable, index, axis=-1),
            about=about,
            ties=np.take(ties, index, axis=-1),
        )
        if not terms.struck.any():
            break
        _strike(ensemble, p, issues, terms, index, struck)
        issues.free &= state.exchanged == NOT_EXCHANGED
        due = due & struck_anything(terms, index, ensemble.n_worlds)
    return np.where(struck[:n_provinces], 0.0, memory)


def _renew(ensemble: Ensemble, usable: Float[Array, "fields worlds"], meets: BoolRow) -> None:
    """Where the commission meets, what was exchanged is confirmed as firmly as the channels of both fields carry it now."""
    issue, world = indices_where(meets & (ensemble.state.exchanged != NOT_EXCHANGED))
    if not issue.size:
        return
    other, field, agreed = ensemble.state.exchanged[issue, world], issue_fields(len(ensemble.provinces)), _agreed(ensemble)
    was, carried = agreed[issue, world], np.minimum(usable[field[issue], world], usable[field[other], world])
    agreed[issue, world] = np.sign(was) * np.maximum(np.abs(was), carried)
    _write(ensemble, agreed)


def struck_anything(terms: Terms, index: Int[Array, " active"], n_worlds: int) -> BoolRow:
    """In which worlds this turn struck an exchange, (worlds,)."""
    done = np.zeros(n_worlds, dtype=bool)
    done[index[terms.struck]] = True
    return done


def _strike(
    ensemble: Ensemble,
    p: BargainingParameters,
    issues: Issues,
    terms: Terms,
    index: Int[Array, " active"],
    struck: Bool[Array, "issues worlds"],
) -> None:
    """Put exchanges into force: who has primacy on which issue, how firmly; posts change hands."""
    state, n_provinces = ensemble.state, len(ensemble.provinces)
    own = np.flatnonzero(terms.struck)
    own = own[np.concatenate(([True], np.diff(index[own]) > 0))] if own.size else own  # padding repeats a world
    world, to_russia, to_iran, firm = index[own], terms.to_russia[own], terms.to_iran[own], terms.firmness[own]
    agreed, exchanged = _agreed(ensemble), state.exchanged.copy()
    agreed[to_russia, world], agreed[to_iran, world] = PRIMACY_SIGN[Partner.RUSSIA] * firm, PRIMACY_SIGN[Partner.IRAN] * firm
    exchanged[to_russia, world], exchanged[to_iran, world] = to_iran, to_russia
    _write(ensemble, agreed)
    state.exchanged = exchanged
    new = np.zeros((len(Partner), *exchanged.shape))
    new[Partner.RUSSIA, to_russia, world], new[Partner.IRAN, to_iran, world] = firm, firm
    struck[to_russia, world] |= firm != 0.0
    struck[to_iran, world] |= firm != 0.0
    moved = hand_over_posts(ensemble, p.posts, new[:, :n_provinces])
    ensemble.monthly.bargains[world] += 1.0
    told = issues.told(ensemble, terms, index, own) if ensemble.log.record_events else ""
    ensemble.note("exchange", np.bincount(world, minlength=ensemble.n_worlds).astype(float), told)
    for partner, name in ((Partner.RUSSIA, "russia"), (Partner.IRAN, "iran")):
        ensemble.note(f"bargain_{name}", new[partner, :n_provinces] > 0.0)
        ensemble.note(f"tenders_{name}", (new[partner, n_provinces:] > 0.0).sum(axis=0).astype(float))
    ensemble.note("posts_change_hands", moved)


def _agreed(ensemble: Ensemble) -> Float[Array, "issues worlds"]:
    """What is agreed on every issue: 1 firmly Russia's, -1 Iran's, 0 nothing."""
    return np.concatenate([ensemble.state.primacy, ensemble.state.tenders_agreed])


def _write(ensemble: Ensemble, agreed: Float[Array, "issues worlds"]) -> None:
    """Put back what is agreed on every issue."""
    n = len(ensemble.provinces)
    ensemble.state.primacy, ensemble.state.tenders_agreed = agreed[:n], agreed[n:]


def left_alone(ensemble: Ensemble, p: BargainingParameters) -> Float[Array, "partners provinces worlds"]:
    """How far each partner leaves a province to the other, (K, P, worlds), 0..1: where that is agreed, or, as far as it anticipates,
    where it expects the other to prevail (sorting without a word).
    """
    agreed = np.array([yielded(ensemble.state.primacy, partner) for partner in Partner])
    if not p.anticipation.any():
        return agreed
    expected = expected_shares(ensemble.intent.stake, ensemble.perceived.felt + p.foothold)
    return np.maximum(agreed, p.anticipation * np.maximum(0.0, 2.0 * expected[::-1] - 1.0))
