"""Numbers, months and lists in words."""

from collections.abc import Sequence

MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")


def percent(share: float) -> str:
    """A share in words, e.g. `54 %`; what is neither none nor all is never rounded to it."""
    if 0 < share <= 0.005:
        return "under 1 %"
    if 0.995 <= share < 1:
        return "over 99 %"
    return f"{100 * share:.0f} %"


def rest(share: float) -> str:
    """What a share leaves of the whole, in words, free of the error of the subtraction: of 0.785 it is `22 %`, as of 43 in 200."""
    return percent(round(1.0 - share, 9))


def points(difference: float) -> str:
    """A difference of shares in words, e.g. `12 points more`."""
    size = abs(100 * difference)
    number = f"{size:.0f}" if size >= 0.95 else f"{size:.1f}"
    return f"{number} point{'' if number == '1' else 's'} {'more' if difference > 0 else 'fewer'}"


def number(value: float, beside: float = 0.0, signed: bool = False) -> str:
    """A number with as many digits as its size deserves; `beside` is a second number that it stands next to."""
    size = max(abs(value), abs(beside))
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 else 3
    text = f"{value:{'+' if signed else ''},.{digits}f}"
    return text.replace("-", "−") if round(value, digits) else text.lstrip("+-")


def pair(before: float, after: float) -> tuple[str, str]:
    """Two numbers with as many digits as they deserve, or as show that they differ, four after the point at most."""
    texts = number(before, after), number(after, before)
    for digits in range(len(texts[0].partition(".")[2]) + 1, 5):
        if texts[0] != texts[1]:
            break
        texts = _fixed(before, digits), _fixed(after, digits)
    return texts if texts[0] != texts[1] else (number(before, after), number(after, before))


def _fixed(value: float, digits: int) -> str:
    return f"{value:,.{digits}f}".replace("-", "−") if round(value, digits) else f"{0:.{digits}f}"


def signed_points(difference: float) -> str:
    """A difference of shares as a short number of percentage points, e.g. `+12`, `−0.4`, `0`."""
    digits = 0 if abs(100 * difference) >= 9.95 else 1
    text = f"{100 * difference:+.{digits}f}".replace("-", "−")
    return text if round(100 * difference, digits) else "0"


def month(text: str) -> str:
    """A calendar month in words: `2031-05` is `May 2031`; a year alone stays as it is."""
    year, _, number = text.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}" if number else year


def capital(sentence: str) -> str:
    """The sentence with a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def joined(parts: Sequence[str]) -> str:
    """Parts in one list: `a, b and c`; nothing for none."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def ordinal(n: int) -> str:
    """A place in an order: `1st`, `2nd`, `11th`, `23rd`."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def worlds(n: int) -> str:
    """How many worlds, in figures: `1,000 worlds`, `1 world`."""
    return f"{n:,} world{'' if n == 1 else 's'}"


def worlds_were_run(n: int) -> str:
    """How many worlds were run, as a sentence begins: `1,000 worlds were run`, `1 world was run`."""
    return f"{worlds(n)} {'was' if n == 1 else 'were'} run"


def processes(n: int) -> str:
    """How many processes, in figures: `2 processes`, `1 process`."""
    return f"{n} process{'' if n == 1 else 'es'}"


def count(n: int, noun: str) -> str:
    """A number of things: `two provinces`, `one province`, `no province`; figures from fourteen on."""
    number = _COUNTS[n] if n < len(_COUNTS) else f"{n:,}"
    return f"{number} {noun}{'' if n in (0, 1) else 's'}"


def duration(seconds: float) -> str:
    """A length of time, as rough as an estimate is: `20 seconds`, `3 minutes`, `1.5 hours`."""
    if seconds < 100:
        return f"{max(5 * round(seconds / 5), 5)} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"
