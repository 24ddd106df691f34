"""A fixed slice of the designs."""

from campaign.designs import run
from campaign.tally import Budget


def test_every_design_is_taken_or_refused_in_plain_words_and_its_rows_are_the_same_in_any_order() -> None:
    tally = run(Budget(at_most=260))
    assert tally.tried == 260 and tally.clean, tally.failures
