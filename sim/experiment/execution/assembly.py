"""From finished chunks to a result: tables over worlds, the comparison, the manifest; put in place together."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sim.compare.comparison_table import write_comparison
from sim.compare.effort_table import effort_table, write_effort
from sim.compare.negotiated_share import Side, negotiated_shares
from sim.compare.precision import Precision, precisions, write_precision
from sim.compare.scenario_differences import ScenarioDifferences, scenario_differences
from sim.compare.summary import SummaryRow, summarise, write_summary
from sim.experiment.progress import Progress
from sim.experiment.run_settings import RunSettings
from sim.experiment.storage.chunk_reader import Chunks
from sim.experiment.storage.data_dictionary import write_columns
from sim.experiment.storage.design_table import write_design
from sim.experiment.storage.manifest import write_manifest
from sim.experiment.storage.monthly_tables import MonthlyTables
from sim.experiment.storage.resolved_scenarios import resolved_text
from sim.experiment.storage.result_folder import check_place, locked, put_result
from sim.experiment.storage.staging import staging


def assemble(
    settings: RunSettings, chunks: Mapping[str, Chunks], progress: Progress, finish: Callable[[Path], None] | None = None
) -> tuple[list[SummaryRow], list[Precision]]:
    """Make the result of the finished chunks of each scenario that has any. `finish` may add files (pictures).

    Raises SettingsError if meanwhile another run has put a result there that says more, and OSError; then what stood there stands.
    """
    shown = [scenario for scenario in settings.scenarios if scenario.name in chunks]
    names = dict(next(iter(chunks[shown[0].name].values())).about["provinces"])
    progress.phase("comparing", steps=len(shown))
    with staging(settings.folder) as work:
        compared, efforts = [], []
        tables = MonthlyTables(work)
        for differences in scenario_differences(shown, chunks, tuple(names)):
            scenario = differences.scenario
            tables.add(scenario, tuple(names), chunks[scenario.name].values(), differences.n_worlds)
            efforts.append(effort_table(scenario.name, chunks[scenario.name].values(), tuple(names)))
            compared.append(differences)
            progress.detail(scenario.name)
        tables.close()
        negotiated = negotiated_shares([Side(scenario.name, scenario, chunks[scenario.name]) for scenario in shown])
        rows, sure = summarise(compared, names, negotiated), precisions(compared)
        _write_small(work, settings, compared, rows, sure)
        write_effort(work / "effort.csv", efforts)
        write_manifest(work, settings, chunks, names)
        if finish is not None:
            finish(work)
            write_manifest(work, settings, chunks, names)
        with locked(settings.folder):
            check_place(settings)
            put_result(work, settings.folder)
    return rows, sure


def _write_small(
    work: Path, settings: RunSettings, compared: Sequence[ScenarioDifferences], rows: Sequence[SummaryRow], sure: Sequence[Precision]
) -> None:
    """The files that are small however many worlds there are."""
    write_comparison(work / "comparison.parquet", compared)
    write_summary(work / "summary.csv", rows)
    write_precision(work / "precision.csv", sure)
    write_columns(work / "columns.csv", settings.scenarios, settings.draws, () if settings.rows is None else settings.rows.factors)
    if settings.rows is not None:
        write_design(work, settings.rows)
    (work / "scenarios").mkdir()
    for scenario in settings.scenarios:
        (work / "scenarios" / f"{scenario.name}.yaml").write_text(resolved_text(scenario), encoding="utf-8")
