"""How the members of a chunk lie in its file: a zip in which every byte follows from the members' names and contents.

Members are stored as they are, in a fixed order, each with its check sum (CRC-32). Any program that knows zip files opens one; here it is
read strictly: a file that differs in one byte from what `joined` makes of its members is not whole.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_STORED = (20, 0, 0, 0, 33)  # version 2.0, no flags, stored, and a time long ago (1980-01-01), for the same worlds give the same bytes
_MADE_BY = 3 << 8 | 20  # Unix, version 2.0
_MODE = 0o600 << 16
_MOST = 2**32 - 1  # bytes; a file beyond would need other headers


class NotWhole(ValueError):
    """Bytes that are not what was written."""


@dataclass(frozen=True)
class Member:
    """Where a member lies: the offset of its header, the size of its content, and the content's check sum."""

    name: str
    offset: int
    size: int
    crc: int

    @property
    def header(self) -> bytes:
        """What stands before its content."""
        name = self.name.encode()
        return _LOCAL.pack(b"PK\3\4", *_STORED, self.crc, self.size, self.size, len(name), 0) + name

    @property
    def entry(self) -> bytes:
        """Its line in the directory at the end of the file."""
        name = self.name.encode()
        numbers = self.crc, self.size, self.size, len(name), 0, 0, 0, 0, _MODE, self.offset
        return _CENTRAL.pack(b"PK\1\2", _MADE_BY, *_STORED, *numbers) + name

    @property
    def end(self) -> int:
        """The offset of what follows it."""
        return self.offset + len(self.header) + self.size


def joined(contents: Mapping[str, bytes]) -> bytes:
    """The file of some members. Raises ValueError where they are too large for it."""
    parts, members, offset = [], [], 0
    for name, content in contents.items():
        if offset + len(content) > _MOST // 2:
            raise ValueError("a chunk's file would be larger than 2 GB")
        members.append(Member(name, offset, len(content), zlib.crc32(content)))
        parts += [members[-1].header, content]
        offset = members[-1].end
    return b"".join((*parts, _directory(members)))


def members(file: BinaryIO, size: int, names: Sequence[str]) -> dict[str, Member]:
    """The members of a file of so many bytes, which must be these, in this order, and all that is in it. Raises NotWhole, OSError."""
    length = sum(_CENTRAL.size + len(name.encode()) for name in names) + _END.size
    if size < length:
        raise NotWhole("it is cut off")
    file.seek(size - length)
    found = file.read(length)
    listed, offset, at = [], 0, 0
    for name in names:
        crc, stored = struct.unpack_from("<2L", found, at + 16)
        listed.append(Member(name, offset, stored, crc))
        offset, at = listed[-1].end, at + _CENTRAL.size + len(name.encode())
    if offset + length != size or _directory(listed) != found:
        raise NotWhole("its directory is damaged")
    return {member.name: member for member in listed}


def content(file: BinaryIO, member: Member) -> bytes:
    """The content of a member. Raises NotWhole, OSError."""
    header = member.header
    file.seek(member.offset)
    if file.read(len(header)) != header:
        raise NotWhole(f"the header of {member.name} is damaged")
    found = file.read(member.size)
    if len(found) != member.size or zlib.crc32(found) != member.crc:
        raise NotWhole(f"{member.name} is damaged")
    return found


def _directory(listed: Sequence[Member]) -> bytes:
    entries, n = b"".join(member.entry for member in listed), len(listed)
    start = listed[-1].end if listed else 0
    return entries + _END.pack(b"PK\5\6", 0, 0, n, n, len(entries), start, 0)
