"""Shares, intervals, verdicts, pairs and the rival, on worlds whose answer is known and on a few of the real model."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binomtest, t

from sim.experiment.execution.runner import run
from sim.experiment.run_settings import RunSettings
from sim.experiment.storage.results import Result, Span
from sim.model.observation.measure_catalogue import OUTCOMES, SPHERES, TERRITORIES, WHOLE
from sim.scenario import load_scenario
from sim.simulation import Spheres
from sim.validation.patterns.conditions import Bound, ClassOf, Differs, Level
from sim.validation.patterns.evaluation import (
    NO_DIFFERENCE,
    THRESHOLD_SENSITIVE,
    TOO_CLOSE,
    TOO_FEW_WORLDS,
    VERDICTS,
    Share,
    evaluate,
    holds,
    share_of,
    verdict,
    why_not,
)
from sim.validation.patterns.evaluation_text import failures_first
from sim.validation.patterns.null_model import unchanged
from sim.validation.patterns.pattern_file import FITTED, HELD_OUT, Expected, Pattern
from sim.validation.patterns.result_samples import Samples, all_samples
from sim.validation.patterns.sample import Sample
from sim.validation.patterns.simulated_sample import run_sample
from sim.validation.patterns.terms import COUNTS, Term
from validation.patterns.synthetic import sample

PROJECT = Path(__file__).resolve().parents[3]


def parts(sample: Sample) -> dict[Span, Sample]:
    """All worlds of a sample as one range."""
    return {(0, len(sample.worlds)): sample}


def pattern(condition: object, role: str = "held_out", scenarios: tuple[str, ...] = ("baseline",), low: float = 0.5) -> Pattern:
    """A pattern expected in at least `low` of the worlds."""
    return Pattern("p", "A sentence.", ("R35",), role, Expected(low, 1.0), scenarios, condition)  # type: ignore[arg-type]


@pytest.mark.parametrize(("happened", "n"), [(0, 10), (3, 10), (10, 10), (481, 1000), (1, 200)])
def test_the_interval_is_wilsons(happened: int, n: int) -> None:
    known = binomtest(happened, n).proportion_ci(0.95, method="wilson")
    own = share_of(happened, n)
    assert (own.low, own.high) == pytest.approx((known.low, known.high), abs=1e-4)
    assert own.share == happened / n and np.isnan(share_of(0, 0).share)


def test_a_row_has_share_rival_moved_thresholds_and_verdict() -> None:
    worlds = sample(whole={"delimitation": [0.3, 0.4, 0.5, 0.6]}, start={"delimitation": [0.5, 0.2, 0.2, 0.2]})
    row = evaluate([pattern(Level(Term("delimitation"), 1, Bound(0.45)))], {"baseline": parts(worlds)})[0].iloc[0]
    assert (row.share, row.rival, row.lower, row.higher, row.worlds) == (0.5, 0.25, 0.75, 0.25, 4)
    assert row.verdict == THRESHOLD_SENSITIVE and np.isnan(row.difference)


@pytest.mark.parametrize(
    ("role", "own", "lower", "higher", "expected"),
    [
        ("held_out", Share(0.9, 0.85, 0.95, 100), 0.95, 0.8, "as the report expects"),
        ("held_out", Share(0.1, 0.05, 0.15, 100), 0.2, 0.0, "not as the report expects"),
        ("fitted", Share(0.9, 0.85, 0.95, 100), 0.9, 0.9, "as fitted"),
        ("fitted", Share(0.1, 0.05, 0.15, 100), 0.1, 0.1, "not as fitted"),
        ("held_out", Share(0.9, 0.85, 0.95, 100), 0.95, 0.4, THRESHOLD_SENSITIVE),
        ("held_out", Share(0.1, 0.05, 0.15, 100), 0.6, 0.0, THRESHOLD_SENSITIVE),
        ("held_out", Share(0.52, 0.48, 0.56, 100), 0.55, 0.51, TOO_CLOSE),
    ],
)
def test_verdicts(role: str, own: Share, lower: float, higher: float, expected: str) -> None:
    asked = pattern(Level(Term("broken"), -1, Bound(0.0)), role)
    assert verdict(asked, own, Share(lower, 0, 1, 100), Share(higher, 0, 1, 100)) == expected


def pair(mine: list[float], theirs: list[float], way: int = 1, times: int = 1) -> dict[str, object]:
    """The row of a difference in friction between two scenarios, in four worlds, or in four as often as is said."""
    other = Differs(Term("friction"), Term("friction", scenario="baseline"), way)
    known = {"baseline": sample(whole={"friction": theirs}), "other": sample("other", whole={"friction": mine})}
    samples = {name: {(4 * i, 4): worlds for i in range(times)} for name, worlds in known.items()}
    return evaluate([pattern(other, scenarios=("other",))], samples)[0].iloc[0].to_dict()


def test_a_pair_has_its_share_among_worlds_that_differ_and_a_mean_with_interval() -> None:
    row = pair([2, 4, 6, 1], [1, 2, 3, 1])
    assert (row["share"], row["differ"], row["worlds"], row["rival"], row["against"]) == (1.0, 0.75, 4, 0.0, "baseline")
    differences = np.array([1, 2, 3, 0])
    half = t.isf(0.025, 3) * differences.std(ddof=1) / 2
    assert row["difference"] == 1.5
    assert (row["difference_low"], row["difference_high"]) == pytest.approx((1.5 - half, 1.5 + half))
    many = pair([2, 4, 6, 1], [1, 2, 3, 1], times=10)
    half = 1.96 * np.tile(differences, 10).std(ddof=1) / np.sqrt(40)
    assert (many["difference_low"], many["difference_high"]) == pytest.approx((1.5 - half, 1.5 + half))


def test_a_pair_without_a_clear_mean_is_luck_and_the_wrong_way_fails() -> None:
    assert pair([2, 1, 3, 4], [1, 2, 4, 3], times=10)["verdict"] == NO_DIFFERENCE
    assert pair([1, 1, 1, 1], [1, 1, 1, 1], times=10)["verdict"] == NO_DIFFERENCE
    fewer = pair([2, 4, 6, 5], [1, 2, 4, 3], way=-1, times=10)
    assert fewer["verdict"] == "not as the report expects" and fewer["share"] == 0.0 and fewer["difference"] == 1.75
    assert fewer["difference_low"] < 1.75 < fewer["difference_high"]


def test_few_worlds_that_differ_alike_are_no_difference_and_none_either() -> None:
    for mine in ([3, 3, 3, 3], [1, 1, 1, 1], [2, 4, 6, 5]):
        assert pair([float(value) for value in mine], [1, 1, 1, 1], times=7)["verdict"] == TOO_FEW_WORLDS
    assert pair([3, 3, 3, 3], [1, 1, 1, 1], times=8)["verdict"] == "as the report expects"


def test_what_cannot_be_judged_is_named_with_a_reason() -> None:
    late = pattern(Level(Term("broken", years=(1, 10)), -1, Bound(0.0)))
    absent = pattern(Level(Term("broken"), -1, Bound(0.0)), scenarios=("israel_escalates",))
    everywhere = pattern(Level(Term("broken"), -1, Bound(0.0)), scenarios=("all",))
    table, left = evaluate([late, absent, everywhere], {"baseline": parts(sample()), "other": parts(sample("other"))})
    assert [(one.scenario, one.why) for one in left] == [
        ("israel_escalates", "it is not in these results"),
        ("baseline", "it needs 120 months, and there are 36"),
    ]
    assert list(table.scenario) == ["baseline", "other"]
    elsewhere = replace(sample("history"), start="2015-09")
    assert [one.why for one in evaluate([everywhere], {"history": parts(elsewhere)})[1]] == [
        "it is meant for the start of 2021-06, not of 2015-09"
    ]
    compared = pattern(Differs(Term("broken"), Term("broken", scenario="baseline"), 1), scenarios=("other",))
    assert "same months" in why_not(compared, "2021-06", 36, ("2021-06", 120)) and "no scenario" in why_not(compared, "2021-06", 36)


@pytest.fixture(scope="module")
def few() -> Sample:
    """A few worlds of the real model over fourteen months."""
    return run_sample(load_scenario(PROJECT / "scenarios" / "baseline.yaml").with_months(14), 12)


def test_the_null_model_has_no_flows_no_dates_and_the_classes_of_the_start(few: Sample) -> None:
    still, model = unchanged(few), Spheres(load_scenario(PROJECT / "scenarios" / "baseline.yaml"), worlds=12)
    begin = model.unchanged()
    for measure in WHOLE:
        value = still.value(Term(measure.name))
        if measure.cumulative:
            assert not value.any() and not still.value(Term(measure.name, years=(1, 1))).any()
        else:
            assert np.array_equal(value, few.value(Term(measure.name, at="start")))
            assert np.allclose(value, begin.whole[measure.name], rtol=1e-6)
    assert np.isnan(still.value(Term("breakdown_month"))).all() and np.isnan(still.value(Term("incident_month"))).all()
    assert not still.value(Term("incidents", ("SY-DY",))).any() and few.value(Term("strikes", ("SY-RD",))).any()
    assert np.array_equal(still.classed("outcome"), begin.outcome) and set(begin.outcome) <= set(range(len(OUTCOMES)))
    assert (still.classed("territory") == TERRITORIES.index("frozen")).all()
    counted = sum(still.value(Term(name)) for name in COUNTS)
    assert (counted == 14).all() and len(COUNTS) == len(SPHERES)


def test_seeing_the_start_leaves_the_run_as_it_is() -> None:
    baseline = load_scenario(PROJECT / "scenarios" / "baseline.yaml").with_months(3)
    plain, seen = Spheres(baseline, worlds=6), Spheres(baseline, worlds=6)
    seen.unchanged()
    one, other = plain.run().finish(), seen.run().finish()
    assert all(np.array_equal(one.whole[name], other.whole[name]) for name in one.whole)
    with pytest.raises(RuntimeError, match="start"):
        plain.unchanged()


def test_a_stored_sample_is_the_one_run_here_to_the_bit(few: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    baseline = load_scenario(PROJECT / "scenarios" / "baseline.yaml").with_months(14)
    monkeypatch.chdir(tmp_path)
    run(RunSettings((baseline,), "stored", n_worlds=12, chunk=5, command="spheres run"))
    result = Result(Path("results/stored"))
    assert list(Samples(result, "baseline", most=10)) == [(0, 5), (5, 5)] and list(Samples(result, "baseline", most=1)) == [(0, 5)]
    samples = all_samples(result)["baseline"]
    assert list(samples) == [(0, 5), (5, 5), (10, 2)]
    for (first, worlds), stored in samples.items():
        own = slice(first, first + worlds)
        for name in few.years:
            assert np.array_equal(stored.years[name], few.years[name][:, own]), name
        for one, other in ((stored.first, few.first), (stored.end, few.end)):
            assert all(np.array_equal(one.whole[name], other.whole[name][own]) for name in other.whole)
            assert all(np.array_equal(one.province[name], other.province[name][:, own]) for name in one.province)
            assert all(np.array_equal(one.classes[key], other.classes[key][..., own]) for key in other.classes)
            assert all(np.array_equal(one.dates[key], other.dates[key][..., own], equal_nan=True) for key in other.dates)
    asked = [pattern(ClassOf("outcome", OUTCOMES)), pattern(Level(Term("strikes"), 1, Bound(30.0)))]
    rows, at_once = (evaluate(asked, {"baseline": worlds})[0] for worlds in (samples, parts(few)))
    assert rows.equals(at_once) and rows.share[0] == 1.0 and rows.rival[0] == 1.0


def test_scenarios_are_compared_in_the_ranges_that_both_have() -> None:
    asked = pattern(Differs(Term("friction"), Term("friction", scenario="baseline"), 1), scenarios=("other",))
    mine = {(0, 2): sample("other", whole={"friction": [2, 4]}), (2, 2): sample("other", whole={"friction": [6, 1]})}
    theirs = {span: sample(whole={"friction": values}) for span, values in {(0, 2): [1, 2], (2, 2): [3, 1]}.items()}
    assert evaluate([asked], {"baseline": theirs, "other": mine})[0].iloc[0].to_dict() == pair([2, 4, 6, 1], [1, 2, 3, 1])
    assert evaluate([asked], {"baseline": {(0, 2): theirs[0, 2]}, "other": mine})[0].worlds.tolist() == [2]
    table, left = evaluate([asked], {"baseline": {(2, 2): theirs[2, 2]}, "other": {(0, 2): mine[0, 2]}})
    assert table.empty and [one.why for one in left] == ["'baseline' has none of its worlds"]


def test_worlds_are_paired_by_number_whatever_chunks_they_stand_in() -> None:
    asked = pattern(Differs(Term("friction"), Term("friction", scenario="baseline"), 1), scenarios=("other",))
    mine = sample("other", whole={"friction": [2, 4, 6, 1]})
    theirs = sample(whole={"friction": [1, 2, 3, 1]})
    split = {(0, 3): theirs.some(slice(0, 3)), (3, 1): theirs.some(slice(3, 4))}
    assert evaluate([asked], {"baseline": split, "other": parts(mine)})[0].iloc[0].to_dict() == pair([2, 4, 6, 1], [1, 2, 3, 1])
    first = {(0, 3): mine.some(slice(0, 3))}
    assert evaluate([asked], {"baseline": {(1, 3): theirs.some(slice(1, 4))}, "other": first})[0].worlds.tolist() == [2]


def test_worlds_far_into_a_run_are_the_same_alone(few: Sample) -> None:
    later = run_sample(load_scenario(PROJECT / "scenarios" / "baseline.yaml").with_months(14), 2, first_world=7)
    asked = pattern(Level(Term("strikes"), 1, Bound(30.0)))
    assert np.array_equal(holds(asked, later), holds(asked, few)[7:9])
    assert np.array_equal(later.value(Term("delimitation")), few.value(Term("delimitation"))[7:9])


def test_failures_come_first_then_what_cannot_be_said_clearly() -> None:
    verdicts = [VERDICTS[HELD_OUT][0], THRESHOLD_SENSITIVE, VERDICTS[FITTED][1], TOO_CLOSE, VERDICTS[HELD_OUT][1], VERDICTS[FITTED][0]]
    ordered = [VERDICTS[FITTED][1], VERDICTS[HELD_OUT][1], THRESHOLD_SENSITIVE, TOO_CLOSE, VERDICTS[HELD_OUT][0], VERDICTS[FITTED][0]]
    assert sorted(verdicts, key=failures_first) == ordered
