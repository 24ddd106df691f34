"""Talks: when the partners hold them, what they are about, what an exchange puts into force, and when it is undone."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.experiment.recording.world_tables import calendar
from sim.model.processes.bargaining import MOST_EXCHANGES, left_alone, step
from sim.model.processes.issue_exchange import INTEREST_WORDS, NOT_EXCHANGED, SECTOR_WORDS
from sim.model.registry import Parameters
from sim.model.state.dimensions import NOBODY, PRIMACY_SIGN, Camp, Field, Partner, Sector
from sim.model.state.ensemble import Ensemble
from sim.replay.narrative import Narrator
from sim.scenario import Scenario
from sim.simulation import Spheres

COAST, EAST = "SY-LA", "SY-DY"  # what Russia and Iran care for in the worlds made up here
Talks = Callable[..., None]


@pytest.fixture
def crossed(ensemble: Ensemble) -> Ensemble:
    """Worlds at the start of talks: both stand in two provinces alike, and each cares more for another one. No tenders, no incidents."""
    state, n = ensemble.state, len(ensemble.provinces)
    state.channel[:] = 1.0
    state.partnership_broken[:] = state.fallen[:] = state.primacy[:] = state.tenders_agreed[:] = state.incident_memory[:] = 0.0
    state.exchanged = np.full((n + len(Sector), ensemble.n_worlds), NOT_EXCHANGED, dtype=np.int8)
    state.control[:] = 0.0
    state.control[Camp.GOVERNMENT] = 1.0
    ensemble.perceived.felt[:] = 0.5
    ensemble.intent.contract_stake[:] = 0.0
    ensemble.intent.stake[:] = 0.0
    coast, east = places(ensemble)
    ensemble.intent.stake[:, coast] = [[0.6], [0.2]]
    ensemble.intent.stake[:, east] = [[0.2], [0.6]]
    ensemble.monthly.incidents_at = np.zeros((n, ensemble.n_worlds))
    return ensemble


def places(ensemble: Ensemble) -> tuple[int, int]:
    """The coast and the east by index."""
    return ensemble.provinces.iso.index(COAST), ensemble.provinces.iso.index(EAST)


@pytest.fixture
def talk(p: Parameters, given: Callable[..., Any]) -> Talks:
    """A month of talks in which the commission meets everywhere and nothing fades, unless told otherwise."""

    def month(ensemble: Ensemble, **numbers: float) -> None:
        usual = {"talks": 1, "readiness": 0, "worth_a_talk": 0.01, "fading": 0, "posts": 0.5, "friction_cost": 0.1}
        step(ensemble, given(p.bargain, **(usual | numbers)), p.contract, np.zeros(ensemble.n_worlds))

    return month


def test_each_gets_what_it_cares_for(crossed: Ensemble, talk: Talks) -> None:
    coast, east = places(crossed)
    talk(crossed)
    expected = np.zeros(crossed.state.primacy.shape)
    expected[coast], expected[east] = PRIMACY_SIGN[Partner.RUSSIA], PRIMACY_SIGN[Partner.IRAN]
    assert np.array_equal(crossed.state.primacy, expected)
    assert np.array_equal(crossed.monthly.bargains, np.ones(crossed.n_worlds))
    assert (crossed.state.exchanged[coast] == east).all() and (crossed.state.exchanged[east] == coast).all()
    assert ((crossed.state.exchanged != NOT_EXCHANGED).sum(axis=0) == 2).all()
    assert (crossed.monthly.hand_overs > 0.0).all()
    np.testing.assert_array_equal(crossed.state.left_alone[Partner.IRAN, coast], 1.0)
    np.testing.assert_array_equal(crossed.state.left_alone[Partner.RUSSIA, east], 1.0)
    assert not crossed.state.left_alone[Partner.RUSSIA, coast].any()


def test_tenders_can_be_exchanged_for_posts(crossed: Ensemble, talk: Talks) -> None:
    """Only power is open to tender: Iran, which cares more for contracts, yields the coast for it, as firmly as both channels allow."""
    coast, _ = places(crossed)
    state = crossed.state
    crossed.intent.stake[:] = 0.0
    crossed.intent.stake[:, coast] = [[0.6], [0.1]]
    crossed.intent.contract_stake[:] = [[0.1], [0.5]]
    state.holder = np.where((crossed.assets.sector == Sector.POWER)[:, np.newaxis], NOBODY, 0).astype(np.int8)
    state.ground = np.full_like(state.ground, Camp.GOVERNMENT)
    state.channel = np.repeat(np.array([[0.8], [0.4], [1.0]]), crossed.n_worlds, axis=1)
    step_until_met(crossed, talk)
    np.testing.assert_allclose(state.primacy[coast], 0.4)
    np.testing.assert_allclose(state.tenders_agreed[Sector.POWER], -0.4)
    assert np.count_nonzero(state.tenders_agreed) == np.count_nonzero(state.primacy) == crossed.n_worlds


def step_until_met(ensemble: Ensemble, talk: Talks) -> None:
    """One meeting, through a diplomatic channel that is full."""
    assert (ensemble.state.channel[Field.DIPLOMATIC] == 1.0).all()
    talk(ensemble)
    assert (ensemble.monthly.bargains == 1.0).all()


@pytest.mark.parametrize("hindrance", ["partnership_broken", "fallen", "channel", "talks"])
def test_no_talks_without_a_partnership_a_government_a_channel_or_a_wish(crossed: Ensemble, talk: Talks, hindrance: str) -> None:
    if hindrance == "talks":
        talk(crossed, talks=0)
    else:
        getattr(crossed.state, hindrance)[:] = 0.0 if hindrance == "channel" else 1.0
        talk(crossed, readiness=1)
    assert not crossed.monthly.bargains.any() and not crossed.state.primacy.any() and not crossed.state.left_alone.any()


@pytest.mark.parametrize(("memory", "readiness", "called"), [(100.0, 1.0, True), (100.0, 0.0, False), (0.5, 1.0, False)])
def test_incidents_call_for_talks_about_their_province(
    crossed: Ensemble, talk: Talks, memory: float, readiness: float, called: bool
) -> None:
    """Homs and Hama matter more to both, but the incidents were on the coast: every exchange contains it, and it is forgotten there."""
    coast, _ = places(crossed)
    homs, hama = (crossed.provinces.iso.index(code) for code in ("SY-HI", "SY-HM"))
    crossed.intent.stake[:, homs] = [[0.9], [0.3]]
    crossed.intent.stake[:, hama] = [[0.3], [0.9]]
    crossed.state.incident_memory[coast] = memory
    talk(crossed, talks=0, readiness=readiness)
    assert (crossed.monthly.bargains == (1.0 if called else 0.0)).all()
    assert (crossed.state.primacy[coast] == (1.0 if called else 0.0)).all()
    assert (crossed.state.exchanged[coast] == (hama if called else NOT_EXCHANGED)).all()
    assert (crossed.state.incident_memory[coast] == 0.0).all() == called
    talk(crossed)
    assert (crossed.state.primacy[homs] == 1.0).all()  # what the commission takes up once it meets, here too
    assert ((crossed.state.primacy != 0.0).sum(axis=0) == (4 if called else 2)).all()


def test_a_meeting_strikes_as_many_exchanges_as_it_may_and_as_there_are(crossed: Ensemble, talk: Talks) -> None:
    crossed.intent.stake = np.abs(np.random.default_rng(4).normal(size=crossed.intent.stake.shape)) * 0.2
    start = {name: getattr(crossed.state, name).copy() for name in ("primacy", "exchanged", "force", "tenders_agreed", "incident_memory")}
    found = []
    for exchanges in (0, 1, 2, 3, MOST_EXCHANGES):
        for name, value in start.items():
            setattr(crossed.state, name, value.copy())
        talk(crossed, exchanges=exchanges)
        found.append(crossed.monthly.bargains.copy())
        assert np.array_equal((crossed.state.exchanged != NOT_EXCHANGED).sum(axis=0), 2 * crossed.monthly.bargains)
    assert np.array_equal(found[0], np.zeros(crossed.n_worlds)) and np.array_equal(found[1], np.ones(crossed.n_worlds))
    assert all((more >= less).all() for less, more in pairwise(found))
    assert (found[2] == 2).all() and (found[-1] > 3).any() and (found[-1] < MOST_EXCHANGES).any()
    talk(crossed, exchanges=MOST_EXCHANGES)
    assert not crossed.monthly.bargains.any()  # none was left


def test_what_pays_both_is_kept_and_what_no_longer_pays_one_is_undone(crossed: Ensemble, talk: Talks) -> None:
    coast, east = places(crossed)
    talk(crossed)
    before = crossed.state.exchanged.copy()
    talk(crossed, talks=0)
    assert np.array_equal(crossed.state.exchanged, before)
    crossed.intent.stake[Partner.RUSSIA, east, :3] = 0.9  # in three of the worlds Russia now cares for the east most
    crossed.state.left_alone[:] = 0.0
    talk(crossed, talks=0)
    undone = np.arange(crossed.n_worlds) < 3
    for place in (coast, east):
        assert np.array_equal(crossed.state.exchanged[place] == NOT_EXCHANGED, undone)
        assert np.array_equal(crossed.state.primacy[place] == 0.0, undone)
        assert np.array_equal(crossed.state.left_alone[:, place].any(axis=0), ~undone)


def test_lost_ground_undoes_what_was_agreed_about_it(crossed: Ensemble, talk: Talks) -> None:
    """As the government falls, nothing is at stake any more; a breakdown alone leaves agreements as they are."""
    talk(crossed)
    crossed.state.partnership_broken[:] = 1.0
    talk(crossed)
    assert np.count_nonzero(crossed.state.primacy) == 2 * crossed.n_worlds
    crossed.state.fallen[:] = 1.0
    crossed.intent.stake[:] = 0.0
    talk(crossed)
    assert not crossed.state.primacy.any() and (crossed.state.exchanged == NOT_EXCHANGED).all()


def test_ground_that_was_lost_is_not_exchanged_again(crossed: Ensemble, talk: Talks) -> None:
    """Each now wants the other place, but the coast is another camp's: undone it is, and the same meeting makes no new exchange of it."""
    coast, _ = places(crossed)
    talk(crossed)
    crossed.state.control[Camp.GOVERNMENT, coast] = 0.0
    crossed.state.control[Camp.OPPOSITION, coast] = 1.0
    crossed.intent.stake = crossed.intent.stake[::-1].copy()
    talk(crossed)
    assert (crossed.state.exchanged == NOT_EXCHANGED).all() and not crossed.monthly.bargains.any()


def test_agreements_fade_and_are_renewed_where_the_commission_meets(crossed: Ensemble, talk: Talks) -> None:
    coast, _ = places(crossed)
    talk(crossed)
    talk(crossed, talks=0, fading=0.25)
    np.testing.assert_allclose(crossed.state.primacy[coast], 0.75)
    crossed.state.channel[Field.MILITARY] = 0.9
    crossed.state.incident_memory[:] = 100.0
    talk(crossed, talks=0, readiness=1)
    np.testing.assert_allclose(crossed.state.primacy[coast], 0.75)  # talks about incidents confirm nothing
    talk(crossed)
    np.testing.assert_allclose(crossed.state.primacy[coast], 0.9)  # as the channel carries it
    crossed.state.channel[Field.MILITARY] = 0.3
    talk(crossed)
    np.testing.assert_allclose(crossed.state.primacy[coast], 0.9)  # no looser than it was


def test_what_has_faded_away_can_be_exchanged_anew(crossed: Ensemble, talk: Talks) -> None:
    talk(crossed)
    talk(crossed, talks=0, fading=1)
    assert not crossed.state.primacy.any() and (crossed.state.exchanged == NOT_EXCHANGED).all()
    talk(crossed)
    assert (crossed.monthly.bargains == 1.0).all()


def test_what_is_remembered_of_incidents(crossed: Ensemble, talk: Talks) -> None:
    crossed.state.incident_memory[:] = 2.0
    crossed.monthly.incidents_at[:] = 3.0
    talk(crossed, talks=0, memory=0.5)
    np.testing.assert_array_equal(crossed.state.incident_memory, 4.0)


def test_nothing_is_left_to_the_other_without_agreement_unless_it_is_expected(crossed: Ensemble, p: Parameters, given) -> None:
    """Iran's claim on the east is three times Russia's: 2 x 0.75 - 1 = 0.5 of it is left to Iran by a Russia that wholly anticipates."""
    _, east = places(crossed)
    assert not left_alone(crossed, given(p.bargain, anticipation=0)).any()
    sorted_out = left_alone(crossed, given(p.bargain, anticipation=1))
    np.testing.assert_allclose(sorted_out[Partner.RUSSIA, east], 0.5)
    assert not sorted_out[Partner.IRAN, east].any()
    np.testing.assert_allclose(left_alone(crossed, given(p.bargain, anticipation=0.4)), 0.4 * sorted_out)
    crossed.state.primacy[east] = -0.8
    np.testing.assert_allclose(left_alone(crossed, given(p.bargain, anticipation=1))[Partner.RUSSIA, east], 0.8)  # the larger


def run(baseline: Scenario, worlds: int = 8, months: int = 18, **values: float) -> tuple[Spheres, np.ndarray]:
    """A run and the largest share of leads that rested on agreements in it, by month and world."""
    model = Spheres(baseline, worlds=worlds, months=months, **{path.replace("__", "."): x for path, x in values.items()})
    agreed = []
    while model.running:
        model.step()
        agreed.append(model.observe().whole["agreed"])
    return model, np.stack(agreed)


@pytest.mark.parametrize("carry_over", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("anticipation", [0.0, 0.8])
def test_without_talks_nothing_is_ever_agreed(baseline: Scenario, carry_over: float, anticipation: float) -> None:
    silent = {"bargain__talks": 0.0, "bargain__readiness": 0.0, "bargain__anticipation": anticipation}
    model, agreed = run(baseline, coordinate__carry_over=carry_over, **silent)
    assert (agreed == 0.0).all()
    assert model.ensemble.state.left_alone.any() == (anticipation > 0.0)


def test_anticipation_sorts_without_a_word(baseline: Scenario) -> None:
    """In the same worlds without talks, effort and force keep apart where each expects the other to prevail."""
    silent = {"bargain__talks": 0.0, "bargain__readiness": 0.0}
    usual, sorting = (run(baseline, worlds=24, months=24, bargain__anticipation=x, **silent)[0] for x in (0.0, 0.8))
    assert (sorting.observe().whole["delimitation"] > usual.observe().whole["delimitation"]).mean() > 0.9
    assert (sorting.observe().whole["overlap"] < usual.observe().whole["overlap"]).mean() > 0.9


def test_a_world_alone_talks_as_it_does_among_others(baseline: Scenario) -> None:
    """Talks single out worlds, a lone one too: each ends alike to the bit, however many run beside it."""
    busy = {"bargain.talks": 0.4, "bargain.exchanges": 3.0}
    together = Spheres(baseline, worlds=5, months=6, **busy).run().ensemble.state
    assert ((together.exchanged[:, :5] != NOT_EXCHANGED).any(axis=0)).any()
    for world in range(5):
        alone = Spheres(baseline, worlds=1, first_world=world, months=6, **busy).run().ensemble.state
        for name in ("primacy", "tenders_agreed", "exchanged", "force", "left_alone", "incident_memory"):
            assert np.array_equal(getattr(alone, name)[..., 0], getattr(together, name)[..., world]), (world, name)


def test_a_story_tells_who_yields_what_for_what_in_return(baseline: Scenario) -> None:
    """In whole sentences, with the interests in words that are not names of parameters."""
    model = Spheres(baseline, worlds=4, months=6, record_events=True, **{"bargain.talks": 1.0}).run()
    n, sectors = len(model.provinces), "|".join(SECTOR_WORDS.values())
    narrator = Narrator(calendar(baseline), model.provinces.iso, model.provinces.name)
    issue = rf"(posts in ({'|'.join(model.provinces.name)})|tenders in ({sectors}))"
    wants = rf"which wants ({'|'.join(INTEREST_WORDS.values())})"
    expected = re.compile(rf"The partners agree: Iran leaves {issue} to Russia, {wants}, and Russia leaves {issue} to Iran, {wants}\.")
    told = 0
    for world in range(4):
        exchanged = model.ensemble.state.exchanged[:, world]
        records = [record for record in model.log.records if record.world == world]
        sentences = [one for one in narrator.years(records) if "exchange" in one.kinds]
        told += len(sentences)
        for one in sentences:
            assert expected.fullmatch(one.text) and "_" not in one.text and {"R35", "R43"} <= set(one.claims), one.text
        for place in np.flatnonzero(exchanged[:n] != NOT_EXCHANGED):
            assert any(f"posts in {model.provinces.name[place]} " in one.text for one in sentences)
    assert told >= 4
