"""A chunk's file: what was written is read, and nothing else is ever taken for it."""

import errno
import io
import json
import pickle
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiment.fake_model import FakeModel, scenario
from sim.experiment.recording.chunk import Chunk, ChunkJob, run_chunk
from sim.experiment.recording.histograms import Layout, Series
from sim.experiment.recording.world_tables import ROW_TABLES, table_columns
from sim.experiment.storage import chunk_layout, chunk_writer
from sim.experiment.storage.chunk_container import NotWhole, content, joined, members
from sim.experiment.storage.chunk_reader import ChunkFile, DamagedChunk
from sim.experiment.storage.chunk_store import ChunkStore

JOB = ChunkJob(scenario(months=2), 3, 4, 1, True, FakeModel)
NAME = "0000003-0000006.key.zip"
BASE = chunk_writer.ABOUT


@pytest.fixture(scope="module")
def chunk() -> Chunk:
    """A few worlds of the fake model."""
    return run_chunk(JOB)


@pytest.fixture(scope="module")
def packed(chunk: Chunk) -> bytes:
    """The bytes of its file."""
    return chunk_writer.packed(chunk, "key")


@pytest.fixture(scope="module")
def contents(packed: bytes) -> dict[str, bytes]:
    """Its members."""
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[bytes], ChunkFile]:
    """Writes the bytes of a chunk's file under its name."""

    def write(whole: bytes) -> ChunkFile:
        path = tmp_path / NAME
        path.write_bytes(whole)
        return ChunkFile(path)

    return write


def parts(file: ChunkFile) -> list[Callable[[], Any]]:
    """Every way to read a part of a chunk."""
    arrays = [lambda name=name: file._array(name) for name in chunk_layout.ARRAYS]
    return [lambda: file.about, *(lambda name=name: file.table(name) for name in ROW_TABLES), *arrays]


def read_all(file: ChunkFile) -> list[str]:
    """What every part gives, or DAMAGED; any other error is a fault of the reader."""
    found = []
    for part in parts(file):
        try:
            read = part()
        except DamagedChunk as error:
            assert str(error).startswith(f"{file.path} is missing or damaged (") and str(error).isprintable() and len(str(error)) < 500
            found.append("DAMAGED")
        else:
            found.append(repr(read.tobytes() if isinstance(read, np.ndarray) else read))
    return found


def test_what_was_written_is_read(chunk: Chunk, packed: bytes, written: Callable[[bytes], ChunkFile]) -> None:
    file = written(packed)
    file.check(JOB)
    for name, array in chunk_writer._arrays(chunk).items():
        read = file.influence_codes() if name == "sway" else file._array(name)
        assert np.array_equal(read, chunk.influence_codes if name == "sway" else array) and read.dtype == array.dtype
    for name, columns in table_columns(chunk).items():
        assert file.table(name).equals(pa.table(columns))
        some = list(columns)[::3]
        assert file.table(name, [*some, "no such column"]).column_names == some
    assert file.about["scenario"] == JOB.scenario.name and list(file.about["provinces"]) == list(chunk.iso)


def test_any_program_for_zip_files_opens_it_and_writes_the_same(packed: bytes, contents: dict[str, bytes]) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as file:
        for name, held in contents.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            file.writestr(entry, held)
    assert whole.getvalue() == packed == joined(contents) and tuple(contents) == chunk_layout.MEMBERS


def test_no_byte_of_headers_and_directory_may_differ(packed: bytes, contents: dict[str, bytes]) -> None:
    places, at = [], 0
    for name, held in contents.items():
        places += range(at, at + 30 + len(name))
        at += 30 + len(name) + len(held)
    places += range(at, len(packed))
    harmed = bytearray(packed)
    for i, place in enumerate(places):
        harmed[place] ^= 1 << i % 8
        with pytest.raises(NotWhole), io.BytesIO(harmed) as file:
            for member in members(file, len(packed), chunk_layout.MEMBERS).values():
                content(file, member)
        harmed[place] = packed[place]


def test_bits_of_the_contents_are_found_by_who_checks_and_by_who_reads_them(packed: bytes, written: Callable[[bytes], ChunkFile]) -> None:
    right = read_all(written(packed))
    rng = np.random.default_rng(1)
    for place in rng.integers(0, len(packed), 60):
        harmed = bytearray(packed)
        harmed[place] ^= 1 << int(rng.integers(8))
        file = written(bytes(harmed))
        with pytest.raises(DamagedChunk):
            file.check(JOB)
        found = read_all(file)
        assert "DAMAGED" in found and all(one in ("DAMAGED", was) for one, was in zip(found, right, strict=True))


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: whole[:-1],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:10],
        lambda whole: b"",
        lambda whole: whole + b"\0",
        lambda whole: b"\0" + whole,
        lambda whole: whole[:-2] + b"\5\0" + b"notes",
        lambda whole: whole + whole,
        lambda whole: bytes(len(whole)),
    ],
)
def test_cut_or_with_something_added_it_is_damaged(
    packed: bytes, written: Callable[[bytes], ChunkFile], harm: Callable[[bytes], bytes]
) -> None:
    file = written(harm(packed))
    with pytest.raises(DamagedChunk):
        file.check(JOB)
    assert set(read_all(file)) == {"DAMAGED"}


def test_members_are_these_and_in_this_order(contents: dict[str, bytes], written: Callable[[bytes], ChunkFile]) -> None:
    fewer, turned = dict(list(contents.items())[:-1]), dict(reversed(contents.items()))
    for other in (fewer, turned, contents | {"notes.txt": b"mine"}, {}):
        with pytest.raises(DamagedChunk):
            written(joined(other)).check(JOB)


@pytest.mark.parametrize("key", chunk_layout.TYPES)
@pytest.mark.parametrize("value", [None, -1, 2**70, 1.5, "x", [], {}, True, {"a": 1}, "gone"])
def test_what_it_says_of_itself_is_checked(
    contents: dict[str, bytes], written: Callable[[bytes], ChunkFile], key: str, value: object
) -> None:
    about = json.loads(contents[BASE])
    if value == "gone":
        del about[key]
    elif about[key] is value:
        value = not value
        about[key] = value
    else:
        about[key] = value
    with pytest.raises(DamagedChunk):
        written(joined(contents | {BASE: json.dumps(about, indent=1).encode()})).check(JOB)


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 200_000, b"1" * 10_000, b'"\xff"', b"null", b" " * 300_000 + b"{}", b"1e999"])
def test_metadata_that_no_parser_can_read_are_damage(
    contents: dict[str, bytes], written: Callable[[bytes], ChunkFile], content: bytes
) -> None:
    file = written(joined(contents | {BASE: content}))
    with pytest.raises(DamagedChunk):
        file.check(JOB)
    assert set(read_all(file)) == {"DAMAGED"}


def test_the_damage_is_named_across_processes_too(tmp_path: Path) -> None:
    with pytest.raises(DamagedChunk) as caught:
        _ = ChunkFile(tmp_path / NAME).about
    error = pickle.loads(pickle.dumps(caught.value))
    assert str(error) == f"{tmp_path / NAME} is missing or damaged (no such file or directory). The same `spheres run` makes it again."
    assert error.path == tmp_path / NAME


def test_another_chunk_is_refused(packed: bytes, tmp_path: Path) -> None:
    for name in ("0000003-0000006.other.zip", "0000003-0000007.key.zip", "0000002-0000006.key.zip", "notes.zip"):
        (tmp_path / name).write_bytes(packed)
        with pytest.raises(DamagedChunk, match="it is another chunk"):
            _ = ChunkFile(tmp_path / name).about
    (tmp_path / NAME).write_bytes(packed)
    for other in (
        ChunkJob(scenario("fixed", months=2), 3, 4, 1, True, FakeModel),
        ChunkJob(scenario(months=3), 3, 4, 1, True, FakeModel),
        ChunkJob(JOB.scenario, 3, 4, 2, True, FakeModel),
        ChunkJob(JOB.scenario, 3, 4, 1, False, FakeModel),
    ):
        with pytest.raises(DamagedChunk, match="it is another chunk"):
            ChunkFile(tmp_path / NAME).check(other)


def parquet(table: pa.Table) -> bytes:
    """A table as a file."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.slice(1),
        lambda table: pa.concat_tables([table, table]),
        lambda table: table.drop_columns(["world"]),
        lambda table: table.append_column("more", table.column("world")),
        lambda table: table.select(table.column_names[::-1]),
        lambda table: table.set_column(1, "world", pa.array([str(i) for i in range(len(table))])),
        lambda table: table.set_column(0, "scenario", table.column("world").cast(pa.float64())),
    ],
)
@pytest.mark.parametrize("name", ROW_TABLES)
def test_tables_have_their_columns_types_and_rows(
    contents: dict[str, bytes], written: Callable[[bytes], ChunkFile], name: str, change: Callable[[pa.Table], pa.Table]
) -> None:
    table = pq.read_table(pa.BufferReader(contents[f"{name}.parquet"]))
    file = written(joined(contents | {f"{name}.parquet": parquet(change(table))}))
    with pytest.raises(DamagedChunk):
        file.check(JOB)
    with pytest.raises(DamagedChunk):
        file.table(name)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"\x28\xb5\x2f\xfd\xff\xff", bytes(900)])
@pytest.mark.parametrize("member", chunk_layout.MEMBERS[1:])
def test_odd_bytes_with_a_right_check_sum_are_damage(
    contents: dict[str, bytes], written: Callable[[bytes], ChunkFile], member: str, content: bytes
) -> None:
    found = read_all(written(joined(contents | {member: content})))
    assert found.count("DAMAGED") == 1


@pytest.mark.parametrize("worlds", [1, 2**16 - 1, 2**16])
def test_counts_are_as_wide_as_their_worlds_need(worlds: int) -> None:
    kind, shape = chunk_layout.shapes(1, 3, worlds)["month_counts"]
    counts = Series(Layout(3), 1, worlds).counts
    assert (kind, shape) == (counts.dtype.str, counts.shape)


def test_months_of_another_length_are_not_added(packed: bytes, written: Callable[[bytes], ChunkFile]) -> None:
    with pytest.raises(DamagedChunk, match="other months"):
        written(packed).add_series(Series(Layout(3), 5, 4))


@pytest.mark.parametrize("member", chunk_layout.MEMBERS)
def test_nothing_large_is_unpacked(contents: dict[str, bytes], written: Callable[[bytes], ChunkFile], member: str) -> None:
    """A member of 40 MB, and an array that unpacks to one of 400 MB: refused before memory is taken."""
    bomb = bytes(pa.Codec("zstd").compress(bytes(400_000_000), asbytes=True)) if member == "events.zst" else None
    for large in filter(None, (bytes(40_000_000), bomb)):
        file = written(joined(contents | {member: large}))
        tracemalloc.start()
        try:
            with pytest.raises(DamagedChunk, match="too large"):
                file.check(JOB)
            assert "DAMAGED" in read_all(file) and tracemalloc.get_traced_memory()[1] < 5_000_000
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize(("worlds", "months"), [(1, 1), (1, 24), (50, 4)])
def test_limits_are_well_above_what_is_written(worlds: int, months: int) -> None:
    job = ChunkJob(scenario(months=months), 0, worlds, 1, True, FakeModel)
    with zipfile.ZipFile(io.BytesIO(chunk_writer.packed(run_chunk(job), "key"))) as file:
        for entry in file.infolist():
            assert entry.file_size < chunk_layout.most_stored(entry.filename, months, 3, worlds) * (
                0.6 if "parquet" in entry.filename else 1
            )


@pytest.mark.parametrize("fault", [OSError(errno.EMFILE, "Too many open files"), PermissionError(errno.EACCES, "no"), MemoryError()])
def test_what_cannot_be_looked_at_is_not_thrown_away(
    packed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """A failure of the machine says nothing of the chunk."""
    store = ChunkStore(tmp_path)
    store.add(JOB, "key", packed)
    assert store.has(JOB, "key")

    def fails(*_: object) -> None:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", fails)
        with pytest.raises(type(fault)):
            store.has(JOB, "key")
    assert store.has(JOB, "key")
