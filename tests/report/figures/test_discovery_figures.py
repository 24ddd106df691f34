"""What the figures of `spheres discover` and `spheres robust` show of made-up worlds."""

import re

import numpy as np
import pytest

from report.small import marks, texts, title, validate
from sim.exploration.discovery.asked_worlds import AskedWorlds
from sim.exploration.discovery.rule_search import STABLE, Rule, find_rules
from sim.exploration.discovery.rule_text import introduction, rule_lines, too_few_text
from sim.exploration.outcome import parse_outcome
from sim.exploration.robustness.robustness_study import Robustness
from sim.exploration.robustness.robustness_text import outcome_lines
from sim.exploration.robustness.sign_keeping import paired, sign_keeping
from sim.exploration.robustness.worst_tenth import worst_tenth
from sim.report.figures import kept_signs, rule_conditions
from sim.scenario import Scenario

PATHS = ("israel.strike_rate", "iran.means.budget", "russia.means.budget", "choice.focus")


def asked(baseline: Scenario, seed: int, within: float) -> AskedWorlds:
    """Worlds in which it holds where strikes are few and Iran's budget is high, as often as `within`; elsewhere in one of five."""
    rng = np.random.default_rng(seed)
    draws = {path: rng.random(400) for path in PATHS}
    often = (draws["israel.strike_rate"] < 0.4) & (draws["iran.means.budget"] > 0.5)
    holds = rng.random(400) < np.where(often, within, 0.2)
    return AskedWorlds("iranian_primacy", "baseline", "", holds, draws, baseline.settings, "the outcome is Iranian primacy", "400 worlds")


@pytest.fixture(scope="module")
def rule(baseline: Scenario) -> tuple[AskedWorlds, list[Rule]]:
    known = asked(baseline, 1, 0.95)
    return known, find_rules(known.draws, known.holds, 1, with_tree=False)


def test_a_rule_is_drawn_with_its_cuts_and_its_worth(rule: tuple[AskedWorlds, list[Rule]]) -> None:
    known, rules = rule
    spec = rule_conditions.figure(known, rules)
    validate([spec])
    assert re.match(r"Where israel.strike_rate is below [\d.]+ and iran.means.budget is above [\d.]+, the outcome is Iranian", title(spec))
    shown = texts(spec)
    times = [str(rules[0].times[side]) for side in rules[0].box.sides]
    assert set(times) <= set(shown) and min(map(int, times)) >= STABLE and "in the box of PRIM" in shown
    assert any("takes in" in text for text in shown)
    assert any("inferred from R78" in text or "sourced" in text for text in shown)


def test_the_sentences_give_unit_share_grade_and_stability(rule: tuple[AskedWorlds, list[Rule]]) -> None:
    said = "\n".join(rule_lines(*rule))
    assert re.search(
        r"israel.strike_rate below [\d.]+ strikes per month \(the lower \d+ % of its draws, 2.2 to 8; sourced\): in [345]\d of 50", said
    )
    assert re.search(r"Of the \d+ worlds held out that lie in it, \d+ % have it \(\d+ to \d+ %\); of all 200 held out, \d+ %", said)
    assert "Asked: in which worlds the outcome is Iranian primacy." in introduction(rule[0])[0] and "too few" in too_few_text(rule[0])[-1]


def test_where_no_rule_counts_the_figure_and_the_sentences_say_so(baseline: Scenario) -> None:
    known = asked(baseline, 2, 0.2)
    rules = find_rules(known.draws, known.holds, 1, with_tree=False)
    spec = rule_conditions.figure(known, rules)
    validate([spec])
    assert title(spec) == "No short rule says in which worlds the outcome is Iranian primacy"
    assert "in the box of PRIM (no stable condition)" in texts(spec) and not any("takes in" in text for text in texts(spec))
    said = "\n".join(rule_lines(known, rules))
    assert "no rule. No condition comes back in 30 of 50 halves." in said and "a rule that counts" not in said


def judged(baseline: Scenario, name: str, size: float, turn: float, status: str = "finding") -> Robustness:
    """A difference that turns at a quantile of Iran's budget."""
    rng = np.random.default_rng(3)
    u = rng.random((len(PATHS), 1000))
    mine, other = size * (u[1] - turn) + 0.02 * rng.standard_normal(1000), np.zeros(1000)
    found = status == "finding"
    signs = sign_keeping(u, mine, other, 1.0, 1) if found else None
    worst = worst_tenth(u, mine, signs.sign, 1) if signs is not None else None
    parameters = tuple(baseline.settings[path] for path in PATHS)
    return Robustness(parse_outcome("balance"), name, "baseline", paired(mine, other), status, signs, worst, parameters, True)


def test_signs_are_drawn_by_share_of_the_space_and_said(baseline: Scenario) -> None:
    found = [
        judged(baseline, "us_leaves", 0.2, 0.0),
        judged(baseline, "iran_withdraws", 0.2, 0.3),
        judged(baseline, "no_talks", 0.0, 0.0, "x"),
    ]
    spec = kept_signs.figure(found)
    validate([spec])
    assert title(spec).startswith(
        "One difference of 2 that matter keeps its sign over at least 90 % of the parameter space; one difference"
    )
    bars = [row for row in marks(spec, "rect") if row.get("color") == kept_signs._KEPT and row["y2"] - row["y"] > 12]
    kept = sorted(row["x2"] - row["x"] for row in bars)
    assert len(kept) == 2 and kept[0] / kept[1] == pytest.approx(found[1].signs.kept / found[0].signs.kept, abs=0.01)
    said = "\n".join(outcome_lines(parse_outcome("balance"), found))
    assert (
        "surely reverses it over" in said
        and "low iran.means.budget (on average at" in said
        and "No detectable difference: no_talks." in said
    )


def test_without_a_difference_that_matters_the_figure_says_so(baseline: Scenario) -> None:
    spec = kept_signs.figure([judged(baseline, "no_talks", 0.0, 0.0, "no detectable difference")])
    validate([spec])
    assert title(spec).startswith("No scenario's difference is large and sure enough") and "no difference that matters" in texts(spec)
