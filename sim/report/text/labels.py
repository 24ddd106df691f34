"""What scenarios and sectors are called in a figure: the fewest plain words."""

import re

from sim.text import number_format

_SECTORS = {"oil_gas": "Oil and gas", "power": "Electricity", "transport_industry": "Transport and industry"}
_PROPER = ("US", "Russia", "Iran", "Israel", "Turkey", "Damascus", "Golan", "Caesar", "Islamic State")


def scenario(name: str) -> str:
    """A scenario's name as a sentence spells it, e.g. `US strikes in east`."""
    text = name.replace("_", " ")
    for proper in _PROPER:
        text = re.sub(rf"\b{proper.lower()}\b", proper, text)
    return text


def asked(name: str, question: str) -> str:
    """A scenario's name and what it asks."""
    return f"{number_format.capital(scenario(name))}{f': {question}' if question else ''}"


def sector(name: str) -> str:
    """A sector's name as a heading, e.g. `Oil and gas`."""
    return _SECTORS.get(name, name.replace("_", " ").capitalize())
