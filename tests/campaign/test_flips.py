"""A fixed slice of the flips."""

from .flips import run
from .tally import Budget


def test_no_flip_changes_a_number() -> None:
    tally = run(Budget(at_most=60))
    assert tally.tried == 60 and tally.clean, tally.failures
