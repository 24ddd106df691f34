"""`spheres find`: parameters, measures, outcomes, claims, actors and scenarios by any word."""

from typing import Annotated

import typer

from sim.cli.error_handling import error_messages

MOST = 20  # things of a kind


def find(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORD...", help="Words in a name, meaning or source: sanctions, Hezbollah, golan. All are required."),
    ],
) -> None:
    """Find parameters, measures, outcomes, claims, actors and scenarios by any word in their names, meanings and sources."""
    with error_messages():
        import textwrap

        from sim.cli.explain import screen_width
        from sim.explain.word_search import WordIndex, by_kind
        from sim.explain.word_search import find as found
        from sim.provenance.register import load_register
        from sim.text.number_format import count

        layout = textwrap.TextWrapper(screen_width(), "  ", "      ", break_long_words=False, break_on_hyphens=False)
        for kind, things in by_kind(found(" ".join(words), WordIndex(load_register()))).items():
            typer.echo(typer.style(f"{count(len(things), kind)}".capitalize(), bold=True))
            for thing in things[:MOST]:
                for line in layout.wrap(thing.line):
                    typer.echo(line)
            if len(things) > MOST:
                typer.echo(f"  ... and {len(things) - MOST:,} more; another word narrows it down.")
            typer.echo()
        typer.echo("More of one of them: spheres explain NAME.")
