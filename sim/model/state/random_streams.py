"""Random numbers: uniforms from a counter-based generator, the same for world k whatever the batch, chunk, process or machine count.

Every source of chance has a name. Its stream is Philox with key (seed, hash of the name) and counter (world, month), and gives a
fixed number of uniforms per world and month. World k therefore has the same random numbers in every scenario (common random numbers),
and a new source, actor, parameter or month leaves all other draws as they were. Other distributions are made by inverting their CDF,
one uniform each.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import TINY, Array, Row

_WORDS = 4  # a Philox counter step yields four 64-bit words
MAX_COUNT = 60  # of a Poisson draw: far above any monthly count here, so that the loop ends even at an absurd rate


@cache
def stream_key(name: str) -> int:
    """A stable 64-bit hash of a source's name."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


class RandomStreams:
    """The random numbers of worlds `first_world` to `first_world + n_worlds - 1` under one seed.

    With `luck`, column k has the random numbers of world `luck[k]`, in any order; several columns may have those of the same world.
    """

    def __init__(self, seed: int, first_world: int, n_worlds: int, luck: Sequence[int] | Array | None = None) -> None:
        self.seed, self.first_world, self.n_worlds = seed, first_world, n_worlds
        self._spans, self._columns = [(first_world, n_worlds)], None
        if luck is not None:
            numbers, columns = np.unique(np.asarray(luck, dtype=np.int64), return_inverse=True)
            self._spans = list(consecutive(numbers.tolist()))
            self._columns = None if len(numbers) == len(columns) and (np.diff(columns) > 0).all() else columns
        self._n_numbers = sum(count for _, count in self._spans)
        self._philox = np.random.Philox(key=np.array([seed, 0], dtype=np.uint64))
        self._generator = np.random.Generator(self._philox)
        self._state = self._philox.state
        self._words = np.empty(0)  # one buffer, which every stream fills anew

    def uniforms(self, name: str, month: int, n: int = 1) -> Float[Array, "n worlds"]:
        """Uniforms in the open interval (0, 1) of the source `name` in `month`."""
        blocks = -(-n // _WORDS)
        inner = self._state["state"]
        inner["key"][:] = (self.seed, stream_key(name))
        self._state["buffer_pos"] = _WORDS
        per_world = blocks * _WORDS
        needed = self._n_numbers * per_world
        if self._words.size < needed:
            self._words = np.empty(needed)
        words, filled = self._words[:needed], 0
        for first, count in self._spans:
            inner["counter"][:] = (first * blocks, month, 0, 0)
            self._philox.state = self._state
            end = filled + count * per_world
            self._generator.random(out=words[filled:end])  # whole multiples of 2**-53 in [0, 1), one from each word
            filled = end
        uniforms = np.add(words.reshape(self._n_numbers, -1)[:, :n].T, 2.0**-54, out=np.empty((n, self._n_numbers)))
        return uniforms if self._columns is None else uniforms.take(self._columns, axis=1)

    def row(self, name: str, month: int) -> Row:
        """One uniform per world."""
        return self.uniforms(name, month, 1)[0]

    def draw(self, path: str) -> Row:
        """The quantile at which each world draws the parameter `path`."""
        return self.row(f"draw:{path}", 0)


def consecutive(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The runs of consecutive numbers in a sequence: the first of each run, and how many they are."""
    first = count = 0
    for number in numbers:
        if count and number == first + count:
            count += 1
            continue
        if count:
            yield first, count
        first, count = number, 1
    if count:
        yield first, count


def poisson(u: Float[Array, "*shape"], rate: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Poisson counts by inversion of one uniform each (so that a changed rate leaves all other draws alone), at most MAX_COUNT."""
    cumulative = np.exp(-rate)
    count = np.zeros(u.shape)
    positive = np.flatnonzero(u > cumulative)  # most counts are none: only the others are followed further
    if not positive.size:
        return count
    u, rate, cumulative = (x.ravel().take(positive) for x in (u, rate, cumulative))
    term, found = cumulative.copy(), np.ones(positive.shape)
    for k in range(1, MAX_COUNT):
        term = term * rate / k
        cumulative += term
        above = u > cumulative
        if not above.any():
            break
        found += above
    count.ravel()[positive] = found
    return count


def left_after(loss: Row, times: Float[Array, "*places worlds"]) -> Float[Array, "*places worlds"]:
    """The share that is left after losing the share `loss` of what there is so many `times`; a loss of all leaves next to nothing."""
    return np.exp(np.log1p(-np.minimum(loss, 1.0 - TINY)) * times)
