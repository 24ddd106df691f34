"""A fixed slice of the hostile texts."""

from campaign.tally import Budget
from campaign.texts import run


def test_no_text_is_obeyed_and_no_odd_manifest_gives_a_traceback_or_another_number() -> None:
    tally = run(Budget(at_most=150))
    assert tally.tried == 150 and tally.clean, tally.failures
