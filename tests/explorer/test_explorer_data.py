"""What the explorer's page carries: worlds in bytes that a model gives again, and what stands beside them."""

import json
from pathlib import Path

import numpy as np
import pytest

from sim.experiment.run_settings import SettingsError
from sim.explorer.explorer_data import ExplorerData, read_explorer_data
from sim.explorer.explorer_page import MOST_BYTES, first_worlds, page_text
from sim.explorer.local_estimate import draws_of
from sim.explorer.ranking import ranking
from sim.explorer.rest_dependence import moved_by_draws
from sim.explorer.world_columns import SHOWN, run_columns
from sim.scenario import Scenario
from sim.simulation import Spheres

from .conftest import MONTHS, WORLDS


def test_a_model_gives_the_stored_bytes_again(small_data: ExplorerData):
    some = np.arange(990, 1000)
    model = Spheres(small_data.worlds.scenario, seed=1, luck=some)
    again = run_columns(model).coded(small_data.scale)
    for name, array in small_data.columns.take(some).arrays().items():
        assert np.array_equal(again.arrays()[name], array), name


def test_bytes_give_values_to_within_half_a_step(small_data: ExplorerData):
    model = Spheres(small_data.worlds.scenario, worlds=4, seed=1)
    raw = run_columns(model)
    low, high = small_data.scale.low[:, None], small_data.scale.high[:, None]
    stored = low + (high - low) * small_data.columns.horizon[:, :4] / 255
    assert (np.abs(stored - raw.horizon) <= (high - low) / 510 + 1e-6).all()


def test_draws_are_those_of_the_worlds(small_data: ExplorerData):
    cards = small_data.manifest["parameters"]
    card = next(card for card in cards if card["path"] == "israel.strike_rate")
    model = Spheres(small_data.worlds.scenario, worlds=WORLDS, seed=1)
    values = np.interp(draws_of(small_data.draws[card["row"]]), np.linspace(0, 1, len(card["values"])), card["values"])
    assert np.abs(values - model.drawn["israel.strike_rate"]).max() < (card["high"] - card["low"]) / 200


def test_every_parameter_has_its_range_grade_and_source(small_data: ExplorerData):
    cards = small_data.manifest["parameters"]
    assert [card["row"] for card in cards] == list(range(len(small_data.draws)))
    assert len(cards) >= 40
    for card in cards:
        assert card["source"] and card["grade"] in ("stated", "inferred", "sourced", "assumed")
        assert card["values"] == sorted(card["values"]) and card["low"] < card["high"]
        assert card["bounds"][0] <= card["low"] and card["high"] <= card["bounds"][1]
    fixed = {card["path"] for card in small_data.manifest["others"]}
    assert not fixed & {card["path"] for card in cards}
    assert len(fixed) + len(cards) == len(small_data.worlds.settings)


def test_interests_of_the_partners_come_first(small_data: ExplorerData):
    actors = small_data.manifest["actors"]
    assert [actor["key"] for actor in actors[:3]] == ["russia", "iran", "government"]
    known = {card["path"] for key in ("parameters", "others") for card in small_data.manifest[key]}
    assert all(interest["path"] in known for actor in actors for interest in actor["interests"])


def test_israels_strike_rate_matters_most_for_strikes(small_data: ExplorerData):
    strikes = next(one for one in small_data.manifest["outcomes"] if one["key"] == "strikes")
    row, explained, shape, matters = strikes["ranking"][0]
    assert small_data.manifest["parameters"][row]["path"] == "israel.strike_rate"
    assert (shape, matters) == ("rises", True) and explained > 0.2
    assert "israel.strike_rate" in strikes["restates"]  # what one sets is not reported as what one found


def test_a_ranking_finds_what_a_toy_is_made_of():
    draws = np.random.default_rng(2).random((30, 4000))
    values = 2.0 * draws[7] - draws[11] + 4.0 * (draws[3] - 0.5) ** 2 + np.random.default_rng(3).normal(0.0, 0.5, 4000)
    found = ranking(values, draws)
    assert [(one.place, one.shape) for one in found[:3]] == [(7, "rises"), (3, "bends"), (11, "falls")]
    assert [one.matters for one in found[:3]] == [True] * 3 and not any(one.matters for one in found[4:])
    assert ranking(np.zeros(4000), draws) == []


def test_a_parameter_that_moves_no_start_at_rest_acts_alike_drawn_and_set(baseline: Scenario):
    moved = moved_by_draws(baseline)
    for path in ("israel.strike_rate", "russia.means.budget"):
        value = float(baseline.settings[path].row(np.array([0.8, 0.8]), 2)[0])
        ways = ({"quantiles": {path: [0.8] * 3}}, {path: [value] * 3})
        drawn, given = (Spheres(baseline, worlds=3, months=MONTHS, **way).run().finish().whole for way in ways)
        alike = all(np.array_equal(drawn[name], given[name]) for name in drawn)
        assert alike == (path not in moved), path


def test_the_page_says_all_and_stays_small(small_data: ExplorerData):
    text = page_text(small_data, "file")
    assert len(text.encode()) < MOST_BYTES / 5
    assert "connect-src 'none'" in text and "connect-src 'self'" in page_text(small_data, "live")
    start = text.index('id="manifest">') + len('id="manifest">')
    manifest = json.loads(text[start : text.index("</script>", start)])
    assert manifest["mode"] == "file" and manifest["worlds"] == WORLDS
    assert page_text(small_data, "file") == text
    fewer = first_worlds(small_data, 500)
    assert len(fewer.columns) == fewer.draws.shape[1] == fewer.manifest["worlds"] == 500


def test_too_few_worlds_are_refused_with_the_command_that_helps(small_result: Path):
    with pytest.raises(SettingsError, match=r"has 500 worlds.* needs 1,000 at least.*spheres run baseline --worlds 10000 --name small"):
        read_explorer_data(small_result, "baseline", most=500)


def test_the_page_begins_with_the_outcome_that_most_worlds_have(small_data: ExplorerData):
    shares = {
        one["key"]: np.mean(small_data.columns.classes[0] == one["code"])
        for one in small_data.manifest["outcomes"]
        if one["kind"] == "class"
    }
    assert small_data.manifest["first_outcome"] == max(shares, key=shares.get)


def test_shown_measures_are_offered_once(small_data: ExplorerData):
    keys = [one["key"] for one in small_data.manifest["outcomes"]]
    assert len(set(keys)) == len(keys)
    assert {one["row"] for one in small_data.manifest["outcomes"] if one["kind"] == "index"} == set(range(len(SHOWN) - 1))
