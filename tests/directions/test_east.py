"""The east: insecurity draws in the other partner, overlap breeds incidents, channels settle them (R22, R23, R24).

One chain, judged link by link: baseline for half a year, then the Islamic State triples its strength; 36 months.
"""

import numpy as np

from directions.paired import rises
from directions.runs import Decision, Run, run
from directions.settings import DESERT, EAST, NO_BARGAINS, obedience
from sim.model.state.parameters import Change

RETURNS = (Decision(6, "islamic_state.strength", Change("set", 3.0)),)


def pair() -> tuple[Run, Run]:
    """The same worlds without and with the return of the Islamic State."""
    return run(worlds=192), run(worlds=192, decisions=RETURNS)


def test_nothing_differs_before_the_return() -> None:
    """The chain starts with the scripted return, in no world before it."""
    usual, returns = pair()
    assert np.array_equal(usual.within("force_russia", EAST)[:6], returns.within("force_russia", EAST)[:6])
    rises("attacks", usual.total("attacks_islamic_state"), returns.total("attacks_islamic_state"))


def test_resurgence_draws_russia_east() -> None:
    """R22 R73: when attacks rose again, Russian forces came: more Russia-backed force in the east."""
    usual, returns = (r.within("force_russia", EAST)[7:].mean(axis=0) for r in pair())
    rises("Russia-backed force in the east", usual, returns)


def test_resurgence_draws_russia_where_attacks_rise() -> None:
    """R22 R73: insecurity draws Russia in: more Russia-backed force in the desert as a whole, central desert included."""
    usual, returns = (r.within("force_russia", DESERT)[7:].mean(axis=0) for r in pair())
    rises("Russia-backed force in the desert", usual, returns)


def test_resurgence_breeds_incidents_in_the_east() -> None:
    """R23 R61: as Russia's presence there grew, disagreements arose: more incidents in the east."""
    usual, returns = (r.within("incidents", EAST).sum(axis=0) for r in pair())
    rises("incidents in the east", usual, returns)


def test_incidents_get_settled() -> None:
    """R23 R24: in the end the dispute was settled: more of the east settled. 60 months, for talks come after incidents.

    Provinces of the east under an agreed primacy, averaged over the months: agreements fade, so the last month alone tells less. Not more
    bargains: a province is exchanged once as long as that lasts, so more disputes bring an exchange about sooner, and about the east.
    """
    usual, returns = (run(worlds=192, months=60, decisions=decisions) for decisions in ((), RETURNS))
    east = [usual.iso.index(code) for code in EAST]
    settled = (np.abs(r.province["primacy"][:, east]).sum(axis=1).mean(axis=0) for r in (usual, returns))
    rises("agreed primacy in the east", *settled)


def test_obedient_groups_hand_over_more() -> None:
    """R24: posts change hands when groups follow their partners: more obedience, more force leaves what was agreed away.

    Baseline, 36 months, the partners' groups half as obedient as usual against wholly obedient.
    """
    wilful, obedient = run(*obedience("{scale: 0.5}")), run(*obedience("1"))
    rises("hand-overs", wilful.total("hand_overs"), obedient.total("hand_overs"))


def test_without_bargains_nothing_is_handed_over() -> None:
    """R24: hand-overs come of bargains alone: with no readiness to bargain and no commission there is none. 36 months."""
    assert (run(*NO_BARGAINS).total("hand_overs") == 0.0).all()
