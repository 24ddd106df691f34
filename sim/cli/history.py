"""`spheres history`: face the model with what happened from September 2015 to June 2021."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.answer import answering, watch_of
from sim.evidence.history import ground, later, named, partners, shown, timing
from sim.evidence.history.compared import Comparison
from sim.evidence.history.facts import load_facts
from sim.evidence.history.replayed import Replayed, replayed
from sim.experiment.folder import building
from sim.experiment.progress import Watch
from sim.experiment.settings import MOST_SEED, RESULTS, SettingsError, check_name, whole_number
from sim.experiment.show import console
from sim.scenario import Scenario, load
from sim.world.geography import load_provinces, load_towns

SCENARIO = Path("scenarios") / "history" / "history_2015.yaml"
PICTURE = "history"
FILES = {shown.COMPARISON, shown.TOWNS, shown.INCIDENTS, shown.AREA, f"{PICTURE}.png", f"{PICTURE}.svg"}
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
        scenario, baseline = load(SCENARIO), load("baseline")
        drawn, central = _run(scenario, count, luck, watch_of(quiet))
        provinces = load_provinces()
        c = Comparison(scenario, baseline, drawn, central, load_facts(), provinces, load_towns(provinces))
        items, timings, incidents = [*ground.items(c), *partners.items(c), *later.items(c)], timing.timings(c), named.incidents(c)
        with building(place) as work:
            shown.write(work, items, timings, incidents, c)
            _draw(work, c)
        shown.show(items, timings, incidents, c, console(piped=not sys.stdout.isatty()))
        typer.echo("\nDistances count from what the sources span; `central` is that of worlds with central values only. Facts and sources:")
        typer.echo(f"sim/data/history.csv. Tables and picture: {place}/ ({', '.join(sorted(FILES))}). Read with docs/history.md.")


def _place(name: str) -> Path:
    """Where the comparison goes. Raises SettingsError if other files stand there."""
    place = RESULTS / check_name(name)
    if place.is_symlink() or (place.exists() and not (place.is_dir() and {file.name for file in place.iterdir()} <= FILES)):
        raise SettingsError(f"{place} holds other files; choose another name, for instance --name {name}-2.")
    return place


def _run(scenario: Scenario, worlds: int, seed: int, watch: Watch) -> tuple[Replayed, Replayed]:
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
    from sim.report.history import figure  # here, since the drawing libraries are large and no other command needs them
    from sim.report.render import save_apart

    save_apart([(folder / PICTURE, figure(c))])
