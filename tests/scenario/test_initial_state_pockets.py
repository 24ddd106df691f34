"""Pockets in a start file: part of what a camp holds."""

import pytest

from sim.scenario.validation_errors import ScenarioError
from tests.scenario.bench import START, Bench


@pytest.mark.parametrize(
    ("pockets", "message"),
    [
        ("pockets: some", "'pockets' must hold one line a camp."),
        ("pockets: {oposition: {SY-DI: 0.1}}", "'oposition' is not a camp."),
        ("pockets: {opposition: 0.1}", "'pockets.opposition' must give a share for each province"),
        ("pockets: {opposition: {SY-DI: 0.4}}", "'pockets.opposition.SY-DI' is 0.4, but the camp holds 0.3 there."),
        ("pockets: {government: {SY-DI: 0.9}}", "'pockets.government.SY-DI' is 0.9, but the camp holds"),
        ("pockets: {opposition: {SY-DI: -0.1}}", "'pockets.opposition.SY-DI' cannot be -0.1."),
    ],
)
def test_a_faulty_table_of_pockets(bench: Bench, pockets: str, message: str) -> None:
    bench.write(f"{START}\n{pockets}\n", "2021-06.yaml", "starts")
    with pytest.raises(ScenarioError) as caught:
        bench.load_scenarios("baseline")
    assert message in str(caught.value) and len(caught.value.problems) == 1


def test_a_pocket_as_large_as_what_the_camp_holds_is_accepted(bench: Bench) -> None:
    bench.write(f"{START}\npockets: {{opposition: {{SY-DI: 0.3}}}}\n", "2021-06.yaml", "starts")
    assert bench.load().start_state["pockets"]["opposition"] == {"SY-DI": 0.3}
