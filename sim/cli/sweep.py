"""`spheres sweep`: what follows as one parameter, or two, are turned."""

from typing import Annotated

import typer

from sim.cli.error_handling import error_messages


def sweep(
    words: Annotated[
        list[str],
        typer.Argument(metavar="PATH=LEVELS...", help="A parameter and its levels, israel.strike_rate=1:8:5 or =1,2,4; or a design file."),
    ],
    scenario: Annotated[str, typer.Option(metavar="S", help="Scenario file or name.")] = "baseline",
    outcome: Annotated[
        list[str] | None,
        typer.Option(metavar="O", help="What to look at, such as iranian_primacy, balance or 'balance>0.6'; several times."),
    ] = None,
    worlds: Annotated[str, typer.Option(metavar="N", help="Worlds at each point, the same at every point.")] = "200",
    quantiles: Annotated[bool, typer.Option("--quantiles", help="Levels are quantiles of the range, which act as draws.")] = False,
    central: Annotated[bool, typer.Option("--central", help="All other parameters at their central values.")] = False,
    months: Annotated[str | None, typer.Option(metavar="M", help="Months to run; default: those of the scenario.")] = None,
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of all random numbers.")] = "1",
    jobs: Annotated[str | None, typer.Option(metavar="J", help="Processes; default: one per core. Changes no result.")] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Name of the folder in results/; default: of what is turned.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Run failed worlds again.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the result of another sweep.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no notices.")] = False,
) -> None:
    """Turn a parameter, or two, from value to value in the same worlds: response curves or maps, a table, and a sentence for each."""
    with error_messages():
        from sim.cli.sweep_run import SweepOptions, run_sweep

        run_sweep(SweepOptions(words, scenario, outcome or [], worlds, quantiles, central, months, seed, jobs, name, retry, replace, quiet))
