"""What may befall a file: bits, bytes and blocks that change, and a folder, a hole or nothing where it stood."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

Random = np.random.Generator
_HOLE = 400_000_000  # bytes of nothing at the end of a file, which take no room on most disks


@dataclass(frozen=True)
class Damage:
    """A way to harm a file. `harm` returns whether it is another one now."""

    name: str
    harm: Callable[[Path, Random], bool]


def _in_content(name: str, change: Callable[[bytes, Random], bytes]) -> Damage:
    """A damage that changes the bytes of a file."""

    def harm(path: Path, random: Random) -> bool:
        whole = path.read_bytes()
        harmed = change(whole, random)
        path.write_bytes(harmed)
        return harmed != whole

    return Damage(name, harm)


def _bit(content: bytes, random: Random) -> bytes:
    harmed = bytearray(content)
    harmed[int(random.integers(len(harmed)))] ^= 1 << int(random.integers(8))
    return bytes(harmed)


def _byte(content: bytes, random: Random) -> bytes:
    harmed = bytearray(content)
    harmed[int(random.integers(len(harmed)))] = int(random.integers(256))
    return bytes(harmed)


def _cut(content: bytes, random: Random) -> bytes:
    return content[: int(random.integers(len(content)))]


def _zeros(content: bytes, random: Random) -> bytes:
    place, length = int(random.integers(len(content))), int(random.integers(1, 513))
    zeroed = bytes(min(length, len(content) - place))
    return content[:place] + zeroed + content[place + length :]


def _appended(content: bytes, random: Random) -> bytes:
    return content + random.bytes(int(random.integers(1, 65)))


def _edge(content: bytes, random: Random) -> bytes:
    """A bit near the end or the beginning, where headers and directories are."""
    harmed = bytearray(content)
    place = int(random.integers(min(len(harmed), 1200)))
    harmed[place if random.integers(4) == 0 else -1 - place] ^= 1 << int(random.integers(8))
    return bytes(harmed)


def _turned(content: bytes, random: Random) -> bytes:
    """Two blocks that change places."""
    one, other = sorted(int(at) for at in random.integers(len(content), size=2))
    return content[other:] + content[one:other] + content[:one]


def _gone(path: Path, random: Random) -> bool:
    path.unlink()
    return True


def _a_folder(path: Path, random: Random) -> bool:
    path.unlink()
    path.mkdir()
    return True


def _a_broken_link(path: Path, random: Random) -> bool:
    path.unlink()
    path.symlink_to("nowhere")
    return True


def _a_hole(path: Path, random: Random) -> bool:
    os.truncate(path, _HOLE)
    return True


DAMAGES = (
    *(7 * [_in_content("a bit", _bit)]),
    *(5 * [_in_content("a bit at an edge", _edge)]),
    *(4 * [_in_content("a byte", _byte)]),
    *(4 * [_in_content("an end cut off", _cut)]),
    *(4 * [_in_content("a block of zeros", _zeros)]),
    *(4 * [_in_content("bytes appended", _appended)]),
    *(4 * [_in_content("blocks that changed places", _turned)]),
    Damage("nothing there", _gone),
    Damage("a folder in its place", _a_folder),
    Damage("a broken link in its place", _a_broken_link),
    Damage("a hole of 400 MB", _a_hole),
)
