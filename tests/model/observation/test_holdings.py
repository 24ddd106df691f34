"""What is left of the partners' holdings after a fall: contracts one by one, forces and roots as far as they are no more than before."""

from types import SimpleNamespace

import numpy as np

from sim.model.observation.holdings import holdings_after_fall
from sim.model.observation.measure_catalogue import HOLDINGS
from sim.model.state.dimensions import NOBODY, Bidder, Partner


def world(fallen: float, holder: list[int], force: list[float], roots: list[float], records: SimpleNamespace) -> SimpleNamespace:
    """Two equal worlds with three contracts and two provinces, the first with bases; both partners have the same force and roots."""

    def column(values: list[float]) -> np.ndarray:
        return np.repeat(np.array(values, dtype=float)[:, np.newaxis], 2, axis=1)

    holders = column(holder).astype(np.int8)
    state = SimpleNamespace(
        fallen=np.full(2, fallen), holder=holders, in_force=holders != NOBODY, roots=np.stack([column(roots)] * len(Partner))
    )
    return SimpleNamespace(
        state=state,
        perceived=SimpleNamespace(force=np.stack([column(force)] * len(Partner))),
        provinces=SimpleNamespace(traits={"bases": np.array([[1.0], [0.0]])}),
        records=records,
    )


def test_what_stood_the_month_before_is_compared_with_what_is_left() -> None:
    records = SimpleNamespace(before_fall={})
    russia, iran, others = (int(Bidder[name]) for name in ("RUSSIA", "IRAN", "OTHERS"))
    standing = holdings_after_fall(world(0.0, [russia, russia, russia], [4.0, 2.0], [0.5, 0.2], records))
    assert set(standing) == {measure.name for measure in HOLDINGS} and not any(row.any() for row in standing.values())
    fallen = holdings_after_fall(world(1.0, [russia, iran, NOBODY], [1.0, 3.0], [0.6, 0.1], records))
    later = holdings_after_fall(world(1.0, [NOBODY, others, others], [0.0, 0.0], [0.0, 0.0], records))
    known = {name: row[0] for name, row in fallen.items()}
    assert (known["before_fall_contracts_russia"], known["kept_contracts_russia"], known["passed_contracts_russia"]) == (3, 1, 1)
    assert (known["before_fall_force_russia"], known["kept_force_russia"]) == (6.0, 3.0)  # what grew elsewhere makes up for no loss
    assert (known["before_fall_base_force_russia"], known["kept_base_force_russia"]) == (4.0, 1.0)
    assert np.isclose(known["kept_roots_russia"], 0.6) and known["before_fall_contracts_iran"] == known["kept_contracts_iran"] == 0
    assert later["before_fall_force_russia"][0] == 6.0 and later["kept_force_russia"][0] == 0.0 and later["passed_contracts_russia"][0] == 2
