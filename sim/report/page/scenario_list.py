"""The page's list of scenarios: what each asks, what follows from it in short, and what it sets differently."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.compare.comparison import Comparison, EventFacts, ParameterDifference, ScenarioFacts
from sim.report.figures.data import comparison_text
from sim.report.figures.data.figure_data import Results
from sim.report.page import scenario_brief
from sim.report.page.figure_source import FigureSource
from sim.report.text import labels
from sim.text import number_format

BASES = {
    "report": ("within the report", "a case that the 2021 report itself describes"),
    "beyond_report": ("beyond the report", "our own question, asked with the report's knowledge"),
    "hindsight": ("hindsight", "uses what became known after June 2021"),
}


@dataclass(frozen=True)
class ScenarioEntry:
    """A scenario as the list shows it. `unchanged`: why there are no `changes`, where that is not plain; `run`: how it was run.

    `number`: its place among the scenarios that are shown in full; None where it is shown in brief.
    """

    title: str
    question: str
    basis: str
    basis_meaning: str
    is_hindsight: bool
    is_shown: bool
    findings: tuple[str, ...]
    unchanged: str
    changes: tuple[ParameterDifference, ...]
    events: tuple[EventFacts, ...]
    run: str
    number: int | None = None


def entries(source: FigureSource) -> dict[str, ScenarioEntry]:
    """Every scenario by its name, none of them shown yet."""
    names = source.comparison.scenarios
    return {name: _entry(source.of_scenario(name).comparison, source.results, name, len(names) > 1) for name in names}


def subtitle(c: Comparison) -> str:
    """What is compared with what, in a sentence."""
    others = len(c.scenarios) - 1
    name = comparison_text.named(c.against)
    return f"{number_format.capital(number_format.count(others, 'scenario'))} compared with {name}" if others else f"One scenario, {name}"


def worlds(c: Comparison) -> str:
    """How many worlds each scenario has, in words."""
    return _span([c.about[name].worlds for name in c.scenarios], "simulated worlds each")


def facts(c: Comparison) -> list[tuple[str, str]]:
    """Which results these are: what, and its words."""
    about = [c.about[name] for name in c.scenarios]
    return [
        ("Results", number_format.joined(sorted({scenario.result for scenario in about}))),
        ("Simulated worlds", _span([scenario.worlds for scenario in about], "in each scenario")),
        ("Period", number_format.joined(sorted({_period(scenario) for scenario in about}))),
        ("Random numbers", number_format.joined(sorted({_random_numbers(scenario) for scenario in about}))),
    ]


def title(scenario: str) -> str:
    """A scenario's name as a heading."""
    return number_format.capital(labels.scenario(scenario))


def _entry(c: Comparison, results: Results, name: str, has_others: bool) -> ScenarioEntry:
    about, is_reference = c.about[name], name == c.against
    basis, meaning = BASES.get(about.basis, (about.basis, ""))
    way = "" if is_reference else f", compared {comparison_text.way(c, name)}"
    assumed = f"{number_format.percent(about.assumed)} of its parameters are assumed by us."
    return ScenarioEntry(
        title=title(name),
        question=about.question,
        basis=basis,
        basis_meaning=meaning,
        is_hindsight=about.basis == "hindsight",
        is_shown=False,
        findings=scenario_brief.brief(c, results, name),
        unchanged=_unchanged(c, about, is_reference, has_others),
        changes=about.sets,
        events=about.events,
        run=f"{number_format.worlds(about.worlds)}, {_period(about)}{way}. {assumed}",
    )


def _unchanged(c: Comparison, about: ScenarioFacts, is_reference: bool, has_others: bool) -> str:
    """Why a scenario changes nothing; empty where it does."""
    if is_reference:
        return "The reference scenario: all others are compared with it." if has_others else "The only scenario shown."
    if about.sets or about.events:
        return ""
    return f"It has the same parameter values as {comparison_text.named(c.against)} and no scripted events."


def _period(about: ScenarioFacts) -> str:
    return f"{about.months} months from {number_format.month(about.start)}"


def _random_numbers(about: ScenarioFacts) -> str:
    design = ", rows of a design" if about.design else ""
    return f"seed {about.seed}, {'parameters drawn' if about.draws else 'central values'}{design}"


def _span(numbers: Sequence[int], rest: str) -> str:
    low, high = min(numbers), max(numbers)
    return f"{low:,}{'' if low == high else f' to {high:,}'} {rest}"
