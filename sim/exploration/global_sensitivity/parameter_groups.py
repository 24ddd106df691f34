"""The groups of parameters whose share in an outcome is measured: every parameter is in exactly one.

A group has the parameters whose path begins with one of its words. The longest word that fits decides, so that `iran.interests.` may be a
group of its own beside `iran.`. Parameters that someone adds without naming them here are among the rest; a test asks for a name.
"""

from collections.abc import Iterable
from typing import NamedTuple

LUCK = "luck"  # the random numbers of a world, which is one more group


class ParameterGroup(NamedTuple):
    """A group: its key, what it is called, and the beginnings of its paths."""

    key: str
    label: str
    begins: tuple[str, ...]


GROUPS = (
    ParameterGroup("interests_russia", "Russia's interests", ("russia.interests.",)),
    ParameterGroup("interests_iran", "Iran's interests", ("iran.interests.",)),
    ParameterGroup("interests_government", "the government's interests", ("government.interests.",)),
    ParameterGroup("interests_israel", "Israel's interests", ("israel.interests.",)),
    ParameterGroup("interests_united_states", "the United States' interests", ("united_states.interests.",)),
    ParameterGroup("interests_turkey", "Turkey's interests", ("turkey.interests.",)),
    ParameterGroup(
        "interests_local",
        "interests of other forces in Syria",
        ("sdf.interests.", "opposition.interests.", "islamic_state.interests.", "local_powers.interests."),
    ),
    ParameterGroup("conduct_russia", "Russia's means and skill", ("russia.",)),
    ParameterGroup("conduct_iran", "Iran's means and skill", ("iran.",)),
    ParameterGroup(
        "conduct_others",
        "means and conduct of all others",
        (
            *("choice.", "government.", "israel.", "united_states.", "turkey.", "iraq.", "jordan."),
            *("sdf.", "opposition.", "islamic_state.", "local_powers."),
        ),
    ),
    ParameterGroup("armed_groups", "armed groups", ("groups.", "armed_groups.")),
    ParameterGroup(
        "war",
        "the war",
        ("fight.", "strength.", "battle.", "ground_loss.", "siege.", "strike.", "experience.", "worth.", "zones."),
    ),
    ParameterGroup("entrenchment", "roots and recruiting", ("entrench.",)),
    ParameterGroup("contracts", "contracts", ("contract.",)),
    ParameterGroup("bargaining", "coordination and bargaining", ("coordinate.", "bargain.")),
    ParameterGroup("influence_weights", "weights of influence", ("influence.", "definitions.")),
    ParameterGroup("rest", "economy and survival", ("start.", "reckon.", "shocks.", "departure.", "arrival.")),
)


def group_of(path: str) -> ParameterGroup:
    """The group of a parameter."""
    fitting = [(len(word), group) for group in GROUPS for word in group.begins if path.startswith(word)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else GROUPS[-1]


def grouped(paths: Iterable[str]) -> dict[ParameterGroup, tuple[str, ...]]:
    """The parameters of each group, groups without any left out, in the order of GROUPS."""
    of = {path: group_of(path) for path in paths}
    return {group: members for group in GROUPS if (members := tuple(path for path in of if of[path] == group))}


def group_label(key: str) -> str:
    """What a group is called; luck is one."""
    return LUCK if key == LUCK else next(group.label for group in GROUPS if group.key == key)
