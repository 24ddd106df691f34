"""Nothing in the data makes a rule silent: over a plain baseline, what the model is about does happen."""

import numpy as np
import pytest

from sim.model.schedule import by_partner
from sim.model.state.dimensions import Camp
from sim.model.state.event_log import KIND_INDEX
from sim.scenario import Scenario
from sim.simulation import Spheres

WORLDS, MONTHS = 64, 60


@pytest.fixture(scope="module")
def run(baseline: Scenario) -> Spheres:
    """The baseline over five years."""
    return Spheres(baseline, worlds=WORLDS, months=MONTHS).run()


@pytest.fixture(scope="module")
def start(baseline: Scenario) -> Spheres:
    """The same worlds before the first month."""
    return Spheres(baseline, worlds=WORLDS, months=MONTHS)


@pytest.mark.parametrize(
    "kind",
    [
        "raid",
        "strike_israel",
        "strike_us",
        "contract_russia",
        "contract_iran",
        "contract_others",
        "contract_in_force",
        "contract_lapsed",
        "won_over_iran",
        "incident_command",
        "incident_economic",
        "incident_diplomatic",
        "bargain_russia",
        "bargain_iran",
        "exchange",
        "posts_change_hands",
        "escalation",
        "crisis",
        "surge",
        "contact_lost",
    ],
)
def test_it_happens_in_the_first_years_and_in_the_last(run: Spheres, kind: str) -> None:
    counts = run.log.counts[KIND_INDEX[kind]].sum(axis=-1)
    assert counts[: MONTHS // 2].sum() > 0
    assert counts[MONTHS // 2 :].sum() > 0


@pytest.mark.parametrize("kind", ["tenders_russia", "tenders_iran", "agreement_undone"])
def test_it_happens_now_and_then(run: Spheres, kind: str) -> None:
    assert run.log.counts[KIND_INDEX[kind]].sum() > 0


def test_local_powers_gain_and_lose_roots_and_count(run: Spheres, start: Spheres) -> None:
    before, after = start.ensemble.state.local_roots, run.ensemble.state.local_roots
    assert (after > before + 0.01).any() and (after < before - 0.01).any()
    where = [run.provinces.iso.index(code) for code in ("SY-DR", "SY-SU")]
    assert (run.observe().province["influence_local"][where].mean(axis=1) > 0.02).all()


def test_the_islamic_state_raids_though_it_holds_no_ground_at_the_start(run: Spheres, start: Spheres) -> None:
    assert not start.ensemble.state.control[Camp.ISLAMIC_STATE].any()
    raids = run.log.counts[KIND_INDEX["raid"]]
    assert raids[0].sum() > WORLDS
    assert (run.finish().whole["attacks_islamic_state"] > 0).all()


def test_tenders_come_up_in_the_first_year_although_fronts_are_quiet(run: Spheres) -> None:
    awards = sum(run.log.counts[KIND_INDEX[f"contract_{bidder}"], :12].sum() for bidder in ("russia", "iran", "others"))
    offensives = sum(
        run.log.counts[KIND_INDEX[f"{camp}_{end}"], :12].sum() for camp in ("government", "opposition") for end in ("gain", "repelled")
    )
    assert awards > offensives


def test_forces_are_raised_as_well_as_lost(run: Spheres, start: Spheres) -> None:
    before, after = (m.ensemble.state.force.sum(axis=1) + m.ensemble.state.reserve for m in (start, run))
    assert (after > 1.01 * before).any(axis=1).sum() > 3
    assert (after < 0.99 * before).any(axis=1).sum() > 3


def test_every_level_of_the_state_moves(run: Spheres, start: Spheres) -> None:
    """Standing only of the partner that is a broker: the report gives the other one no such aspiration."""
    brokers = [partner for partner, own in by_partner(run.p).items() if own.broker.any()]
    assert brokers
    for name in (
        "army_quality",
        "coffers",
        "evasion",
        "standing",
        "leverage",
        "danger",
        "channel",
        "friction",
        "roots",
        "presence",
        "morale",
    ):
        before, after = getattr(start.ensemble.state, name), getattr(run.ensemble.state, name)
        changed = np.abs(after - before) > 1e-6
        changed = changed[brokers] if name == "standing" else changed
        assert changed.any(axis=-1).mean() > 0.7, name


def test_worlds_end_differently(run: Spheres) -> None:
    horizon = run.finish()
    assert len(set(horizon.outcome)) > 1
    assert horizon.whole["balance"].std() > 0.01
