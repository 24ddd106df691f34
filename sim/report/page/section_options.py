"""What a reader can choose within a section of the page: a month, a province, an index, or only whether it is shown."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.model.state.dimensions import Partner, keys
from sim.report.figures.data import thinning
from sim.report.figures.data.effort_shares import EMPTY, by_place
from sim.report.figures.data.figure_data import INDICES
from sim.report.figures.data.outcome_shares import has_fallen_map
from sim.report.page.figure_source import FigureSource
from sim.text import number_format
from sim.text.measure_labels import label

FOLLOWED = (  # the indices that can be followed through time, in the order of the control
    *("overlap", "delimitation", "agreed", "balance", "concentration", "territory_share", "collapsed", "broken"),
    *("channel_military", "channel_economic", "channel_diplomatic", "friction", "incidents", "bargains", "hand_overs"),
    *("dependence_russia", "dependence_iran", "iran_force", "russia_force", "effort_russia", "effort_iran", "supply_iran", "land_route"),
    *("exclusion_force", "strikes", "standing", "settlement_leverage", "contracted", "contracts_russia", "contracts_iran"),
    *("morale", "coffers", "danger", "evasion", "offensives", "attacks_islamic_state"),
)


@dataclass(frozen=True)
class Option:
    """Something to choose within a section: `value` stands in the page's address, `words` in its control."""

    value: str
    words: str


ONLY = Option("", "")


def months(source: FigureSource, scenario: str) -> list[Option]:
    """Months for which spheres are known: the start, every year (of a very long run fewer), the horizon."""
    known = list(source.results.moments[scenario])
    return [Option(month, number_format.month(month)) for month in thinning.spaced(known, thinning.stretch(12 * (len(known) - 1)))]


def with_fallen_map(source: FigureSource, scenario: str) -> list[Option]:
    """The one figure of a scenario in which the government has fallen in enough worlds, or none."""
    return [ONLY] if has_fallen_map(source.results, scenario) else []


def with_holdings(source: FigureSource, scenario: str) -> list[Option]:
    """The one figure of a scenario in which the government has fallen in any world, or none."""
    return [ONLY] if (source.comparison.holdings["scenario"] == scenario).any() else []


def provinces(source: FigureSource, _scenario: str) -> list[Option]:
    """All provinces by name."""
    return [Option(iso, name) for iso, name in sorted(source.comparison.names.items(), key=lambda item: item[1])]


def followed(source: FigureSource, _scenario: str) -> list[Option]:
    """The indices for which there is a series."""
    return [Option(name, number_format.capital(label(name))) for name in FOLLOWED if INDICES[name].name in source.indices]


def compared(source: FigureSource, scenario: str) -> list[Option]:
    """The one figure of a scenario that differs from another, or none."""
    return [ONLY] if source.is_compared(scenario) else []


def paired(source: FigureSource, scenario: str) -> list[Option]:
    """The one figure of a scenario that is compared world by world, or none."""
    return [ONLY] if source.is_compared(scenario) and source.comparison.about[scenario].paired else []


def with_effort(source: FigureSource, scenario: str) -> list[Option]:
    """The one figure of a scenario of which effort by goal is known, or none."""
    return [ONLY] if scenario in source.results.effort else []


def with_effort_by_province(source: FigureSource, scenario: str) -> list[Option]:
    """The one figure of a scenario in which a partner spends effort in any province, or none."""
    table = source.results.effort.get(scenario, EMPTY)
    return [ONLY] if any(by_place(table, partner) for partner in keys(Partner)) else []


def measured(*names: str) -> Callable[[FigureSource, str], list[Option]]:
    """The one figure of a scenario where there is a series for all of these measures, or none."""
    return lambda source, _scenario: [ONLY] if source.indices.issuperset(names) else []
