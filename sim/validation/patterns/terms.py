"""Terms: the quantities that patterns compare, each with one value in every world.

A term is the name of a measure, of a date or of a count of spheres, or a mapping `{of: NAME, in: PROVINCE, years: [1, 3], at: start}`.
"""

from dataclasses import dataclass

from sim.model.observation.measure_catalogue import PROVINCE, SPHERES, WHOLE
from sim.model.state.csv_files import read_csv
from sim.scenario import value_parsers
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_reader import Node
from sim.text.suggestions import did_you_mean, quote

DATES = ("collapse_month", "breakdown_month", "incident_month")  # of the whole country; month 0 is the first
PLACE_DATES = ("lost_month",)
COUNTS = tuple(f"spheres_{sphere}" for sphere in SPHERES)  # in how many provinces
TAKES = ("sum", "mean", "lowest", "highest")  # how several provinces are combined
TIMES = ("start", "horizon")
KEYS = ("of", "in", "take", "years", "at", "scenario")

OF_WHOLE = {m.name: m for m in WHOLE}
OF_PROVINCE = {m.name: m for m in PROVINCE}
NAMES = (*dict.fromkeys((*OF_WHOLE, *OF_PROVINCE, *DATES, *PLACE_DATES, *COUNTS)),)


@dataclass(frozen=True)
class Term:
    """A quantity with one value in every world.

    `places` are ISO codes (none: the whole country), `take` how several of them are combined. `years` (first and last, from 1) takes the
    mean of a stock and the sum of a flow over these years; else `at` the start or the horizon, where a flow is its sum over the run.
    `scenario` takes the value from the same world of another scenario.
    """

    of: str
    places: tuple[str, ...] = ()
    take: str = ""
    years: tuple[int, int] | None = None
    at: str = "horizon"
    scenario: str = ""

    @property
    def is_date(self) -> bool:
        """Whether the values are months; a date that never came counts as later than any month."""
        return self.of in DATES or self.of in PLACE_DATES

    @property
    def months(self) -> int:
        """How many months a run must have for the term to have a value."""
        return 12 * self.years[1] if self.years else 1


def read_term(node: Node, findings: ErrorCollector, others: frozenset[str] = frozenset()) -> Term | None:
    """A term from its node, or None with findings. `others` are further keys that the caller reads."""
    if node.text is not None:
        return _checked(Term(node.text), node, findings)
    if node.entries is None or "of" not in node.entries:
        return findings.error(node.line, f"a term is a name or {{of: NAME, ...}}, not {node}.", "Name a measure under 'of'.")
    for key, child in node.entries.items():
        if key not in KEYS and key not in others:
            findings.error(child.line, f"a term has no {quote(key)}.", did_you_mean(key, (*KEYS, *others)))
    entries, found = node.entries, len(findings.problems)
    of = value_parsers.text(entries["of"], "'of'", findings)
    places = read_places(entries["in"], findings) if "in" in entries else ()
    take = value_parsers.choice(entries["take"], "'take'", TAKES, findings) if "take" in entries else ""
    years = _years(entries["years"], findings) if "years" in entries else None
    at = value_parsers.choice(entries["at"], "'at'", TIMES, findings) if "at" in entries else "horizon"
    scenario = value_parsers.text(entries["scenario"], "'scenario'", findings) if "scenario" in entries else ""
    if len(findings.problems) > found or of is None or take is None or at is None or scenario is None:
        return None
    if years and "at" in entries:
        return findings.error(entries["at"].line, "'years' and 'at' cannot both be given.", "Delete one of the two.")
    return _checked(Term(of, places, take, years, at, scenario), node, findings)


def _checked(term: Term, node: Node, findings: ErrorCollector) -> Term | None:
    """The term, if it is recorded."""
    line = node.entries["of"].line if node.entries else node.line
    if term.of not in NAMES:
        return findings.error(line, f"{quote(term.of)} is not a measure.", did_you_mean(term.of, NAMES))
    error = _not_recorded(term)
    return findings.error(line, *error) if error else term


def _not_recorded(term: Term) -> tuple[str, str] | None:
    """Why a term has no value, with a hint."""
    by_province = term.of in OF_PROVINCE or term.of in PLACE_DATES
    measure = (OF_PROVINCE if term.places else OF_WHOLE).get(term.of)
    if term.places and not by_province:
        return f"'{term.of}' is measured for the whole country only.", "Leave out 'in'."
    if not term.places and by_province and term.of not in OF_WHOLE:
        return f"'{term.of}' is measured by province.", "Say where, such as 'in: SY-DY'."
    if len(term.places) > 1 and not term.take:
        return f"'{term.of}' is asked for {len(term.places)} provinces.", f"Say under 'take' how to combine them: {', '.join(TAKES)}."
    if term.take and len(term.places) < 2:
        return "'take' needs several provinces.", "Give them under 'in', such as [SY-DY, SY-HI]."
    if term.years and (term.places or measure is None):
        return f"'{term.of}' is not recorded year by year.", "Years are recorded for measures of the whole country."
    if term.at == "start" and (term.is_date or (measure is not None and measure.cumulative)):
        return f"'{term.of}' is counted during a run, and has no value at the start.", "Leave out 'at'."
    return None


def provinces() -> dict[str, str]:
    """Names of the provinces by ISO code."""
    return {row["iso_3166_2"]: row["name"] for row in read_csv("provinces.csv")}


def read_places(node: Node, findings: ErrorCollector) -> tuple[str, ...]:
    """ISO codes, one or a list of them."""
    known, places = provinces(), []
    for item in node.items if node.items is not None else (node,):
        code = item.text or ""
        if code not in known:
            findings.error(item.line, f"{item} is not a province.", did_you_mean(code, known))
        places.append(code)
    if len(set(places)) < len(places) or not places:
        findings.error(node.line, "'in' must name provinces, each once.")
    return tuple(places)


def _years(node: Node, findings: ErrorCollector) -> tuple[int, int] | None:
    """First and last year, counted from 1."""
    ends = [value_parsers.number(item, "'years'", findings) for item in node.items or ()]
    if len(ends) != 2:
        return findings.error(node.line, "'years' must be the first and the last year, such as [1, 3].")
    first, last = ends
    if first is None or last is None:
        return None
    if not (first.is_integer() and last.is_integer() and 1 <= first <= last):
        return findings.error(
            node.line, f"'years' cannot run from {first:g} to {last:g}.", "Years are whole numbers from 1, the earlier first."
        )
    return int(first), int(last)
