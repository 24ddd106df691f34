"""The page's first words, and its list of scenarios: what each asks, and what it sets differently."""

from collections.abc import Sequence

from sim.compare.comparison import About, Comparison, Event, Set
from sim.report.figures import outcome_intervals, ranked_differences
from sim.report.figures.data import comparison_text
from sim.report.figures.data.figure_data import Results
from sim.report.page.html import tag, text
from sim.text import number_format

BASES = {
    "report": ("within the report", "a case that the report of 2021 itself describes"),
    "beyond_report": ("beyond the report", "our own question, asked with the report's knowledge"),
    "hindsight": ("hindsight", "uses what became known after June 2021"),
}
CAVEATS = (
    ("No result is a prediction.", "Shares are shares of invented worlds under stated assumptions, not chances that something happens."),
    (
        "It knows what was known in June 2021.",
        "The government of its baseline fell in December 2024; only scenarios marked hindsight use that.",
    ),
    ("It is one author's reading.", "The argument is that of one report (CSIS, 2021), seen along the line Moscow-Tehran."),
    ("It counts power, not lives.", "There is no displacement, no detention and no aid in it."),
    ("A sphere is sway, not sovereignty.", "It describes influence in this model, claims nothing in law and proposes nothing."),
)


def subtitle(c: Comparison) -> str:
    """What is compared with what, in a sentence."""
    others = len(c.scenarios) - 1
    name = text(comparison_text.named(c.against))
    if not others:
        return f"One scenario, {name}"
    return f"{text(number_format.capital(number_format.count(others, 'scenario')))} compared with {name}"


def facts(c: Comparison, when: str) -> list[tuple[str, str]]:
    """Which results these are: what, and its words."""
    about = [c.about[name] for name in c.scenarios]
    found = [
        ("Results", number_format.joined(sorted({one.result for one in about}))),
        ("Invented worlds", _span([one.worlds for one in about], "in each scenario")),
        ("Months", number_format.joined(sorted({_months(one) for one in about}))),
        ("Luck", number_format.joined(sorted({_luck(one) for one in about}))),
    ]
    return [*found, ("Run", when)] if when else found


def head(c: Comparison, when: str) -> str:
    """The facts of the results as a list, and the caveats."""
    said = "".join(tag("div", tag("dt", text(name)), tag("dd", text(value))) for name, value in facts(c, when))
    assumed = number_format.percent(max(c.about[name].assumed for name in c.scenarios))
    rests = (
        f"{number_format.capital(assumed)} of its numbers are assumed.",
        "They rest on a line of reasoning and no evidence; their ranges are wide.",
    )
    caveats = "".join(tag("li", tag("strong", text(first)), " ", text(rest)) for first, rest in (*CAVEATS, rests))
    box = tag("aside", tag("h2", "Before you read on", id="before"), tag("ul", caveats), class_="caveats", aria_labelledby="before")
    return box + tag("dl", said, class_="facts")


def scenarios(c: Comparison, results: Results, shown: str) -> str:
    """The list of scenarios, the one shown first opened."""
    return "".join(_scenario(c, results, name, i, name == shown) for i, name in enumerate(c.scenarios))


def _scenario(c: Comparison, results: Results, name: str, number: int, is_open: bool) -> str:
    about = c.about[name]
    badge, meaning = BASES.get(about.basis, (about.basis, ""))
    summary = tag(
        "summary",
        tag("h3", text(number_format.capital(results.title(name)))),
        " ",
        tag("span", text(badge), class_=f"badge {'hindsight' if about.basis == 'hindsight' else ''}", title=meaning),
        tag("span", text(about.question), class_="question"),
    )
    choose = tag("button", "Show this scenario below", type="button", class_="choose", data_scenario=str(number))
    body = tag("div", *_follows(c, name), *_differs(c, name, about), choose, class_="body")
    return tag("details", summary, body, class_="scenario", open=is_open)


def _follows(c: Comparison, name: str) -> list[str]:
    """What becomes of the scenario's worlds, in short: the sentences over its figures."""
    said = [outcome_intervals.summary(c, name), *(ranked_differences.summaries(c, name) if name != c.against else ())]
    return [tag("p", "What follows in its worlds:", class_="lead"), tag("ul", *(tag("li", text(one)) for one in said), class_="follows")]


def _differs(c: Comparison, name: str, about: About) -> list[str]:
    """What a scenario sets, and what it scripts."""
    parts: list[str] = []
    if name == c.against:
        parts.append(tag("p", "The scenario with which the others are compared." if len(c.scenarios) > 1 else "The only scenario shown."))
    elif not about.sets and not about.events:
        parts.append(tag("p", f"It sets the same numbers as {text(comparison_text.named(c.against))} and scripts no events."))
    if about.sets:
        parts.append(tag("p", f"It sets {text(number_format.count(len(about.sets), 'parameter'))} differently:", class_="lead"))
        parts.append(tag("ul", *(_set(one) for one in about.sets), class_="sets"))
    if about.events:
        parts.append(tag("p", "It scripts these events:", class_="lead"))
        parts.append(tag("ul", *(_event(one) for one in about.events), class_="events"))
    how = "" if name == c.against else ", compared world by world" if about.paired else ", compared as separate samples (unpaired)"
    run = f"{number_format.worlds(about.worlds)}, {_months(about)}{how}. {number_format.percent(about.assumed)} of its parameters are assumed by us."
    return [*parts, tag("p", text(run), class_="run")]


def _set(one: Set) -> str:
    change = tag("span", tag("b", text(one.before)), " → ", tag("b", text(one.after)), f" {text(one.unit)}", class_="change")
    line = tag("p", text(number_format.capital(one.meaning)), ": ", change)
    said = [tag("span", text(one.grade), class_=f"grade {'assumed' if one.grade == 'assumed' else ''}")]
    said += [f"Because: {text(one.because)}."] if one.because else []
    said += [f"Source: {text(one.source)}."] if one.source else []
    return tag("li", line, tag("p", " ".join(said), " ", tag("code", text(one.path)), class_="why"))


def _event(one: Event) -> str:
    lasts = f" for {one.months} months" if one.months is not None else ""
    because = f" {text(number_format.capital(one.because.rstrip('.')))}." if one.because else ""
    line = tag("p", tag("b", f"From {text(number_format.month(one.date))}{lasts}:"), because)
    changes = (
        tag(
            "p",
            text(number_format.capital(meaning)),
            ": ",
            tag("span", text(change), class_="change"),
            " ",
            tag("code", text(path)),
            class_="why",
        )
        for path, meaning, change in one.changes
    )
    return tag("li", line, *changes)


def _months(about: About) -> str:
    return f"{about.months} months from {number_format.month(about.start)}"


def _luck(about: About) -> str:
    return f"seed {about.seed}, {'numbers drawn' if about.draws else 'central values'}"


def _span(numbers: Sequence[int], rest: str) -> str:
    low, high = min(numbers), max(numbers)
    return f"{low:,}{'' if low == high else f' to {high:,}'} {rest}"
