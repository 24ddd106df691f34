"""What the partners spend their effort on, for the story of a world: at the start, and where it has changed markedly since last told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.actors.goals import Pursuit
from sim.model.state.dimensions import Array, Partner, keys
from sim.provenance.claim_index import numbers
from sim.replay.goal_words import aim
from sim.text.names import possessive, with_article
from sim.text.number_format import capital, joined, percent

MARKED = 0.15  # of an actor's effort: so much must go elsewhere than when last told
APART, SMOOTHED = 12, 3  # months from one sentence on an actor to the next, and over which effort is averaged before it counts
MOST_GOALS, MOST_SHIFTS = 3, 2
NAMED, SHIFTED = 0.1, 0.05  # shares of effort, and changes of them, that are named


@dataclass(frozen=True)
class EffortSentence:
    """What an actor spends its effort on in a month (index), in words, with the claims behind the goals that are named."""

    month: int
    text: str
    claims: tuple[str, ...]


def effort_sentences(
    pursuits: Sequence[Pursuit], shares: Float[Array, "months goals"], meanings: Sequence[str]
) -> Iterator[EffortSentence]:
    """All sentences on both partners; `shares` of the actor's effort by goal and what each goal's weight means follow `pursuits`."""
    for actor in keys(Partner):
        rows = [row for row, pursuit in enumerate(pursuits) if pursuit.actor == actor]
        if rows and len(shares):
            yield from _of_actor(actor, shares[:, rows], [meanings[row] for row in rows])


def _of_actor(actor: str, shares: Float[Array, "months own"], meanings: Sequence[str]) -> Iterator[EffortSentence]:
    told, last = shares[0], 0
    yield _first(actor, told, meanings)
    for month in range(APART, len(shares)):
        now = _lately(shares[month + 1 - SMOOTHED : month + 1])
        if month - last >= APART and np.abs(now - told).sum() / 2.0 >= MARKED:
            yield _change(actor, month, told, now, meanings)
            told, last = now, month


def _lately(shares: Float[Array, "months own"]) -> Float[Array, " own"]:
    """Mean shares over the months in which any effort was spent; nothing if none is spent in the last."""
    spent = shares[shares.any(axis=1)]
    return spent.mean(axis=0) if shares[-1].any() else shares[-1]


def _first(actor: str, now: Float[Array, " own"], meanings: Sequence[str]) -> EffortSentence:
    most = [i for i in np.argsort(-now, kind="stable")[:MOST_GOALS] if now[i] >= min(NAMED, now.max()) and now[i] > 0.0]
    if not most:
        return _nothing(actor, 0)
    goals = joined([f"{aim(meanings[i])} ({percent(float(now[i]))})" for i in most])
    how = "mostly" if now[most].sum() >= 0.5 else "first of all"
    return EffortSentence(0, capital(f"{possessive(actor)} effort goes {how} to {goals}."), _claims(meanings, most))


def _change(actor: str, month: int, told: Float[Array, " own"], now: Float[Array, " own"], meanings: Sequence[str]) -> EffortSentence:
    if not now.any():
        return _nothing(actor, month)
    moved = now - told
    more = [i for i in np.argsort(-moved, kind="stable")[:MOST_SHIFTS] if moved[i] >= SHIFTED]
    less = [i for i in np.argsort(moved, kind="stable")[:MOST_SHIFTS] if moved[i] <= -SHIFTED]
    gained, lost = (joined([_shift(meanings[i], told[i], now[i]) for i in rows]) for rows in (more, less))
    if gained and lost:
        text = f"more of its effort on {gained}, and less on {lost}"
    elif gained or lost:
        text = f"{'more' if gained else 'less'} of its effort on {gained or lost}"
    else:
        text = "its effort on many goals a little differently"
    return EffortSentence(month, capital(f"{with_article(actor)} now spends {text}."), _claims(meanings, [*more, *less]))


def _shift(meaning: str, before: float, now: float) -> str:
    return f"{aim(meaning)} ({percent(float(now))} instead of {percent(float(before))})"


def _nothing(actor: str, month: int) -> EffortSentence:
    return EffortSentence(month, capital(f"{with_article(actor)} spends no effort{' any more' if month else ''}."), ())


def _claims(meanings: Sequence[str], rows: Sequence[int]) -> tuple[str, ...]:
    """The claims behind the named goals, by number."""
    return tuple(sorted({claim for row in rows for claim in numbers(meanings[row])}, key=lambda claim: int(claim[1:])))
