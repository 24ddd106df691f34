"""Effects from chunks whose numbers are known."""

from pathlib import Path

import numpy as np
import pytest

from sim.experiment.storage.chunk_reader import Chunks
from sim.interests import outcomes
from sim.interests.effects import Effect, effects
from sim.interests.outcomes import SHIFT, country_outcomes, powers_of
from sim.interests.variations import Variation

from .synthetic_chunks import baseline, chunk

IDLIB, ALEPPO = "SY-ID", "SY-HL"
N_PLACES = 14


def of_pair(actor: str, folder: Path, **changed: dict[object, object]) -> dict[str, Effect]:
    """The effects by measure, of a variation in which some numbers differ from one half, in sixty worlds."""
    span = (0, 60)
    changes, same = chunk(folder / "changed", worlds=span, **changed), chunk(folder / "same", worlds=span)  # type: ignore[arg-type]
    return of_chunks(actor, {span: changes}, {span: same})


def of_chunks(actor: str, mine: Chunks, other: Chunks) -> dict[str, Effect]:
    """The effects by measure."""
    return {effect.outcome.name: effect for effect in effects(Variation(actor, "bases", "doubled", baseline()), mine, other)}


def test_where_nothing_changes_every_effect_is_zero(tmp_path: Path) -> None:
    for effect in of_pair("russia", tmp_path).values():
        unseen = 1.0 - 0.025 ** (1.0 / effect.n_worlds)  # of worlds, up to which something may change all the same
        measure = effect.outcome.measure
        scale = measure.high - measure.low if measure and measure.unit in ("share", "index") and measure.high <= 1.0 else 0.0
        expected = 1.96 * 2**0.5 / 42 if effect.outcome.name == SHIFT else unseen * scale  # a shift of 0 or 1 is like a share of worlds
        assert (effect.difference, effect.z) == (0.0, 0.0) and -effect.low == effect.high == pytest.approx(expected)
        assert not effect.significant and not effect.matters and effect.n_worlds == (40 if effect.outcome.name == SHIFT else 60)


def test_few_worlds_that_all_change_alike_show_nothing_to_be_significant(tmp_path: Path) -> None:
    span = (0, 4)
    changed = chunk(tmp_path / "changed", worlds=span, whole={"contracts_russia": 0.9, "strikes": 9.0})
    found = of_chunks("russia", {span: changed}, {span: chunk(tmp_path / "same", worlds=span)})
    assert not any(effect.significant or effect.matters for effect in found.values())
    contracts, strikes = found["contracts_russia"], found["strikes"]
    assert contracts.low < 0.0 < contracts.difference < contracts.high <= 1.0
    assert all(np.isnan(number) for number in (strikes.low, strikes.high, strikes.z, contracts.z))


def test_worlds_are_paired_by_number_whatever_chunks_they_stand_in(tmp_path: Path) -> None:
    changed: dict[str, object] = {"whole": {"contracts_russia": lambda k: 0.5 + 0.01 * (k % 7), "strikes": lambda k: 3.0 * k}}
    mine = {(0, 40): chunk(tmp_path / "changed", **changed)}  # type: ignore[arg-type]
    whole = {(0, 40): chunk(tmp_path / "same")}
    split = {worlds: chunk(tmp_path / "split", worlds=worlds) for worlds in ((0, 17), (17, 23), (40, 5))}
    assert of_chunks("russia", mine, split) == of_chunks("russia", mine, whole)
    assert of_chunks("russia", mine, {(17, 23): split[17, 23]})["strikes"].n_worlds == 23
    assert effects(Variation("russia", "bases", "doubled", baseline()), mine, {(40, 5): split[40, 5]}) == []


def test_means_intervals_and_z_are_those_of_paired_differences(tmp_path: Path) -> None:
    found = of_pair("russia", tmp_path, whole={"contracts_russia": lambda k: 0.5 + 0.1 * (k % 4 == 0), "effort_russia": 0.75})
    contracts, effort = found["contracts_russia"], found["effort_russia"]
    error = np.std([0.1, 0.0, 0.0, 0.0] * 15, ddof=1) / np.sqrt(60)
    assert contracts.difference == pytest.approx(0.025, abs=1e-6) and contracts.reference_mean == 0.5
    assert (contracts.low, contracts.high) == pytest.approx((0.025 - 1.96 * error, 0.025 + 1.96 * error), abs=1e-5)
    assert contracts.z == pytest.approx(0.025 / error, rel=1e-4) and contracts.significant and contracts.matters
    assert (effort.difference, effort.low, effort.high, effort.z) == (0.25, 0.25, 0.25, np.inf)
    assert found["contracts_iran"].z == 0.0


def test_what_is_sure_but_small_does_not_matter(tmp_path: Path) -> None:
    found = of_pair(
        "russia", tmp_path, whole={"delimitation": 0.504, "contracts_iran": 0.53}, province={("influence_russia", IDLIB): 0.509}
    )
    assert found["delimitation"].significant and not found["delimitation"].matters  # less than a hundredth of its scale
    assert found["contracts_iran"].matters
    assert found["influence_russia"].significant and not found["influence_russia"].matters  # less than a percentage point


def test_influence_is_shifted_by_the_mean_absolute_change_and_most_where_it_changes_most(tmp_path: Path) -> None:
    found = of_pair("russia", tmp_path, province={("influence_russia", IDLIB): 0.4, ("influence_russia", ALEPPO): 0.55})
    assert found[SHIFT].difference == pytest.approx((0.1 + 0.05) / N_PLACES, abs=1e-6)
    most = found["influence_russia"]
    assert most.outcome.place == IDLIB and most.difference == pytest.approx(-0.1, abs=1e-6)
    assert found[SHIFT].matters and most.matters and {name for name in found if name.startswith("influence")} == {SHIFT, most.outcome.name}


def test_a_shift_that_is_chance_alone_averages_to_nothing(tmp_path: Path) -> None:
    """Changes without a common direction have a mean absolute value all the same; the shift is nothing, with z as a normal number's."""
    same, rng, z = chunk(tmp_path / "same"), np.random.default_rng(7), []
    for _ in range(60):
        noise = {("influence_russia", place): 0.03 * rng.standard_normal(40) for place in dict(same.about["provinces"])}
        assert np.mean([abs(row.mean()) for row in noise.values()]) > 0.002
        changed = chunk(tmp_path / "changed", province={key: (lambda _, row=row: 0.5 + row) for key, row in noise.items()})
        shift = of_chunks("russia", {(0, 40): changed}, {(0, 40): same})[SHIFT]
        z.append(np.copysign(shift.z, shift.difference))
    assert abs(np.mean(z)) < 0.4 and 0.8 < np.std(z) < 1.25  # three standard errors of either


def test_an_actor_without_influence_of_its_own_is_judged_by_that_of_all_powers(tmp_path: Path) -> None:
    moved = {("influence_iran", IDLIB): 0.4, ("influence_government", IDLIB): 0.54, ("influence_russia", IDLIB): 0.56}
    found = of_pair("israel", tmp_path, province=moved)
    assert found[SHIFT].difference == pytest.approx(0.1 / N_PLACES, abs=1e-6)  # what Iran loses, others gain
    assert found["influence_iran"].difference == pytest.approx(-0.1, abs=1e-6)
    assert (
        powers_of("sdf") == powers_of("opposition") == ("local",) and powers_of("turkey") == ("turkey",) and len(powers_of("israel")) == 7
    )


def test_force_is_that_of_the_groups_that_the_actor_leads(tmp_path: Path) -> None:
    found = of_pair("turkey", tmp_path, force={("turkish_army", IDLIB): 2.5, ("national_army", ALEPPO): 1.5, ("irgc", ALEPPO): 9.0})
    assert found["turkey_force"].difference == 3.0 and found["turkey_force"].reference_mean == 0.5 * 2 * N_PLACES
    assert of_pair("iran", tmp_path, whole={"iran_force": 2.5})["iran_force"].difference == 2.0
    assert not [name for name in of_pair("israel", tmp_path) if name.endswith("_force")]


def test_effort_for_the_interest_is_looked_at_and_that_of_the_actor_in_all() -> None:
    names = [one.name for one in country_outcomes("russia", "bases", baseline().start_state["groups"])]
    assert names == ["effort_russia_bases", "effort_russia", "russia_force", *outcomes.COMMON]
    names = [one.name for one in country_outcomes("israel", "cut_the_corridor", baseline().start_state["groups"])]
    assert names == ["effort_israel_cut_the_corridor", *outcomes.COMMON]


def test_neither_chunks_nor_their_order_change_a_bit(tmp_path: Path) -> None:
    def luck(k: np.ndarray) -> np.ndarray:
        return 0.5 + 0.1 * np.sin(37.0 * k) + 0.02

    changed = {"whole": {"incidents": luck}, "province": {("influence_iran", IDLIB): luck, ("influence_iran", ALEPPO): luck}}
    spans = ((0, 40), (0, 15), (15, 25))
    mine, other = ({span: chunk(tmp_path / name, **more, worlds=span) for span in spans} for name, more in (("c", changed), ("s", {})))
    at_once, apart = [{spans[0]: side[spans[0]]} for side in (mine, other)], [{s: side[s] for s in spans[:0:-1]} for side in (mine, other)]
    assert of_chunks("iran", *at_once) == of_chunks("iran", *apart)


def test_only_worlds_that_both_have_are_compared(tmp_path: Path) -> None:
    mine = {(0, 15): chunk(tmp_path / "c", {"incidents": 1.5}, worlds=(0, 15)), (15, 25): chunk(tmp_path / "c", {}, worlds=(15, 25))}
    other = {(0, 15): chunk(tmp_path / "s", worlds=(0, 15))}
    found = of_chunks("iran", mine, other)
    assert found["incidents"].n_worlds == 15 and found["incidents"].difference == 1.0
    assert of_chunks("iran", mine, {}) == {}
