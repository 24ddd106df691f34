"""Points of a design from a CSV file: a column for each parameter (`quantile:PATH` for quantiles), and one `luck`, if it says so."""

import csv
import math
from pathlib import Path

import numpy as np

from sim.exploration.design.design import MOST_LUCK, MOST_ROWS, Factor
from sim.exploration.design.factor_checks import check_levels, check_path, implausible
from sim.model.state.dimensions import Array
from sim.scenario import Scenario
from sim.scenario.validation_errors import ErrorCollector
from sim.text.suggestions import quote

QUANTILE, LUCK, POINT = "quantile:", "luck", "point"
MOST_BYTES, MOST_FIELDS = 200_000_000, 2000


def read_points(path: Path, scenario: Scenario, findings: ErrorCollector) -> tuple[tuple[Factor, ...], Array, Array | None] | None:
    """Factors, points (points, factors), and lucks (points,) where the file has them; None with findings for a faulty file."""
    text = _text(path, findings)
    if text is None:
        return None
    lines = [(reader_line, row) for reader_line, row in _rows(text) if any(field.strip() for field in row)]
    if not lines:
        return findings.error(0, "is empty.", "The first line names the columns: paths of parameters, and 'luck' if rows say it.")
    _, head = lines[0]
    factors = _head([name.strip() for name in head], scenario, findings)
    if factors is None:
        return None
    if len(lines) == 1:
        return findings.error(1, "has a heading and no rows.")
    if len(lines) - 1 > MOST_ROWS:
        return findings.error(0, f"has {len(lines) - 1:,} rows.", f"At most {MOST_ROWS:,} can be run.")
    numbers = [_numbers(line, row, head, findings) for line, row in lines[1:]]
    if findings.problems:
        return None
    table = np.array(numbers, dtype=np.float64)
    names = [name.strip() for name in head]
    lucks = _lucks(table[:, names.index(LUCK)], [line for line, _ in lines[1:]], findings) if LUCK in names else None
    points = np.stack([table[:, names.index(_column(factor))] for factor in factors], axis=1)
    _check(points, factors, [line for line, _ in lines[1:]], scenario, findings)
    return None if findings.problems else (factors, points, lucks)


def _text(path: Path, findings: ErrorCollector) -> str | None:
    try:
        if not path.is_file():
            return findings.error(
                0, "does not exist." if not path.exists() else "is not a file.", "Its place is counted from the design file."
            )
        if path.stat().st_size > MOST_BYTES:
            return findings.error(0, f"is larger than {MOST_BYTES / 1e6:.0f} MB.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return findings.error(0, "is not UTF-8 text.", "Save the table as CSV (UTF-8).")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a path"
        return findings.error(0, f"cannot be read ({reason.lower()}).")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(text.splitlines(), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend((reader.line_num, row) for row in reader)
    except csv.Error:
        rows.append((reader.line_num, ["?"]))
    return rows


def _head(names: list[str], scenario: Scenario, findings: ErrorCollector) -> tuple[Factor, ...] | None:
    factors = []
    for name in names[: MOST_FIELDS + 1]:
        if name in (LUCK, POINT):
            continue
        factor = Factor(name.removeprefix(QUANTILE), name.startswith(QUANTILE))
        fault = check_path(factor.path, scenario)
        if fault is not None:
            findings.error(1, *fault)
        factors.append(factor)
    if len(names) > MOST_FIELDS:
        findings.error(1, f"has {len(names):,} columns.", f"At most {MOST_FIELDS:,}.")
    twice = next((name for i, name in enumerate(names) if name in names[:i]), None)
    paths = [factor.path for factor in factors]
    both = next((path for i, path in enumerate(paths) if path in paths[:i]), None)
    if twice is not None or both is not None:
        findings.error(1, f"column {quote(twice or both or '')} is there twice.", "A parameter has values or quantiles, once.")
    if not factors:
        findings.error(1, "has no column for a parameter.", "The first line names them, such as israel.strike_rate,luck.")
    return None if findings.problems else tuple(factors)


def _numbers(line: int, row: list[str], head: list[str], findings: ErrorCollector) -> list[float]:
    if len(row) != len(head):
        findings.error(line, f"has {len(row)} fields, and the first line {len(head)}.")
        return []
    found = []
    for name, field in zip(head, row, strict=True):
        try:
            number = float(field)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            hint = "A number is written with a point, 0.5." if "," in field else ""
            findings.error(line, f"column {quote(name.strip())}: {quote(field.strip())} is not a number.", hint)
        found.append(number)
    return found


def _column(factor: Factor) -> str:
    return QUANTILE + factor.path if factor.as_quantiles else factor.path


def _lucks(column: Array, lines: list[int], findings: ErrorCollector) -> Array:
    wrong = np.flatnonzero((column != np.floor(column)) | (column < 0) | (column > MOST_LUCK))
    for i in wrong[:5]:
        findings.error(lines[i], f"'luck' cannot be {column[i]:g}.", "It is the number of a world, from 0.")
    return np.zeros(len(column), dtype=np.int64) if wrong.size else column.astype(np.int64)


def _check(points: Array, factors: tuple[Factor, ...], lines: list[int], scenario: Scenario, findings: ErrorCollector) -> None:
    for column, factor in zip(points.T, factors, strict=True):
        fault = check_levels(factor.path, column.tolist(), factor.as_quantiles, scenario)
        if fault is not None:
            at = next((i for i, value in enumerate(column) if check_levels(factor.path, [value], factor.as_quantiles, scenario)), 0)
            findings.error(lines[at], *fault)
        elif not factor.as_quantiles and (notice := implausible(factor.path, sorted(set(column.tolist())), scenario)):
            findings.notice(1, notice)
