"""`spheres patterns`: in how many worlds of a result each pattern holds."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages
from sim.experiment.run_settings import RESULTS, SettingsError
from sim.text.suggestions import did_you_mean

TABLE = "patterns.csv"
FORMER_ROLES = {"setting": "fitted", "speaks": "held_out"}  # still understood, not listed


def patterns(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="A folder of results.")] = RESULTS / "default",
    file: Annotated[Path | None, typer.Option("--file", metavar="PATTERNS", help="A patterns file of your own.")] = None,
    scenario: Annotated[str, typer.Option(metavar="S", help="Print only this scenario.")] = "",
    role: Annotated[str, typer.Option(metavar="R", help="Print only patterns that are `fitted` or `held_out`.")] = "",
) -> None:
    """Evaluate every pattern on finished results: those used for fitting, and those held out."""
    with error_messages():
        from sim.experiment.storage.results import Result
        from sim.experiment.storage.whole_files import write_text
        from sim.text.csv_text import csv_frame
        from sim.validation.patterns.evaluation import evaluate
        from sim.validation.patterns.evaluation_text import lines
        from sim.validation.patterns.pattern_file import FITTED, HELD_OUT, load_patterns
        from sim.validation.patterns.result_samples import all_samples

        results = all_samples(Result(folder))
        role = FORMER_ROLES.get(role, role)
        if scenario and scenario not in results:
            raise SettingsError(f"--scenario: there is no '{scenario[:60]}' in {folder}. {did_you_mean(scenario, results)}")
        if role not in ("", FITTED, HELD_OUT):
            raise SettingsError(f"--role: '{role[:60]}' is not a role; give {FITTED} or {HELD_OUT}.")
        known = load_patterns(file, tuple(results))
        table, skipped = evaluate(known, results)
        says = {pattern.name: pattern.says for pattern in known}
        table.insert(1, "says", [says[name] for name in table["pattern"]])
        write_text(folder / TABLE, csv_frame(table).to_csv(index=False, float_format="%.6g", lineterminator="\n"))
        for line in lines([pattern for pattern in known if role in ("", pattern.role)], table, skipped, scenario):
            typer.echo(line)
        typer.echo(f"\nAll {len(table)} rows, every pattern by scenario: {folder / TABLE}")
