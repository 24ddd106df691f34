"""A whole run with the two partners exchanged gives the results exchanged: no rule knows which partner is which.

Everything that belongs to one goes to the other: numbers and ranges, draws, groups, roots, holdings, memoranda, guarantees of zones. Only
names of measures that the report asks of one of them (Russia's standing and display, Iran's force near the line) stay behind.
"""

from dataclasses import replace

import numpy as np
import pytest
from batch.bench import STRESS

from sim.model.processes import tenders
from sim.scenario import Scenario
from sim.simulation import Spheres

from .mirror import ONE_SIDED, STATE, Mirrored, awarded_mirrored, exchanged, measures, mirrored, other_path

MONTHS, WORLDS = 24, 12
NAMED = ("balance", "delimitation", "incidents", "contracts_russia", "contracts_iran", "bargains")
AVERAGED = ("influence_russia", "influence_iran", "incidents", "strikes", "holdings_russia", "holdings_iran")


def stepped(scenario: Scenario, monkeypatch: pytest.MonkeyPatch, values: dict[str, float]) -> tuple[Spheres, Mirrored]:
    """Both models through all months side by side, each with its own order of bidders."""
    one = Spheres(scenario, worlds=WORLDS, months=MONTHS, **values)
    two = Mirrored(scenario, worlds=WORLDS, months=MONTHS, **{other_path(path): value for path, value in values.items()})
    awarded = tenders.awarded
    while one.running:
        one.step()
        with monkeypatch.context() as patched:
            patched.setattr(tenders, "awarded", lambda scores, uniform: awarded_mirrored(scores, uniform, awarded))
            two.step()
        assert_exchanged(one, two)
    return one, two


def assert_exchanged(one: Spheres, two: Spheres) -> None:
    """Every measure and every part of the state of one model is the other's with the partners exchanged, in every world, to rounding."""
    back = exchanged(measures(two.observe()))
    for name, x in measures(one.observe()).items():
        np.testing.assert_allclose(x, back[name], rtol=1e-6, atol=1e-9, err_msg=f"{name} in month {one.month}")
    for name, x in vars(one.ensemble.state).items():
        y = STATE.get(name, lambda same: same)(getattr(two.ensemble.state, name))
        np.testing.assert_allclose(x, y, rtol=1e-6, atol=1e-9, err_msg=f"{name} in month {one.month}")


@pytest.mark.parametrize("values", [{}, STRESS | {"iran.means.budget": 0.2}], ids=["quiet", "stressed"])
def test_exchanging_the_partners_exchanges_every_result_world_by_world(
    baseline: Scenario, monkeypatch: pytest.MonkeyPatch, values: dict[str, float]
) -> None:
    """Tenders run their draw through the bidders in an order, which is exchanged as well."""
    one, _ = stepped(baseline, monkeypatch, values)
    assert not np.allclose(one.ensemble.state.roots[0], one.ensemble.state.roots[1])
    horizon = one.finish()
    happened = ("offensives", "strikes") if values else ("bargains", "incidents", "tenders", "strikes")
    assert all(horizon.whole[name].sum() > 0.0 for name in happened)


def test_exchanging_twice_gives_the_scenario_back(baseline: Scenario) -> None:
    twice = mirrored(mirrored(baseline))
    assert twice.digest() == baseline.digest() != mirrored(baseline).digest()
    moved = {path.split(".")[0] for path in baseline.settings if other_path(path) != path}
    assert moved == {"russia", "iran", "contract", "start"}


def test_what_belongs_to_one_partner_alone_would_be_noticed(baseline: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """One number that is not exchanged, and the results are not either."""
    path = "russia.means.reaction"
    uneven = replace(baseline, settings=dict(baseline.settings) | {path: replace(baseline.settings[path], value=0.9, range=None)})
    one = Spheres(baseline, worlds=4, months=6).run()
    two = Mirrored(uneven, worlds=4, months=6).run()
    with pytest.raises(AssertionError):
        assert_exchanged(one, two)


def test_with_luck_of_their_own_partners_exchanged_fare_alike_on_average(baseline: Scenario) -> None:
    """Other worlds for the exchanged partners, so that nothing but the distributions is alike: what differs is within standard errors."""
    one = measures(Spheres(baseline, worlds=256, months=24).run().finish())
    two = exchanged(measures(Mirrored(baseline, worlds=256, months=24, first_world=1000).run().finish()))
    rows = [name for name in one if name.startswith("whole.") or name.removeprefix("province.") in AVERAGED]
    z = np.concatenate([np.atleast_1d(standardised(one[name], two[name])) for name in rows])
    assert len(z) > 100 and np.isfinite(z).all()
    assert all(abs(standardised(one[f"whole.{name}"], two[f"whole.{name}"])) < 3.0 for name in NAMED)
    assert np.abs(z).mean() < 1.0 and (np.abs(z) > 3.0).mean() < 0.02  # chance alone gives 0.8 and 0.003


def standardised(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Difference of means over worlds in standard errors; 0 where no world differs."""
    spread = np.sqrt((one.var(axis=-1, ddof=1) + two.var(axis=-1, ddof=1)) / one.shape[-1])
    difference = one.mean(axis=-1) - two.mean(axis=-1)
    return np.where(np.abs(difference) < 1e-9, 0.0, difference / np.where(spread > 0.0, spread, 1e-12))


def test_measures_left_out_are_those_of_one_partner(baseline: Scenario) -> None:
    seen = measures(Spheres(baseline, worlds=2, months=1).run().observe())
    assert not ONE_SIDED & {name.partition(".")[2] for name in seen}
    assert len(seen) > 60 and seen.keys() == exchanged(seen).keys()
