"""A fixed slice of the mutated inputs."""

from campaign.inputs import run
from campaign.tally import Budget


def test_every_input_is_taken_or_refused_in_plain_words() -> None:
    tally = run(Budget(at_most=1000))
    assert tally.tried == 1000 and tally.clean, tally.failures
