"""A change from one mean to another in words, the same in the terminal, on the page and in figures."""

from sim.text import number_format
from sim.text.measure_labels import label
from sim.text.names import possessive


def index_change(index: str, before: float, after: float) -> str:
    """`dependence on Iran, down from 0.50 to 0.20`."""
    first, second = number_format.pair(before, after)
    return f"{label(index)}, {_direction(before, after)} from {first} to {second}"


def influence_change(power: str, province: str, before: float, after: float) -> str:
    """`Iran's influence in Damascus, down 20 points from 40 % to 20 %`."""
    size = number_format.signed_points(abs(after - before)).lstrip("+")
    change = f"{_direction(before, after)} {size} points from {number_format.percent(before)} to {number_format.percent(after)}"
    return f"{possessive(power)} influence in {province}, {change}"


def _direction(before: float, after: float) -> str:
    return "up" if after > before else "down"
