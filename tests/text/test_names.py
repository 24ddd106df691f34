"""Names of powers, camps and actors."""

import pytest

from sim.model.registry import ACTORS
from sim.model.state.dimensions import Camp, Leader, Power, keys
from sim.text import names
from sim.text.measure_labels import label
from sim.text.names import display_name, interest_name, possessive, split_owner, with_article


@pytest.mark.parametrize(
    ("key", "alone", "in_a_sentence", "owner"),
    [
        ("iran", "Iran", "Iran", "Iran's"),
        ("government", "government", "the government", "the government's"),
        ("united_states", "United States", "the United States", "the United States'"),
        ("local", "local", "local forces", "local forces'"),
    ],
)
def test_a_name_stands_alone_in_a_sentence_and_as_an_owner(key: str, alone: str, in_a_sentence: str, owner: str) -> None:
    assert (display_name(key), with_article(key), possessive(key)) == (alone, in_a_sentence, owner)


def test_every_power_camp_and_actor_of_the_model_has_a_name() -> None:
    known = {*keys(Power), *keys(Camp), *keys(Leader), *(actor.section for actor in ACTORS)}
    assert known <= set(names._NAMES)


def test_a_new_actor_is_spelled_from_its_key() -> None:
    assert (with_article("saudi_arabia"), possessive("saudi_arabia")) == ("Saudi Arabia", "Saudi Arabia's")


def test_an_interest_is_spelled_as_a_sentence_spells_it() -> None:
    assert interest_name("land_corridor") == "land corridor"
    assert interest_name("keep_is_down") == "keep the Islamic State down"


def test_effort_is_named_by_its_actor_and_goal() -> None:
    assert split_owner("united_states_limit_iran") == ("united_states", "limit_iran")
    assert split_owner("nobody_known") == ("", "nobody_known")
    assert label("effort_united_states_limit_iran") == "the United States' effort for limit Iran"
    assert label("effort_iran") == "Iran's effort"
