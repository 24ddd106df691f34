"""Strikes and shields (R20, R25, R27)."""

from directions.paired import falls, rises
from directions.runs import run
from directions.settings import NO_BARGAINS, SOUTH


def test_strikes_attrit_and_do_not_dislodge() -> None:
    """R20 R27: more Israeli strikes, less Iran-backed force in the south, but no end of it.

    Baseline without bargains, 36 months: with bargains on, less presence means fewer incidents and so fewer hand-overs, which can turn
    the sign. Usual strikes against three times as many.
    """
    usual, many = run(*NO_BARGAINS), run(*NO_BARGAINS, "israel.strike_rate={scale: 3}")
    rises("strikes", usual.total("strikes"), many.total("strikes"))
    before, after = usual.within("force_iran", SOUTH)[-1], many.within("force_iran", SOUTH)[-1]
    falls("Iran-backed force in the south", before, after)
    assert (after > 0.5 * before).all(), "strikes dislodge Iran from the south"
    falls("Iran-backed force inside 83 km", usual.last("exclusion_force"), many.last("exclusion_force"))


def test_a_shield_holds_off_some_strikes() -> None:
    """R25: with a shield above zero there are fewer strikes, not none. Baseline, 36 months, no shield against 0.6."""
    bare, shielded = run("strike.shield=0"), run("strike.shield=0.6")
    falls("strikes", bare.total("strikes"), shielded.total("strikes"))
    assert (shielded.total("strikes") > 0.5 * bare.total("strikes")).all(), "the shield ends strikes"


def test_more_mixing_holds_off_more() -> None:
    """R25: where mixing shields, an Iran that cares more for a shield mixes more and is struck less.

    Baseline with a shield of 0.6, 36 months, Iran's interest in a shield fourfold.
    """
    usual = run("strike.shield=0.6")
    mixing = run("strike.shield=0.6", "iran.interests.shield={scale: 4}")
    falls("strikes", usual.total("strikes"), mixing.total("strikes"))
    assert (mixing.total("strikes") > 0.0).all(), "mixing ends strikes"


def test_without_a_shield_mixing_saves_less() -> None:
    """R25: the range of the shield includes none; then mixing must spare Iran less than with one. Baseline, 36 months.

    Not nothing: effort that goes into mixing is missed elsewhere, and less presence draws fewer strikes.
    """
    spared = [
        run(f"strike.shield={shield}").total("strikes")
        - run(f"strike.shield={shield}", "iran.interests.shield={scale: 4}").total("strikes")
        for shield in (0, 0.6)
    ]
    rises("strikes spared by mixing", *spared)
