"""The page's script and the reference in Python give the same numbers from the same worlds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

pytest.importorskip("playwright.sync_api", reason="playwright is not installed; the page is not tested in a browser")
from playwright.sync_api import Page
from report.browser import running

from sim.compare.scenario_inputs import DIRECT_INPUTS
from sim.explorer.explorer_data import ExplorerData
from sim.explorer.explorer_page import page_text
from sim.explorer.local_estimate import draws_of, effective_worlds, estimate, weights
from sim.model.observation.measure_catalogue import FALLEN, OUTCOMES
from sim.statistics.confidence_intervals import Z_95
from sim.statistics.significance import holm
from sim.statistics.small_samples import paired_share_interval

from .explorer_window import explorer

SETTINGS = (
    {"israel.strike_rate": 0.79},
    {"israel.strike_rate": 0.0, "bargain.talks": 1.0},
    {"bargain.talks": 0.2, "israel.strike_rate": 0.6, "choice.focus": 0.5},
)


@pytest.fixture(scope="module")
def page(small_data: ExplorerData, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page of the small result."""
    file = tmp_path_factory.mktemp("page") / "explore.html"
    file.write_text(page_text(small_data, "file"), encoding="utf-8")
    with running() as browser, explorer(browser, Path(file)) as window:
        yield window


def answer(page: Page, turned: dict[str, float], wanted: str) -> Any:
    """What the script answers to a setting."""
    changes = [{"path": path, "quantile": place} for path, place in turned.items()]
    return page.evaluate(
        f"changes => {{ const answer = explorer.answers.of(explorer.data, {{ changes, month: '', until: '' }}, null); return {wanted}; }}",
        changes,
    )


@pytest.mark.parametrize("turned", SETTINGS, ids=len)
def test_the_script_agrees_with_the_reference(page: Page, small_data: ExplorerData, turned: dict[str, float]) -> None:
    cards = {card["path"]: card["row"] for card in small_data.manifest["parameters"]}
    draws = {path: draws_of(small_data.draws[cards[path]]) for path in turned}
    columns, step = small_data.columns, (small_data.scale.high - small_data.scale.low) / 255
    standing = columns.classes[0] != OUTCOMES.index(FALLEN)
    everywhere = weights(draws, turned)
    stands = weights(draws, turned, standing)
    assert answer(page, turned, "answer.speak('all')") == pytest.approx(effective_worlds(everywhere[0]), rel=1e-9)
    assert answer(page, turned, "answer.speak('standing')") == pytest.approx(effective_worlds(stands[0]), rel=1e-9)

    found = answer(page, turned, "answer.family('class')")
    for code, here in enumerate(found):
        same(here, estimate((columns.classes[0] == code).astype(float), *everywhere, is_share=True))
    for outcome, here in zip(
        answer(page, turned, "explorer.answers.outcomesOf(explorer.data, 'index')"),
        answer(page, turned, "answer.family('index')"),
        strict=True,
    ):
        row = outcome["row"]
        values = small_data.scale.low[row] + step[row] * columns.horizon[row]
        same(here, estimate(values, *stands, is_share=False, among=standing, step=step[row]))
        assert (here["status"] == "set") == bool(set(turned) & set(DIRECT_INPUTS.get(outcome["key"], ())))
    for place, here in enumerate(answer(page, turned, "answer.influence(2)")):
        same(here, estimate(columns.influence[2, place] / 255, *stands, is_share=False, among=standing, step=1 / 255))


def same(here: dict[str, float], reference: Any) -> None:
    """Difference, interval and mean are equal to nine digits."""
    assert here["difference"] == pytest.approx(reference.difference, abs=1e-9)
    assert here["half"] == pytest.approx(reference.half, rel=1e-9, abs=1e-9)
    assert here["value"] == pytest.approx(max(reference.mean, 0.0), abs=1e-9)


def test_pairs_are_counted_as_in_comparisons(page: Page) -> None:
    rng = np.random.default_rng(4)
    before, after = rng.integers(0, 3, (2, 200))
    script = "([before, after]) => explorer.estimate.pairedShare(before, 0, after, 0, before.map((_, k) => k), 1)"
    found = page.evaluate(script, [before.tolist(), after.tolist()])
    more, fewer = ((after == 1) & (before != 1)).sum(), ((after != 1) & (before == 1)).sum()
    low, high = paired_share_interval(more, fewer, 200)
    assert found["difference"] == pytest.approx((more - fewer) / 200) and Z_95 * found["error"] == pytest.approx((high - low) / 2)
    script = script.replace("pairedShare", "pairedMean").replace("k), 1)", "k), 0, 255)")
    found = page.evaluate(script, [before.tolist(), after.tolist()])
    assert found["difference"] == pytest.approx((after - before).mean())
    assert found["error"] == pytest.approx((after - before).std(ddof=1) / np.sqrt(200))


def test_holms_correction_is_that_of_comparisons(page: Page) -> None:
    z = np.array([3.4, 2.9, 2.45, 2.3, 0.4, 0.0, 1.9, 2.75])
    found = page.evaluate("z => explorer.estimate.holm(z, explorer.data.manifest.critical)", z.tolist())
    assert found == (holm(2 * norm.sf(z)) < 0.05).tolist()
    assert any(found) and not all(found)
