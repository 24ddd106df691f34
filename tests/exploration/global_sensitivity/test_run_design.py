"""The rows of the design: what is exchanged and what is not, and that a longer design begins with a shorter one."""

from pathlib import Path

import numpy as np
import pytest

from sim.experiment.storage.derived_tables import DamageNotice
from sim.exploration.global_sensitivity.row_store import RowStore
from sim.exploration.global_sensitivity.run_design import LUCKS, PAIRS, POINTS, batches, n_sets, sizes
from sim.exploration.outcome import parse_outcome
from sim.scenario import Scenario

GROUPS = {"one": ("israel.strike_rate", "israel.escalation"), "two": ("fight.cost",)}


def test_pairs_exchange_one_group_at_a_time_and_luck_alone() -> None:
    (batch,) = [batch for batch in batches(200, GROUPS, seed=1) if batch.kind == PAIRS]
    assert len(batch.rows) == batch.n * n_sets(GROUPS) and len(np.unique(batch.rows.luck)) == 2 * batch.n
    u = {path: batch.folded(row) for path, row in batch.rows.quantiles.items()}
    luck = batch.folded(batch.rows.luck)
    a, b, c, one, two = range(5)
    for path, row in u.items():
        assert (row[a] == row[c]).all() and (row[a] != row[b]).all()
        assert (row[one] == row[b if path in GROUPS["one"] else a]).all() and (row[two] == row[b if path in GROUPS["two"] else a]).all()
    assert (luck[a] == luck[b]).all() and (luck[a] != luck[c]).all() and (luck[c:] == luck[c]).all()


def test_points_have_several_lucks_of_their_own() -> None:
    (batch,) = [batch for batch in batches(200, GROUPS, seed=1) if batch.kind == POINTS]
    assert len(np.unique(batch.rows.luck)) == len(batch.rows) == batch.n * LUCKS
    for row in batch.rows.quantiles.values():
        folded = batch.folded(row)
        assert (folded == folded[:, :1]).all() and len(np.unique(folded)) == batch.n


def test_a_longer_design_begins_with_the_batches_of_a_shorter_one() -> None:
    short, long = (batches(n, GROUPS, seed=1) for n in (2_600, 9_000))
    kept = {batch.rows.digest() for batch in long}
    whole = [batch for batch in short if len(batch.rows) >= 470]
    assert len(whole) >= 3 and all(batch.rows.digest() in kept for batch in whole)
    points, pairs = sizes(9_000, GROUPS)
    assert sum(batch.n for batch in long if batch.kind == POINTS) == points and sum(b.n for b in long if b.kind == PAIRS) == pairs
    assert batches(2_600, GROUPS, seed=2)[0].rows.digest() != short[0].rows.digest()


def test_no_two_batches_share_luck() -> None:
    luck = np.concatenate([np.unique(batch.rows.luck) for batch in batches(5_000, GROUPS, seed=1)])
    assert len(luck) == len(np.unique(luck))


def test_stored_rows_are_read_back_and_damage_is_said(tmp_path: Path, baseline: Scenario) -> None:
    store, rows = RowStore(tmp_path / "rows", baseline, 1), batches(200, GROUPS, seed=1)[0].rows
    outcome = parse_outcome("balance")
    assert store.read(rows, [outcome.quantity]) is None
    values = np.random.default_rng(1).random((len(store.quantities), len(rows)))
    store.write(rows, values)
    found = store.read(rows, [outcome.quantity])
    assert found is not None and np.array_equal(found[0], values[store.quantities.index(outcome.quantity)].astype(np.float32))
    path = store.path(rows)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    with pytest.warns(DamageNotice, match="run again"):
        assert store.read(rows, [outcome.quantity]) is None
    assert not store.has(rows)


def test_only_rows_of_other_versions_are_swept(tmp_path: Path, baseline: Scenario) -> None:
    store, rows = RowStore(tmp_path, baseline, 1), batches(200, GROUPS, seed=1)[0].rows
    store.write(rows, np.zeros((len(store.quantities), len(rows))))
    other, foreign = tmp_path / f"{'0' * 8}-{'1' * 20}.rows", tmp_path / "mine.rows"
    for path in (other, foreign):
        path.write_text("x")
    store.sweep()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([store.path(rows).name, "mine.rows"])
    assert RowStore(tmp_path, baseline, 2).path(rows) != store.path(rows) != RowStore(tmp_path, baseline.with_months(9), 1).path(rows)
