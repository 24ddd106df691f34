"""Luck: uniforms from a counter-based generator, the same for world k whatever the batch, chunk, process or machine count.

Every source of chance has a name. Its stream is Philox with key (seed, hash of the name) and counter (world, month), and gives a
fixed number of uniforms per world and month. World k therefore has the same luck in every scenario, and a new source, actor,
parameter or month leaves all other draws as they were. Other distributions are made by inverting their CDF, one uniform each.
"""

import hashlib

import numpy as np

from sim.model.state.dimensions import TINY, Array, Row

_WORDS = 4  # a Philox counter step yields four 64-bit words


def stream_key(name: str) -> int:
    """A stable 64-bit hash of a source's name."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


class RandomStreams:
    """The luck of worlds `first_world` to `first_world + worlds - 1` under one seed."""

    def __init__(self, seed: int, first_world: int, worlds: int) -> None:
        self.seed, self.first_world, self.worlds = seed, first_world, worlds
        self._philox = np.random.Philox(key=np.array([seed, 0], dtype=np.uint64))
        self._generator = np.random.Generator(self._philox)
        self._state = self._philox.state
        self._words = np.empty(0)  # used again by every source

    def uniforms(self, name: str, month: int, n: int = 1) -> Array:
        """Uniforms in the open interval (0, 1), shape (n, worlds), of the source `name` in `month`."""
        blocks = -(-n // _WORDS)
        inner = self._state["state"]
        inner["key"][:] = (self.seed, stream_key(name))
        inner["counter"][:] = (self.first_world * blocks, month, 0, 0)
        self._state["buffer_pos"] = _WORDS
        self._philox.state = self._state
        needed = self.worlds * blocks * _WORDS
        if self._words.size < needed:
            self._words = np.empty(needed)
        words = self._generator.random(out=self._words[:needed])  # whole multiples of 2**-53 in [0, 1), one from each word
        return np.add(words.reshape(self.worlds, -1)[:, :n].T, 2.0**-54, out=np.empty((n, self.worlds)))

    def row(self, name: str, month: int) -> Row:
        """One uniform per world, shape (worlds,)."""
        return self.uniforms(name, month, 1)[0]

    def draw(self, path: str) -> Row:
        """The quantile at which each world draws the parameter `path`."""
        return self.row(f"draw:{path}", 0)


def poisson(u: Array, rate: Array) -> Array:
    """Poisson counts by inversion of one uniform each (so that a changed rate leaves all other luck alone); at most 60."""
    cumulative = np.exp(-rate)
    count = np.zeros(u.shape)
    some = np.flatnonzero(u > cumulative)  # most counts are none: only the others are followed further
    u, rate, cumulative = (x.ravel().take(some) for x in (u, rate, cumulative))
    term, found = cumulative.copy(), np.ones(some.shape)
    for k in range(1, 60):
        term = term * rate / k
        cumulative += term
        above = u > cumulative
        if not above.any():
            break
        found += above
    count.ravel()[some] = found
    return count


def left_after(loss: Array, times: Array) -> Array:
    """The share that is left after losing the share `loss` of what there is so many `times`; a loss of all leaves next to nothing."""
    return np.exp(np.log1p(-np.minimum(loss, 1.0 - TINY)) * times)
