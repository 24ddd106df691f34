"""A goal that gets another share of an actor's effort in the second of two worlds: how much, and why, in a sentence."""

from sim.replay.divergence.divergence_types import InterestDifference
from sim.replay.goal_words import aim
from sim.text.names import with_article

MOST_DIGITS = 4  # at which two numbers still count as different in words


def effort_sentence(scenario: str, actor: str, one: InterestDifference) -> str:
    """Such as `under 'x' Iran spends 27 % of its effort on the land corridor instead of 15 %, because ...`; `scenario` is the second."""
    first, second = one.amount
    shares = told_apart((100.0 * first, 100.0 * second))
    if shares is None:
        return ""
    goal = aim(one.meaning)
    return (
        f"under '{scenario}' {with_article(actor)} spends {shares[1]} % of its effort on {goal} instead of {shares[0]} %, {_because(one)}"
    )


def _because(one: InterestDifference) -> str:
    """Why a goal gets another share: how much it weighs and how unmet it is, unless these point the other way; then it is the others."""
    first, second = one.amount
    pull = [(weight or 0.0) * (need or 0.0) for weight, need in zip(one.weight, one.need, strict=True)]
    if (pull[1] - pull[0]) * (second - first) <= 0.0:
        return f"because its other goals draw {'less' if second > first else 'more'} of it"
    before = 0.0 if one.weight[0] is None else one.weight[0]  # a goal that is not pursued weighs nothing
    after = 0.0 if one.weight[1] is None else one.weight[1]
    return f"because that weighs {_instead((before, after))} and is unmet by {_instead(one.need)}"


def _instead(both: tuple[float | None, float | None]) -> str:
    """`0.11 instead of 0`; one number where there is no other, or the same."""
    first, second = both
    if first is None or second is None:
        return f"{(first or 0.0) + (second or 0.0):.2g}"
    apart = told_apart((first, second))
    return f"{apart[1]} instead of {apart[0]}" if apart else f"{second:.2g}"


def told_apart(both: tuple[float, float]) -> tuple[str, str] | None:
    """Two numbers with as few digits as tell them apart, at least two; None where not even MOST_DIGITS do."""
    for digits in range(2, MOST_DIGITS + 1):
        texts = f"{both[0]:.{digits}g}", f"{both[1]:.{digits}g}"
        if texts[0] != texts[1]:
            return texts
    return None
