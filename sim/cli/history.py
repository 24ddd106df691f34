"""`spheres history`: face the model with what happened from September 2015 to June 2021."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import answering, watch_of
from sim.experiment.progress import Progress
from sim.experiment.run_settings import MOST_SEED, RESULTS, SettingsError, check_name, whole_number
from sim.experiment.storage.result_folder import building
from sim.model.state.geography import load_provinces, load_towns
from sim.report.console.summary_table import console
from sim.scenario import Scenario, load_scenario
from sim.validation.hindcast import (
    hindcast_text,
    incident_check,
    map_2021_error,
    partnership_check,
    territory_error,
    town_timing,
)
from sim.validation.hindcast.hindcast_comparison import Comparison
from sim.validation.hindcast.hindcast_run import Replayed, replayed
from sim.validation.hindcast.observed_facts import load_facts

SCENARIO = Path("scenarios") / "history" / "history_2015.yaml"
PICTURE = "history"
FILES = {hindcast_text.COMPARISON, hindcast_text.TOWNS, hindcast_text.INCIDENTS, hindcast_text.AREA, f"{PICTURE}.png", f"{PICTURE}.svg"}
FEWEST, MOST = 20, 100_000  # worlds; all are held in memory


def history(
    worlds: Annotated[
        str, typer.Option(metavar="N", help="Worlds that draw their parameters; a third as many have central values.")
    ] = "1000",
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of all luck.")] = "1",
    name: Annotated[str, typer.Option(metavar="NAME", help="Folder in results/; an older comparison there is replaced.")] = "history",
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Run September 2015 to June 2021 with the baseline's rules; compare with dated facts and simple rivals, in tables and a picture."""
    with answering():
        count, luck = whole_number(worlds, "--worlds", FEWEST, MOST), whole_number(seed, "--seed", 0, MOST_SEED)
        place = _place(name)
        scenario, baseline = load_scenario(SCENARIO), load_scenario("baseline")
        drawn, central = _run(scenario, count, luck, watch_of(quiet))
        provinces = load_provinces()
        c = Comparison(scenario, baseline, drawn, central, load_facts(), provinces, load_towns(provinces))
        items, timings, incidents = (
            [*territory_error.items(c), *partnership_check.items(c), *map_2021_error.items(c)],
            town_timing.timings(c),
            incident_check.incidents(c),
        )
        with building(place) as work:
            hindcast_text.write(work, items, timings, incidents, c)
            _draw(work, c)
        hindcast_text.show(items, timings, incidents, c, console(piped=not sys.stdout.isatty()))
        typer.echo("\nDistances count from what the sources span; `central` is that of worlds with central values only. Facts and sources:")
        typer.echo(
            f"sim/data/observed_2015_2021.csv. Tables and picture: {place}/ ({', '.join(sorted(FILES))}). Read with docs/history.md."
        )


def _place(name: str) -> Path:
    """Where the comparison goes. Raises SettingsError if other files stand there."""
    place = RESULTS / check_name(name)
    if place.is_symlink() or (place.exists() and not (place.is_dir() and {file.name for file in place.iterdir()} <= FILES)):
        raise SettingsError(f"{place} holds other files; choose another name, for instance --name {name}-2.")
    return place


def _run(scenario: Scenario, worlds: int, seed: int, watch: Progress) -> tuple[Replayed, Replayed]:
    """Worlds that draw, and worlds with central values."""
    central, done = max(FEWEST, worlds // 3), 0

    def step(n: int) -> None:
        nonlocal done
        done += n
        watch.done(done)

    watch.begin((worlds + central) * scenario.months, worlds + central)
    try:
        return replayed(scenario, worlds, seed, True, step), replayed(scenario, central, seed, False, step)
    finally:
        watch.end()


def _draw(folder: Path, c: Comparison) -> None:
    from sim.report.drawing.render import save_apart
    from sim.report.figures.hindcast_territory import figure  # here, since the drawing libraries are large and no other command needs them

    save_apart([(folder / PICTURE, figure(c))])
