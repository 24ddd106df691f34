"""The page of verdicts: every pattern, every score and every fact with its verdict, failures first. Written by `spheres verdicts`."""

import json
from pathlib import Path

from sim.documentation import fact_verdicts
from sim.documentation.pattern_verdicts import pattern_table
from sim.experiment.storage.manifest_file import check_contents
from sim.experiment.storage.results import Result
from sim.validation.patterns.pattern_file import load_patterns

RUN = "run.json"
TITLES = ("Patterns", "Distances from facts", "Scores", "Coverage", "Facts one by one")


def page(folder: Path, history: Path) -> str:
    """The page in Markdown, from a folder of results and one of `spheres history`. Raises SettingsError where one cannot be read."""
    manifest = Result(folder).manifest
    run = _run(history)
    patterns, (fails, unclear, holds) = pattern_table(folder, load_patterns())
    facts, (worse, some, better) = fact_verdicts.fact_table(history)
    intro = (
        f"Written by `spheres verdicts`, not by hand. Patterns: {manifest['worlds']:,} worlds of each of {len(manifest['scenarios'])} "
        f"scenarios, seed {manifest['seed']}. Facts of 2015 to 2021: {run['worlds']:,} worlds that draw all parameters, "
        f"seed {run['seed']}; halves scored: {fact_verdicts.scored_halves(history)}. "
        "Failures stand first in every table. No result is a prediction."
    )
    counts = (
        f"Patterns: {fails} fail, {unclear} cannot be said clearly (a threshold moved by a quarter decides, or chance), {holds} hold. "
        f"Facts: on {worse} the model is better than no rival, on {some} better than some, on {better} better than every rival."
    )
    bodies = (
        patterns,
        fact_verdicts.compared_table(history),
        fact_verdicts.score_table(history),
        fact_verdicts.coverage_table(history),
        facts,
    )
    sections = [f"## {title}\n\n{_SAYS[title]}\n\n{body}" for title, body in zip(TITLES, bodies, strict=True)]
    return "\n\n".join(["# Verdicts", intro, counts, *sections]) + "\n"


def _run(history: Path) -> dict[str, int]:
    """Worlds and seed of a finished `spheres history`. Raises SettingsError if there is none, or it is damaged."""
    check_contents(history, RUN, f"Make it with: spheres history --held-out --name {history.name}")
    found: dict[str, int] = json.loads((history / RUN).read_text(encoding="utf-8"))
    return found


_SAYS = {
    "Patterns": (
        "Shares of worlds in per cent, with the 95 % interval. A pattern *used for fitting* is no evidence where it holds. "
        "*Sensitive to*: the parameters in which worlds where it holds differ most from those where it fails, with the direction in "
        "which it holds more often."
    ),
    "Distances from facts": (
        "From the range of the sources; for the median world, except for towns (all worlds). *Central values*: worlds that draw nothing."
    ),
    "Scores": (
        "CRPS for numbers, Brier for yes and no: the lower the better. Skill is 1 − score / score of the rival: above 0 the model is "
        "better. What each rival may know, and which of them know more than the model, stands in "
        "[history.md](history.md#scored-like-a-forecast)."
    ),
    "Coverage": "Of facts, the share that lies in the middle 50, 80 and 95 % of worlds.",
    "Facts one by one": (
        "A town is scored over all months, so facts about one town share a row's numbers; contracts are scored by bidder. Reported "
        "incidents are all of the kind *yes*, so a model with too many incidents does well on them: read them beside the half years above."
    ),
}
