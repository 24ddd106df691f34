"""An interest of weight zero is as though it did not exist, in every form that it takes, and the others take its share of effort."""

from dataclasses import fields

import numpy as np
import pytest
from batch.bench import STRESS, differing, results
from model.actors.deciding import EVERY_GOAL, GOALS, decided, troubled, wanting

from sim.model.actors.agenda import plan_of
from sim.model.actors.goals import Pursuit
from sim.model.registry import Parameters
from sim.model.state.dimensions import Camp, Instrument, Leader, Partner
from sim.model.state.ensemble import Ensemble
from sim.model.state.event_log import KIND_INDEX
from sim.model.state.intent import Intent
from sim.scenario import Scenario
from sim.simulation import Spheres

from .bench import Given, faults


def by_name(pursuit: Pursuit) -> str:
    return pursuit.path


def arrays_of(intent: Intent) -> dict[str, np.ndarray]:
    """Everything that actors intend, by name."""
    found = {}
    for field in fields(intent):
        value = getattr(intent, field.name)
        found |= {f"{field.name}.{name}": x for name, x in value.items()} if isinstance(value, dict) else {field.name: value}
    return found


def all_pursued(p: Parameters) -> Parameters:
    """Every actor wants all that it may want, alike."""
    for actor in GOALS:
        p = wanting(p, actor, lambda name: 1.0)
    return p


@pytest.fixture
def worlds(ensemble: Ensemble) -> Ensemble:
    """Worlds with trouble of every kind."""
    return troubled(ensemble)


@pytest.mark.parametrize("pursuit", EVERY_GOAL.pursuits, ids=by_name)
def test_nothing_of_it_is_left_and_the_others_take_its_share(model: Spheres, worlds: Ensemble, p: Parameters, pursuit: Pursuit) -> None:
    """No effort, pull, stake, strike, publicity or bid comes of it: all intentions are to the bit those of actors without the goal."""
    with np.errstate(all="raise", under="ignore"):
        masked = wanting(all_pursued(p), pursuit.actor, lambda name: float(name != pursuit.goal.name))
        intent = arrays_of(decided(model, worlds, masked))
        agenda = worlds.agenda
        without = arrays_of(decided(model, worlds, masked, plan_of(GOALS, lambda path: path != pursuit.path)))
    assert intent.keys() == without.keys()
    assert [name for name, x in intent.items() if not np.array_equal(x, without[name])] == []
    rows, own = list(agenda.plan.rows[pursuit.actor]), EVERY_GOAL.pursuits.index(pursuit)
    assert not agenda.effort[own].any() and not agenda.weight[own].any()
    np.testing.assert_allclose(agenda.effort[rows].sum(axis=0), agenda.budget[pursuit.actor], rtol=1e-12)
    others = [row for row in rows if agenda.effort[row].any()]
    power = (agenda.weight[others] * agenda.unmet[others]) ** masked.choice.selectivity
    np.testing.assert_allclose(agenda.effort[others], agenda.budget[pursuit.actor] * power / power.sum(axis=0), rtol=1e-9)
    assert others


# What each kind of intention comes of: the interests without which there is none of it at all.
ONLY_FROM = (
    ("russia", ("contract_competition",), lambda i: [i.effort[Partner.RUSSIA, Instrument.FIRMS], i.contract_stake[Partner.RUSSIA]]),
    ("iran", ("contract_competition",), lambda i: [i.placed[Partner.IRAN, Instrument.FIRMS], i.contract_stake[Partner.IRAN]]),
    ("russia", ("standing",), lambda i: [i.publicity[Partner.RUSSIA]]),
    ("russia", ("limit_militias", "israel_balance"), lambda i: [i.placed[Partner.RUSSIA, Instrument.RESTRAINT]]),
    ("iran", ("no_foreign_bases",), lambda i: [i.aversion[Partner.IRAN]]),
    ("iran", ("shield",), lambda i: [i.placed[Partner.IRAN, Instrument.MIXING]]),
    ("iran", ("bases", "militia_entrenchment", "land_corridor", "deterrence"), lambda i: [i.effort[Partner.IRAN, Instrument.ROOTS]]),
    ("israel", ("keep_the_line_clear",), lambda i: [i.pressure]),
    ("israel", ("keep_the_line_clear", "stop_entrenchment", "cut_the_corridor"), lambda i: [i.strikes["israel"]]),
    ("united_states", ("protect_forces", "limit_iran"), lambda i: [i.strikes["us"]]),
    ("united_states", ("keep_is_down",), lambda i: [i.air[Camp.SDF]]),
    ("turkey", ("keep_the_north", "push_back_sdf"), lambda i: [i.pull[Leader.TURKEY]]),
    ("sdf", ("hold_the_northeast", "oil", "keep_is_down"), lambda i: [i.pull[Leader.SDF], i.value[Camp.SDF]]),
    ("opposition", ("hold_the_northwest", "take_the_cities", "topple_the_government"), lambda i: [i.pull[Leader.OPPOSITION]]),
    ("islamic_state", ("survive", "hold_ground_again", "oil"), lambda i: [i.pull[Leader.ISLAMIC_STATE], i.value[Camp.ISLAMIC_STATE]]),
    ("local_powers", ("self_rule",), lambda i: [i.local_rooting]),
    ("government", ("autonomy",), lambda i: [i.tender["autonomy"]]),
    ("government", ("regime_survival",), lambda i: [i.tender["gratitude"]]),
    ("government", ("regime_survival", "settlement_weight", "autonomy"), lambda i: [i.favour]),
    ("government", ("regime_survival", "territory", "settlement_weight", "revenue"), lambda i: [i.value[Camp.GOVERNMENT]]),
)


@pytest.mark.parametrize(("actor", "interests", "of"), ONLY_FROM, ids=lambda x: x if isinstance(x, str) else None)
def test_what_comes_of_an_interest_alone_is_exactly_nothing_without_it(
    model: Spheres, worlds: Ensemble, p: Parameters, actor: str, interests: tuple[str, ...], of
) -> None:
    without = wanting(all_pursued(p), actor, lambda name: float(name not in interests))
    if actor == "israel":
        without = wanting(without, "united_states", lambda name: float(name != "limit_iran"))  # the other one that presses
    assert not any(x.any() for x in of(decided(model, worlds, without)))


@pytest.mark.parametrize("actor", GOALS)
def test_an_actor_that_wants_nothing_spends_nothing_and_nothing_breaks(model: Spheres, worlds: Ensemble, p: Parameters, actor: str) -> None:
    with np.errstate(all="raise", under="ignore"):
        intent = decided(model, worlds, wanting(all_pursued(p), actor, lambda name: 0.0))
    agenda = worlds.agenda
    assert (
        not agenda.effort[list(agenda.plan.rows[actor])].any() and not agenda.pull_of_force(actor).any() and not agenda.stake(actor).any()
    )
    assert all(np.isfinite(x).all() for x in arrays_of(intent).values())


def test_years_in_which_nobody_wants_anything_go_by_without_effort_or_error(baseline: Scenario) -> None:
    """Not one actor has an interest, from the start at rest on: no effort, no strikes, no bids of the partners, no offensives."""
    rows = {path: np.zeros(8) for path in baseline.settings if ".interests." in path}
    with np.errstate(all="raise", under="ignore"):
        model = Given(baseline, rows, months=12, root=True)
        while model.running:
            model.step()
            assert faults(model) == {}
            assert not model.ensemble.agenda.effort.any()
            seen = model.observe()
            assert not any(seen.whole[name].any() for name in ("effort_russia", "effort_iran", "strikes", "publicity", "restraint"))
    assert not any(model.log.counts[KIND_INDEX[f"contract_{partner}"]].any() for partner in ("russia", "iran"))


def test_a_goal_that_is_left_out_and_one_of_weight_zero_are_the_same_to_the_bit(baseline: Scenario) -> None:
    """A run leaves out what no world can want; one in which a scenario sets it to nothing carries it along."""
    carried = {f"russia.interests.{name}": 0.0 for name in ("militia_entrenchment", "shield", "deterrence")}
    carried |= {f"iran.interests.{name}": 0.0 for name in ("standing", "order", "bases")}
    plain, other = Spheres(baseline, worlds=2), Spheres(baseline, worlds=2, **carried)
    assert len(other.ensemble.agenda.plan.pursuits) == len(plain.ensemble.agenda.plan.pursuits) + len(carried)
    assert differing(results(baseline, 9, STRESS, worlds=4), results(baseline, 9, STRESS | carried, worlds=4)) == []
