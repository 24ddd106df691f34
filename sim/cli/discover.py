"""`spheres discover`: in which worlds something comes out, as a short rule on parameters, or that no such rule exists."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages
from sim.experiment.run_settings import RESULTS, SettingsError


def discover(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[RESULT] OUTCOME",
            help="A folder of results (default: results/default), and what to explain: iranian_primacy, balance, 'balance>0.6'.",
        ),
    ],
    scenario: Annotated[str, typer.Option(metavar="S", help="The scenario whose worlds are asked.")] = "baseline",
    against: Annotated[
        str, typer.Option(metavar="S2", help="Ask for worlds in which S has the outcome, and S2 has not; of an index, for the difference.")
    ] = "",
    level: Annotated[
        str | None,
        typer.Option(metavar="L", help="Level of an index: a number, upper (the upper tenth of worlds; default), median or lower."),
    ] = None,
    seed: Annotated[str, typer.Option(metavar="N", help="Seed of the random halves.")] = "1",
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Find a short rule for the worlds with an outcome, judged on worlds that had no part in finding it; or say that there is none."""
    with error_messages():
        from sim.cli.discovery_report import DiscoverOptions, run_discovery

        if len(words) > 2:
            raise SettingsError(f"`spheres discover` takes a folder of results and one outcome, not {len(words)} words.")
        folder = Path(words[0]) if len(words) == 2 else RESULTS / "default"
        run_discovery(DiscoverOptions(folder, words[-1], scenario, against, level, seed, quiet))
