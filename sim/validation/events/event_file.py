"""Opening an event file: CSV, or a zip archive that holds one; as text, in pieces, within limits, and never unpacked to disk."""

import codecs
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sim.experiment.run_settings import SettingsError
from sim.text.suggestions import display_path, quote

MAX_BYTES = 2 * 1024**3  # of text
MAX_RATIO = 200  # of text to archive; event data pack to a tenth or so
FREE_BYTES = 64 * 1024**2  # below this no ratio is suspicious
_PIECE = 1024**2
_ZIP = b"PK\3\4"  # how a zip archive begins


class EventFileError(SettingsError):
    """An event file that cannot be used; the text says what is wrong and what would be right."""


@dataclass(frozen=True)
class TextSource:
    """A file that was checked: its bytes are within the limit, hold no NUL, and are text in `encoding`. `member` is its name in the zip."""

    path: Path
    member: str | None
    encoding: str

    @property
    def shown(self) -> str:
        """The file as messages name it."""
        inside = f" ({quote(self.member)})" if self.member else ""
        return display_path(self.path) + inside

    @contextmanager
    def lines(self) -> Iterator[IO[str]]:
        """The text from its beginning; line breaks stay as they are, since some stand within quotes."""
        with _opened(self.path, self.member) as raw, io.TextIOWrapper(raw, self.encoding, newline="") as text:
            yield text


def checked_source(path: Path) -> TextSource:
    """Look through a file once. Raises EventFileError."""
    shown = display_path(path)
    try:
        if not path.is_file():
            what = "is not a file" if path.exists() else "does not exist"
            raise EventFileError(f"{shown} {what}; --events needs a CSV file of events, or a zip archive that holds one.")
        member = _member(path) if zipfile.is_zipfile(path) else None
        with path.open("rb") as file:
            if member is None and file.read(4) == _ZIP:
                raise zipfile.BadZipFile
        return TextSource(path, member, _encoding(path, member))
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise EventFileError(f"{shown} is a damaged zip archive; fetch it again.") from None
    except (NotImplementedError, RuntimeError):
        raise EventFileError(f"{shown} is packed or encrypted in a way that cannot be read; give the CSV file itself.") from None
    except OSError as error:
        raise EventFileError(f"{shown} cannot be read: {error.strerror or error}.") from None


def _member(path: Path) -> str:
    """The one CSV file in a zip archive."""
    with zipfile.ZipFile(path) as archive:
        files = [f for f in archive.infolist() if not f.is_dir() and not f.filename.startswith("__MACOSX/")]
        csvs = [f for f in files if f.filename.lower().endswith((".csv", ".txt", ".tsv"))]
    if len(csvs) != 1 or len(files) > len(csvs) + 10:
        names = ", ".join(quote(f.filename) for f in files[:4]) or "nothing"
        raise EventFileError(f"{display_path(path)} must hold one CSV file; it holds {names}{', ...' if len(files) > 4 else ''}.")
    size, packed = csvs[0].file_size, max(csvs[0].compress_size, 1)
    if size > MAX_BYTES or (size > FREE_BYTES and size > MAX_RATIO * packed):
        raise EventFileError(
            f"{display_path(path)} would unpack from {packed:,} to {size:,} bytes; at most {MAX_BYTES:,} bytes are read, and no text of "
            f"events packs to less than 1/{MAX_RATIO}."
        )
    return csvs[0].filename


@contextmanager
def _opened(path: Path, member: str | None) -> Iterator[IO[bytes]]:
    if member is None:
        with path.open("rb") as file:
            yield file
    else:
        with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
            yield packed


def _encoding(path: Path, member: str | None) -> str:
    """UTF-8, with or without a byte order mark, or else Latin-1."""
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8-sig")()
    size = 0
    with _opened(path, member) as raw:
        while piece := raw.read(_PIECE):
            size += len(piece)
            if size > MAX_BYTES:
                raise EventFileError(f"{display_path(path)} holds more than {MAX_BYTES:,} bytes; cut it to Syria first.")
            if b"\0" in piece:
                raise EventFileError(f"{display_path(path)} holds NUL bytes and is no text in UTF-8; save it as CSV in UTF-8.")
            try:
                if decoder:
                    decoder.decode(piece)
            except UnicodeDecodeError:
                decoder = None
    try:
        if decoder:
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        decoder = None
    if size == 0:
        raise EventFileError(f"{display_path(path)} is empty; --events needs a CSV file of events.")
    return "utf-8-sig" if decoder else "latin-1"
