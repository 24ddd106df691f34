"""The comparison with the root: known answers, and what may be said of them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from stored import table

from experiment.conftest import WORLDS, settings
from experiment.fake_model import ISO, NAMES, scenario
from sim.compare.paired_differences import COLLAPSE, INDICES, SHARES, Compared, against_roots, influence_name, kind, quantities
from sim.compare.precision import half_width
from sim.compare.scenario_headlines import sentence
from sim.compare.summary import Row, summarise
from sim.experiment.storage.chunk_reader import Damaged
from sim.experiment.storage.results import Result
from sim.model.observation.measure_catalogue import OUTCOMES
from sim.model.state.parameters import Change
from sim.report.console.summary_table import console, notes, show

PLACES = dict(zip(ISO, NAMES, strict=True))


def compared(folder: Path, **more: object) -> list[Compared]:
    """The comparison of a folder of fake results."""
    result = Result(folder)
    return list(against_roots(settings(**more).scenarios, {name: result.files(name) for name in result.scenarios}, ISO))


def rows(folder: Path, **more: object) -> list[Row]:
    """The rows of its table."""
    return summarise(compared(folder, **more), PLACES)


def test_differences_are_taken_world_by_world(results: Callable[..., Path]) -> None:
    folder = results()
    one = compared(folder)[1]
    worlds = table(folder)
    mine, root = worlds[worlds.scenario == "more_money"].reset_index(), worlds[worlds.scenario == "baseline"].reset_index()
    expected = {"strikes": (mine.strikes.astype(float), root.strikes.astype(float))}
    expected["condominium"] = ((mine.outcome == "condominium") * 1.0, (root.outcome == "condominium") * 1.0)
    expected[COLLAPSE] = (mine.collapse_month.notna() * 1.0, root.collapse_month.notna() * 1.0)
    for name, (a, b) in expected.items():
        i = one.index(name)
        assert one.mean[i] == pytest.approx(a.mean()) and one.difference[i] == pytest.approx((a - b).mean())
        assert one.error[i] == pytest.approx((a - b).std(ddof=1) / np.sqrt(WORLDS))
        assert one.spread[i] == pytest.approx(b.std(ddof=1))
    alive = mine.collapse_month.isna()
    assert one.surviving[one.index("overlap")] == pytest.approx(mine.overlap[alive].astype(float).mean())
    provinces = table(folder, "provinces").query("scenario == 'more_money' and province == 'SY-DR'")
    assert one.mean[one.index(influence_name("SY-DR", "iran"))] == pytest.approx(provinces.influence_iran.astype(float).mean())


def test_a_scenario_that_changes_nothing_cannot_be_told_from_its_root(results: Callable[..., Path]) -> None:
    same = {"scenarios": (scenario(), scenario("same", Change("scale", 1.0)))}
    one = compared(results(**same), **same)[1]
    assert (one.difference == 0.0).all() and not one.told.any()
    assert sentence(one, PLACES) == f"Nothing can be told from noise against baseline in {WORLDS} worlds."


def test_shares_sum_to_one(results: Callable[..., Path]) -> None:
    for row in rows(results()):
        assert sum(row.cells[name].value for name in OUTCOMES) == pytest.approx(1.0)


def test_other_months_are_not_compared(results: Callable[..., Path]) -> None:
    other = {"scenarios": (scenario(), scenario("longer", months=7))}
    row = rows(results(**other), **other)[1]
    assert all(np.isnan(cell.difference) and not cell.told for cell in row.cells.values())
    assert row.sentence.startswith("Covers other months than baseline")


def test_one_world_tells_nothing_from_noise(results: Callable[..., Path]) -> None:
    row = rows(results(worlds=1), worlds=1)[1]
    assert not any(cell.told for cell in row.cells.values())


def test_the_fall_by_2024_12_is_given_where_the_months_cover_it(results: Callable[..., Path]) -> None:
    long = {"scenarios": (scenario(months=43), scenario("short", months=42))}
    first, second = rows(results(**long), **long)
    assert first.by_then == pytest.approx(first.cells[COLLAPSE].value) and first.by_then > 0.0
    assert second.by_then is None and "by 2024-12" in first.sentence


@pytest.mark.parametrize(("share", "worlds", "expected"), [(0.5, 100, 0.0962), (0.0, 10, 0.1388), (0.9, 1000, 0.0186)])
def test_half_widths_are_wilsons(share: float, worlds: int, expected: float) -> None:
    assert half_width(share, worlds) == pytest.approx(expected, abs=2e-4)


def moved(**told: tuple[float, float, float, float]) -> Compared:
    """A comparison in which only the given quantities (before, after, error, spread) differ."""
    names = quantities(ISO)
    columns = np.zeros((4, len(names)))
    columns[2:] = 0.1
    for name, values in told.items():
        columns[:, names.index(name.replace("__", ":").replace("SY_", "SY-"))] = values
    before, after, error, spread = columns
    none = np.full(len(names), np.nan)
    return Compared(
        scenario=scenario("more_money"),
        worlds=100,
        pairs=100,
        names=names,
        mean=after,
        deviation=spread,
        surviving=after,
        root_mean=before,
        spread=spread,
        difference=after - before,
        error=error,
        low=none,
        high=none,
        half_width=none,
    )


def test_one_world_in_twenty_differs_less_and_one_more(results: Callable[..., Path]) -> None:
    folder = results(worlds=400)
    one = compared(folder)[1]
    worlds = table(folder)
    mine, root = (worlds[worlds.scenario == name].reset_index() for name in ("more_money", "baseline"))
    for name in ("strikes", "overlap"):
        i = one.index(name)
        difference = (mine[name].astype(float) - root[name].astype(float)).to_numpy()
        for value, share in ((one.low[i], 0.05), (one.high[i], 0.95)):
            assert value == pytest.approx(np.quantile(difference, share, method="inverted_cdf"), abs=1.0001 * one.half_width[i] + 1e-9)
        assert one.half_width[i] <= 0.011 * max(abs(one.low[i]), abs(one.high[i]), 1e-2)
    assert np.isnan(one.low[one.index("condominium")])


def test_shares_alone_are_the_same_shares(results: Callable[..., Path]) -> None:
    result = Result(results())
    chunks = {name: result.files(name) for name in result.scenarios}
    for one, quick in zip(compared(result.folder), against_roots(settings().scenarios, chunks, shares_alone=True), strict=True):
        assert quick.names == SHARES
        for name in SHARES:
            i, j = one.index(name), quick.index(name)
            assert (one.mean[i], one.difference[i], one.error[i]) == (quick.mean[j], quick.difference[j], quick.error[j])


def test_only_worlds_that_both_have_are_compared(results: Callable[..., Path]) -> None:
    folder = results(chunk=20)
    result = Result(folder)
    chunks = {name: result.files(name) for name in result.scenarios}
    del chunks["baseline"][20, 20]
    one = list(against_roots(settings().scenarios, chunks, ISO))[1]
    assert (one.worlds, one.pairs) == (60, 40)
    worlds = table(folder)
    both = worlds[(worlds.world < 20) | (worlds.world >= 40)]
    mine, root = (both[both.scenario == name].strikes.astype(float).to_numpy() for name in ("more_money", "baseline"))
    i = one.index("strikes")
    assert one.difference[i] == pytest.approx((mine - root).mean()) and one.root_mean[i] == pytest.approx(root.mean())
    assert one.mean[i] == pytest.approx(worlds[worlds.scenario == "more_money"].strikes.astype(float).mean())


def test_a_chunk_that_is_damaged_meanwhile_is_told(results: Callable[..., Path]) -> None:
    folder = results()
    next((folder / "chunks/fixed").glob("*.zip")).write_bytes(b"no more")
    with pytest.raises(Damaged, match="fixed"):
        compared(folder)


def test_the_table_of_the_comparison_has_these_numbers(results: Callable[..., Path]) -> None:
    folder = results()
    there = pd.read_parquet(folder / "comparison.parquet").astype({"scenario": str, "quantity": str, "province": str})
    there = there.set_index(["scenario", "quantity", "province"])
    for one in compared(folder):
        for name, quantity, place in (
            ("condominium", "outcome:condominium", "SY"),
            ("territory:recovered", "territory:recovered", "SY"),
            (COLLAPSE, "collapse", "SY"),
            ("strikes", "strikes", "SY"),
            (influence_name("SY-DR", "iran"), "influence_iran", "SY-DR"),
            ("SY-HL:sphere:russia", "sphere:russia", "SY-HL"),
        ):
            row, i = there.loc[one.scenario.name, quantity, place], one.index(name)
            assert (row["mean"], row.surviving, row.root_mean, row.worlds) == (one.mean[i], one.surviving[i], one.root_mean[i], 60)
            if one.scenario.name == "baseline":
                assert np.isnan(row.difference) and np.isnan(row.error)
            else:
                assert (row.difference, row.error) == (one.difference[i], one.error[i])
                assert np.isnan(row.p05) != (name in INDICES)
    assert len(there) == 3 * len(quantities(ISO))


def test_the_sentence_names_what_moved_most_and_where() -> None:
    one = moved(
        strikes=(31.0, 55.0, 1.0, 6.0),
        standing=(0.5, 0.6, 0.01, 0.1),
        effort_iran=(1.0, 9.0, 0.01, 0.1),
        SY_DR__influence_russia=(0.52, 0.31, 0.01, 0.1),
        SY_HL__influence_iran=(0.2, 0.3, 0.01, 0.1),
    )
    index = "Israeli and US strikes on Iran-backed presence, up from 31 to 55 a world"
    expected = f"Most moved: {index}; Russia's influence in Daraa, down from 0.52 to 0.31."
    assert sentence(one, PLACES) == expected


def test_the_sentence_leaves_out_what_may_be_noise() -> None:
    one = moved(strikes=(31.0, 55.0, 20.0, 6.0), standing=(0.5, 0.6, 0.01, 0.1), SY_DR__influence_russia=(0.5, 0.3, 0.2, 0.1))
    assert sentence(one, PLACES) == "Most moved: Russia's diplomatic standing, up from 0.50 to 0.60."


def test_an_index_does_not_lead_because_the_root_hardly_varies() -> None:
    one = moved(standing=(0.5, 0.5001, 0.00001, 1e-9), overlap=(0.3, 0.4, 0.01, 0.1))
    assert "Schoener's D" in sentence(one, PLACES)


def test_the_csv_has_the_numbers_of_the_rows(results: Callable[..., Path]) -> None:
    folder = results()
    table = pd.read_csv(folder / "summary.csv").set_index("scenario")
    for row in rows(folder):
        for name, cell in row.cells.items():
            assert table.loc[row.scenario, name] == pytest.approx(cell.value, rel=1e-5)
            if row.scenario != row.root:
                assert table.loc[row.scenario, f"{name}_difference"] == pytest.approx(cell.difference, rel=1e-5)
                assert table.loc[row.scenario, f"{name}_told"] == ("yes" if cell.told else "no")
        assert table.loc[row.scenario, "assumed_share"] == pytest.approx(2 / 3, rel=1e-5)
        assert table.loc[row.scenario, "sentence"] == row.sentence
    assert {f"{name}_half_width" for name in SHARES} <= set(table.columns)


@pytest.mark.parametrize("width", [80, 160])
def test_the_table_fits_the_screen_with_all_its_numbers(results: Callable[..., Path], width: int) -> None:
    long = {"scenarios": (scenario(), scenario("turkey_and_opposition_advance", Change("scale", 1.5)))}
    shown = rows(results(**long), **long)
    out = console(piped=True)
    out.width = width
    with out.capture() as captured:
        show(shown, out)
    text = captured.get()
    tables = text[: text.index("worlds each")].splitlines()[:-1]
    assert max(len(line) for line in tables) <= width
    digits = 1 if width == 160 else 0
    for row in shown:
        for name in SHARES:
            assert f"{100 * row.cells[name].value:.{digits}f}" in text
        assert row.sentence in text
    assert "67 % of the 3 parameters are assumed" in text and "…" not in "".join(tables)


def test_a_mark_allows_for_looking_at_many(results: Callable[..., Path]) -> None:
    one = compared(results())[1]
    errors = np.where(one.error > 0, np.abs(one.difference) / np.where(one.error > 0, one.error, 1.0), 0.0)
    for kind_ in {kind(name) for name in one.names}:
        of = np.array([kind(name) == kind_ for name in one.names])
        p = 2 * stats.t.sf(errors[of], one.pairs - 1)
        p[(one.difference[of] != 0) & (one.error[of] == 0)] = 0.0
        ranked = np.argsort(p, kind="stable")
        passed = np.cumprod(p[ranked] * np.arange(len(p), 0, -1) < 0.05).astype(bool)
        assert (one.told[of][ranked] == passed).all(), kind_
    assert (one.told <= (errors > 1.9)).all() and one.told.any()
    assert any("Holm's correction" in line for line in notes(rows(results())))
