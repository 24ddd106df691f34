"""A slice of the parts `stops` and `limits`."""

import sys

import pytest

from . import limits, stops
from .tally import Budget

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked, and found through /proc")


def test_a_slice_of_stops() -> None:
    tally = stops.run(Budget(at_most=6), only=("first run", "export"))
    assert tally.tried == 6 and tally.clean, tally.failures


def test_a_slice_of_limits() -> None:
    tally = limits.run(Budget(at_most=6), only=1)
    assert tally.tried == 6 and tally.clean, tally.failures
