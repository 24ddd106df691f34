"""What a set of results says of itself when it is printed: in a terminal a few lines, in a notebook also the outcomes."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import pandas as pd

from sim.compare.build import shares_of
from sim.compare.compared_scenarios import ComparedScenario
from sim.compare.comparison import ALL
from sim.compare.quantities import headline_name
from sim.experiment.run_settings import SettingsError
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.text.number_format import count
from sim.text.printed_lines import some_names, span
from sim.text.suggestions import printable

_MOST_ROWS = 50
CAVEAT = "Scenario results under the assumptions of this model; none is a prediction."


def in_lines(folders: Sequence[Path], sides: Sequence[ComparedScenario], against: str) -> list[str]:
    """Where the results lie, what was run and by which version, and what to ask for next."""
    others = [side.name for side in sides if side.name != against]
    example = others[0] if others else against
    places = ", ".join(str(folder) for folder in folders)
    worlds, months = span((side.worlds for side in sides), "world"), span((side.span[1] for side in sides), "month")
    start = " or ".join(sorted({side.span[0] for side in sides}))
    versions = sorted({str(side.result.manifest.get("versions", {}).get("syria-spheres", "unknown")) for side in sides})
    next_calls = [".outcome_bars()", f".sphere_map({example!r})", f".table({example!r})"]
    if others:
        next_calls[2:2] = [f".differences({example!r})", f".ranked_differences({example!r})"]
    return [
        f"Results in {places}: {count(len(sides), 'scenario')}, {worlds} each, {months} from {start}; spheres {', '.join(versions)}.",
        f"Compared with {against}: {some_names(others, '.scenarios')}." if others else f"Only {against}, compared with nothing.",
        f"Next: {', '.join(next_calls)}.",
        CAVEAT,
    ]


def in_html(lines: Sequence[str], sides: Sequence[ComparedScenario]) -> str:
    """The same with a table of outcomes; every text is escaped."""
    first, *rest = (escape(printable(line)) for line in lines)
    try:
        table = outcome_table(sides[:_MOST_ROWS]).to_html(escape=True, border=0)
        note = "Share of all worlds by outcome at the horizon, in percent, with its 95 % interval in brackets."
    except SettingsError as fault:
        table, note = "", escape(printable(str(fault)))
    more = f" {count(len(sides) - _MOST_ROWS, 'more scenario')} not shown." if len(sides) > _MOST_ROWS else ""
    return f"<p><b>{first}</b></p>\n{table}\n<p>{note}{more}</p>\n" + "\n".join(f"<p>{line}</p>" for line in rest)


def outcome_table(sides: Sequence[ComparedScenario]) -> pd.DataFrame:
    """Shares of worlds by outcome as texts with their intervals, a row for each scenario. Raises SettingsError."""
    shares = pd.concat([shares_of(side) for side in sides])
    rows = shares[(shares["kind"] == "outcome") & (shares["given"] == ALL)]
    texts = [_with_interval(100 * row.share, 100 * row.low, 100 * row.high) for row in rows.itertuples()]
    wide = rows.assign(text=texts).pivot(index="scenario", columns="quantity", values="text")
    heads = {headline_name(outcome): words for outcome, words in OUTCOME_WORDS.items()}
    named = wide.reindex(index=[side.name for side in sides], columns=list(heads)).rename(columns=heads)
    return named.rename_axis(index=None, columns=None)


def _with_interval(share: float, low: float, high: float) -> str:
    """A share in percent with its interval, with as many digits as a small one needs; it is not broken into lines."""
    digits = 0 if share >= 9.5 else 1
    return f"{share:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})".replace(" ", "\N{NO-BREAK SPACE}")
