"""A slice of the part `writers`."""

import sys

import pytest

from . import clocks, links, writers
from .tally import Budget

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked")


def test_a_slice() -> None:
    alone = [case.__name__ for case in (*links.CASES, *clocks.CASES)]
    chosen = [name for name in alone if name.startswith(("a killed run left files, two", "tidy_while"))]
    tally = writers.run(Budget(at_most=len(chosen) + 1), only=chosen)
    assert tally.tried == len(chosen) + 1 and tally.clean, tally.failures


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.__name__ for case in (*links.CASES, *clocks.CASES)]
    assert len(set(names)) == len(names)
