"""What was probably meant by a text where a number should stand."""

import re
import unicodedata

_PERCENT = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*(?:%|per ?cent)", re.ASCII)
_FRACTION = re.compile(r"([-+]?\d{1,6})\s*/\s*([1-9]\d{0,5})", re.ASCII)
_COMMA = re.compile(r"([-+]?\d+),(\d+)", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", re.ASCII)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s_'’,](?=\d{3}(?!\d))")
_SIGNS = str.maketrans({"−": "-", "–": "-", "＋": "+", "－": "-", "٫": ".", "．": "."})  # other minus signs, Arabic and wide points
_LONGEST = 40  # characters of a text that may be meant as a number


def number_hint(text: str) -> str:
    """The number as it must be written, as a sentence; nothing where no number can be made out."""
    if len(text) > _LONGEST:
        return ""
    plain = _ascii(text)
    if match := _PERCENT.fullmatch(plain):
        return f"Write {float(match[1]) / 100:.15g}."
    if match := _FRACTION.fullmatch(plain):
        return f"Write {int(match[1]) / int(match[2]):.6g}."
    if match := _COMMA.fullmatch(plain):
        if len(match[2]) == 3:
            return f"Write {match[1]}{match[2]}, or {match[1]}.{match[2]} if the comma stands for a point."
        return f"Write {match[1]}.{match[2]}, with a point."
    whole = _BETWEEN_DIGITS.sub("", plain)
    if whole != text and _NUMBER.fullmatch(whole):
        return f"Write {whole}, with the digits 0 to 9 and nothing between them."
    return ""


def percent_hint(value: float) -> str:
    """The question whether so many per cent were meant, of a number that is too large; nothing for one that looks otherwise."""
    return f"Was {value:g} % ({value / 100:g}) meant?" if 5.0 <= value <= 100.0 else ""


def _ascii(text: str) -> str:
    """A text with the digits of all scripts, and signs that look like those of a number, in ASCII."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text.translate(_SIGNS))
