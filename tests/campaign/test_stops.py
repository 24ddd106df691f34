"""A slice of the parts `stops`, `limits` and `cluster`."""

import sys

import pytest

from . import limits, stops
from .tally import Budget

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked, and found through /proc")


def test_a_slice_of_stops() -> None:
    tally = stops.run(Budget(at_most=4), only=("first run",))
    assert tally.tried == 4 and tally.clean, tally.failures


def test_a_slice_of_limits() -> None:
    tally = limits.run(Budget(at_most=4), only=1)
    assert tally.tried == 4 and tally.clean, tally.failures


@pytest.mark.slow
def test_a_slice_of_cluster() -> None:
    pytest.importorskip("distributed")
    from . import cluster

    tally = cluster.run(Budget(at_most=2))
    assert tally.tried == 2 and tally.clean, tally.failures
