"""World k alone tells the same story as world k in a batch, through months in which ground is lost without an assault."""

from pathlib import Path

import pytest

from sim.scenario import load_scenario
from sim.simulation import Spheres

from .bench import STRESS, differing, results

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "stressed": ("baseline.yaml", STRESS, 18),
    "from 2015": ("history/history_2015.yaml", {"ground_loss.firmness": 1.5}, 14),
    "partners withdraw": ("patrons_withdraw.yaml", {"ground_loss.rising": 0.4, "ground_loss.firmness": 1.5}, 30),
}
WORLDS = 24
WITHOUT_ASSAULT = ("government_rout", "opposition_rout", "sdf_rout", "islamic_state_rout", "rising", "withdrawal")


def told(setting: str, first: int, worlds: int) -> dict[int, list[tuple]]:
    """Everything recorded of each world, in order."""
    file, values, months = SETTINGS[setting]
    model = Spheres(load_scenario(ROOT / "scenarios" / file), worlds=worlds, first_world=first, months=months, record_events=True, **values)
    model.run()
    stories: dict[int, list[tuple]] = {}
    for r in model.log.records:
        stories.setdefault(first + r.world, []).append((r.month, r.day, r.kind.name, r.province, r.count, r.text))
    model.close()
    return {world: sorted(story, key=str) for world, story in stories.items()}


@pytest.mark.parametrize("setting", SETTINGS)
def test_worlds_in_which_ground_is_left_tell_the_same_alone(setting: str) -> None:
    batch = told(setting, 0, WORLDS)
    moved = [world for world, story in batch.items() if any(event[2] in WITHOUT_ASSAULT for event in story)]
    assert len(moved) >= 3, "too few worlds in which anybody leaves"
    for world in moved[:4]:
        assert told(setting, world, 1)[world] == batch[world]


@pytest.mark.parametrize(("first", "worlds"), [(0, 2), (5, 7), (12, 12)])
def test_a_chunk_of_worlds_with_routs_gives_the_same_bits_as_the_whole(first: int, worlds: int) -> None:
    file, values, months = SETTINGS["from 2015"]
    scenario = load_scenario(ROOT / "scenarios" / file)
    batch = results(scenario, months, values, worlds=WORLDS)
    assert (batch["whole.routs"][..., first : first + worlds] > 0).any(), "nobody leaves in these worlds"
    chunk = results(scenario, months, values, first_world=first, worlds=worlds)
    assert differing(batch, chunk, slice(first, first + worlds)) == []
