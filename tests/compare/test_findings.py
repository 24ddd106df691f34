"""What counts as a finding, what moved most, and that terminal, tables and page say the same of one run."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from compare.conftest import FakeRun
from sim.compare.assessment import Assessment
from sim.compare.build import compare
from sim.compare.comparison import ALL, Comparison, condition_of
from sim.compare.findings import FINDING, INPUT, NEGLIGIBLE, STATUSES, TOO_FEW, UNDETECTED, by_size, findings, too_few
from sim.compare.quantities import INDICES, Quantity, quantities
from sim.compare.scenario_inputs import DIRECT_INPUTS, input_paths, is_input
from sim.model.observation.measure_catalogue import OUTCOMES
from sim.model.state.parameters import Change
from sim.report.figures import ranked_differences
from sim.report.figures.data import difference_rows, figure_data
from sim.scenario import ScriptedEvent, load_scenario
from sim.statistics.mean_differences import MeanDifferences
from sim.statistics.small_samples import LEAST_PAIRS

ISO = ("SY-DR", "SY-HL")
SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


def assessed(inputs: frozenset[str] = frozenset(), **known: tuple[float, float, float, float]) -> Assessment:
    """Hundred pairs of worlds in which only some quantities (before, after, standard error, standard deviation) differ."""
    compared = quantities(ISO, "2021-06", 6)
    columns = np.zeros((4, len(compared)))
    columns[2:] = 0.1
    for name, numbers in known.items():
        place, _, quantity = name.rpartition("__")
        spelled = quantity.replace("condominium", "outcome:condominium"), place.replace("_", "-") or "SY"
        (i,) = [i for i, one in enumerate(compared) if (one.name, one.province) == spelled]
        columns[:, i] = numbers
    before, after, error, std = columns
    differences = MeanDifferences(True, 100, after, before, std, std, after - before, error, np.full(len(compared), 99.0))
    return Assessment(compared, differences, inputs)


def status(assessment: Assessment, name: str, province: str = "SY") -> str:
    """What one difference is."""
    frame = assessment.frame.set_index(["quantity", "province"])
    return str(frame.loc[(name, province), "status"])


def test_over_few_worlds_nothing_is_significant_and_nothing_is_said_to_be_none() -> None:
    many = assessed(frozenset({"israel.strike_rate"}), overlap=(0.5, 0.9, 0.001, 0.1), strikes=(1.0, 9.0, 0.01, 0.1))
    few = replace(many, differences=replace(many.differences, n=LEAST_PAIRS - 1))
    assert many.significant.sum() == 2 and not few.significant.any()
    assert status(many, "overlap") == FINDING and status(few, "overlap") == status(few, "friction") == TOO_FEW
    assert status(few, "strikes") == INPUT and UNDETECTED not in set(few.status)
    assert too_few(1) == f"1 world is too few to call any difference significant (at least {LEAST_PAIRS})"


def test_a_difference_that_may_be_chance_is_not_detected() -> None:
    one = assessed(standing=(0.5, 0.6, 0.05, 0.1), overlap=(0.5, 0.6, 0.01, 0.1))
    assert status(one, "standing") == UNDETECTED and status(one, "overlap") == FINDING
    assert one.frame["status"].isin(STATUSES).all()


@pytest.mark.parametrize(
    ("name", "province", "numbers", "expected"),
    [
        ("influence_iran", "SY-DR", (0.40, 0.409, 0.0001, 0.1), NEGLIGIBLE),  # nine tenths of a percentage point
        ("influence_iran", "SY-DR", (0.40, 0.411, 0.0001, 0.1), FINDING),
        ("condominium", "", (0.40, 0.409, 0.0001, 0.5), NEGLIGIBLE),
        ("condominium", "", (0.40, 0.411, 0.0001, 0.5), FINDING),
        ("overlap", "", (0.40, 0.409, 0.0001, 0.01), NEGLIGIBLE),  # nearly a standard deviation, but under a hundredth of its scale
        ("overlap", "", (0.40, 0.415, 0.0001, 0.2), NEGLIGIBLE),  # over a hundredth of its scale, but under a tenth of a deviation
        ("overlap", "", (0.40, 0.425, 0.0001, 0.2), FINDING),
        ("strikes", "", (31.0, 31.2, 0.0001, 0.5), NEGLIGIBLE),  # a count has no scale: a hundredth of its level
        ("strikes", "", (31.0, 32.0, 0.0001, 6.0), FINDING),
    ],
)
def test_floors_of_relevance(name: str, province: str, numbers: tuple[float, float, float, float], expected: str) -> None:
    one = assessed(**{f"{province.replace('-', '_')}__{name}" if province else name: numbers})
    quantity = name.replace("condominium", "outcome:condominium")
    assert one.significant.sum() == 1
    assert status(one, quantity, province or "SY") == expected


def test_sizes_are_in_standard_deviations_or_points() -> None:
    one = assessed(strikes=(31.0, 55.0, 1.0, 6.0), SY_DR__influence_russia=(0.52, 0.31, 0.01, 0.1))
    size = one.frame.set_index(["quantity", "province"])["size"]
    assert size["strikes", "SY"] == pytest.approx(4.0) and size["influence_russia", "SY-DR"] == pytest.approx(-21.0)


def test_findings_are_ranked_by_size_and_hold_nothing_else() -> None:
    one = assessed(
        frozenset({"iran.means.budget"}),
        effort_iran=(1.0, 9.0, 0.01, 0.1),
        strikes=(31.0, 55.0, 1.0, 6.0),
        standing=(0.5, 0.6, 0.01, 0.1),
        friction=(0.5, 0.9, 0.5, 0.1),
    )
    assert findings(one.frame, "index")["quantity"].tolist() == ["strikes", "standing"]
    assert status(one, "effort_iran") == INPUT and status(one, "friction") == UNDETECTED


def test_an_index_does_not_lead_because_worlds_hardly_vary() -> None:
    one = assessed(standing=(0.5, 0.52, 0.00001, 1e-9), overlap=(0.3, 0.6, 0.01, 0.1))
    assert findings(one.frame, "index")["quantity"].tolist() == ["overlap", "standing"]
    still = assessed(standing=(0.5, 0.52, 0.0, 0.0)).frame.set_index("quantity")["size"]
    assert np.isfinite(still["standing"]) and still["overlap"] == 0.0


def test_rows_without_a_difference_come_last() -> None:
    frame = pd.DataFrame({"quantity": ["a", "b", "c"], "province": "SY", "size": [np.nan, 0.1, -2.0]})
    assert by_size(frame)["quantity"].tolist() == ["c", "b", "a"]


def test_every_direct_input_is_a_measure_and_a_parameter() -> None:
    paths = load_scenario(SCENARIOS / "baseline.yaml").settings
    assert set(DIRECT_INPUTS) <= {*INDICES, *(f"outcome:{name}" for name in OUTCOMES)}
    for starts in DIRECT_INPUTS.values():
        assert all(any(path == start or (path.startswith(start) and start.endswith(".")) for path in paths) for start in starts)


def test_inputs_are_what_a_scenario_sets_or_scripts() -> None:
    baseline = load_scenario(SCENARIOS / "baseline.yaml")
    assert input_paths(baseline, baseline) == frozenset()
    path = "israel.strike_rate"
    changed = replace(baseline, settings={**baseline.settings, path: baseline.settings[path].changed(Change("scale", 2.0))})
    assert input_paths(changed, baseline) == input_paths(baseline, changed) == {path}
    event = ScriptedEvent(9, "2022-03", (("russia.means.budget", Change("scale", 0.3)),), "Russia gives less")
    scripted = replace(baseline, events=(event,))
    assert input_paths(scripted, baseline) == {"russia.means.budget"}
    assert input_paths(scripted, replace(scripted, events=(replace(event, line=9, because="the same elsewhere"),))) == frozenset()
    assert is_input("strikes", frozenset({path})) and not is_input("effort_iran", frozenset({"russia.means.budget"}))
    assert is_input("effort_russia", frozenset({"russia.means.budget"})) and not is_input("overlap", frozenset({path}))


@pytest.mark.parametrize(
    ("path", "restated", "found"),
    [
        ("iran.interests.contract_competition", "supply_iran", "contracts_iran"),
        ("russia.interests.bases", "supply_russia", "balance"),
        ("coordinate.framework", "incidents_economic", "incidents"),
        ("government.hedging", "tenders_to_best_bid", "contracts_russia"),
        ("contract.tender_rate", "tenders", "contracts_iran"),
        ("islamic_state.strength", "attacks_islamic_state", "offensives_islamic_state"),
        ("bargain.talks", "outcome:delimited_agreed", "delimitation"),
    ],
)
def test_what_a_parameter_nearly_is_is_no_finding_and_what_follows_from_it_is(path: str, restated: str, found: str) -> None:
    assert is_input(restated, frozenset({path})) and not is_input(found, frozenset({path}))


@pytest.fixture(scope="module")
def page(fake: FakeRun) -> Comparison:
    """What the page is made of, for the results of the fake model."""
    return compare([fake.folder])[0]


def test_terminal_and_page_name_the_same_largest_changes_with_the_same_numbers(fake: FakeRun, page: Comparison) -> None:
    for row in fake.ended.rows[1:]:
        index, influence = row.headline.partition(": ")[2].removesuffix(".").split("; ")
        first, second = ranked_differences.summaries(page, row.scenario)
        assert first.startswith(f"Largest changes from the baseline where the government stands in both: {index};")
        assert re.match(
            rf"Largest shifts? of influence from the baseline where the government stands in both: {re.escape(influence)}[;.] ", second
        )


def test_tables_of_run_and_page_agree_to_the_bit(fake: FakeRun, page: Comparison) -> None:
    keys = ["scenario", "kind", "quantity", "province"]
    run = pd.read_parquet(fake.folder / "comparison.parquet").astype(dict.fromkeys([*keys, "status"], str)).set_index(keys)
    run = run[run.index.get_level_values("scenario") != "baseline"]
    told = page.differences["kind"].map(condition_of)
    rows = page.differences[page.differences["given"] == told].set_index(keys)
    assert len(run) == len(rows) == 2 * len(quantities(tuple(page.names), "2021-06", 6))
    for name in ("difference", "error", "size", "significant", "status"):
        assert run[name].equals(rows.loc[run.index, name]), name
    assert run["root_mean"].equals(rows.loc[run.index, "against_mean"].rename("root_mean"))


def test_figures_of_run_and_page_rank_the_same(fake: FakeRun, page: Comparison) -> None:
    results = figure_data.read(fake.folder)
    for scenario in page.scenarios[1:]:
        run, shown = difference_rows.indices_of_run(results, scenario), difference_rows.indices(page, scenario)
        assert [(row.text, row.status) for row in run] == [(row.text, row.status) for row in shown]
        assert [row.size for row in run] == pytest.approx([row.size for row in shown])


def test_a_share_of_worlds_has_one_name_in_all_tables(page: Comparison) -> None:
    shares = page.shares[(page.shares["scenario"] == "fixed") & (page.shares["given"] == ALL)].set_index("quantity")["share"]
    rows = page.differences[(page.differences["scenario"] == "fixed") & (page.differences["given"] == ALL)]
    means = rows[rows["kind"].isin(["outcome", "territory", "fallen"])].set_index("quantity")["mean"]
    assert set(shares.index) == set(means.index) and "outcome:condominium" in means.index
    assert shares.to_numpy() == pytest.approx(means[shares.index].to_numpy())


def test_a_measure_is_known_by_its_kind() -> None:
    strikes, place = Quantity("index", "strikes", "SY"), Quantity("place", "strikes", "SY-DR")
    assert strikes.measure is not None and place.measure is not None and strikes.measure is not place.measure
    assert Quantity("outcome", "outcome:condominium", "SY").measure is None
    assert Quantity("outcome", "outcome:condominium", "SY").class_name == "condominium"
