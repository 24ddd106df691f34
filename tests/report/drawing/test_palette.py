"""Colours: one a power, apart from each other for every eye, and readable under text."""

from itertools import combinations

import numpy as np
import pytest

from sim.model.observation.measure_catalogue import OUTCOME_WORDS, OUTCOMES, SPHERES, TERRITORIES
from sim.report.drawing import palette

SIGHT = {  # Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB
    "normal": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
}
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])


def lab(colour: str, sight: np.ndarray) -> np.ndarray:
    """CIE Lab of a colour as an eye sees it."""
    c = np.array(palette.rgb(colour)) / 255
    linear = np.clip(sight @ np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4), 0, 1)
    xyz = XYZ @ linear / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHT)
def test_no_two_spheres_look_alike_to_any_eye(sight: str) -> None:
    for one, other in combinations(palette.SPHERES, 2):
        apart = np.linalg.norm(lab(palette.SPHERES[one], SIGHT[sight]) - lab(palette.SPHERES[other], SIGHT[sight]))
        assert apart > 20, (one, other, apart)


@pytest.mark.parametrize("sight", SIGHT)
def test_doubt_never_makes_one_partner_look_like_another_sphere(sight: str) -> None:
    for partner in ("russia", "iran"):
        for other in palette.SPHERES:
            for share in (0.5, 0.7, 1.0) if other != partner else ():
                one, two = (lab(palette.faded(palette.SPHERES[s], share), SIGHT[sight]) for s in (partner, other))
                assert np.linalg.norm(one - two) > 8, (partner, other, share)


@pytest.mark.parametrize("sight", SIGHT)
def test_contested_ground_never_looks_like_the_government_s_however_few_worlds_agree_on_either(sight: str) -> None:
    shares = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    contested, government = (
        [lab(palette.faded(palette.SPHERES[sphere], share), SIGHT[sight]) for share in shares] for sphere in ("contested", "government")
    )
    assert min(float(np.linalg.norm(one - other)) for one in contested for other in government) > 10


@pytest.mark.parametrize("sight", SIGHT)
def test_holders_and_fields_look_apart_to_any_eye_and_in_print(sight: str) -> None:
    for colours in (palette.HOLDERS, palette.FIELDS):
        for one, other in combinations(colours.values(), 2):
            assert np.linalg.norm(lab(one, SIGHT[sight]) - lab(other, SIGHT[sight])) > 20, (one, other)
            assert abs(lab(one, SIGHT["normal"])[0] - lab(other, SIGHT["normal"])[0]) > 5, (one, other)  # lightness, in grey


def test_every_class_has_a_colour_and_words() -> None:
    assert tuple(palette.SPHERES) == SPHERES
    assert tuple(palette.OUTCOMES) == tuple(OUTCOME_WORDS) == OUTCOMES
    assert tuple(palette.TERRITORIES) == TERRITORIES


def test_a_power_keeps_its_colour_in_outcomes_and_indices() -> None:
    assert (
        palette.OUTCOMES["russian_primacy"]
        == palette.SPHERES["russia"]
        == palette.measure_colour("dependence_russia")
        == palette.measure_colour("russia_force")
    )
    assert palette.OUTCOMES["iranian_primacy"] == palette.SPHERES["iran"] == palette.measure_colour("contracts_iran")
    assert palette.OUTCOMES["government_recentred"] == palette.SPHERES["government"]
    assert palette.measure_colour("overlap") == palette.INK


def test_doubt_pales_from_full_to_nearly_white() -> None:
    shades = [palette.luminance(palette.faded(palette.SPHERES["russia"], share)) for share in (1.0, 0.8, 0.6, 0.4, 0.3)]
    assert shades == sorted(shades)
    assert palette.faded("#123456", 1.0) == "#123456"
    assert palette.faded("#123456", 0.1) == palette.faded("#123456", 0.3) != palette.PAPER


def test_text_reads_on_every_sphere_at_every_doubt() -> None:
    for colour in (*palette.SPHERES.values(), *palette.OUTCOMES.values(), *palette.TERRITORIES.values()):
        for share in (0.2, 0.4, 0.6, 0.8, 1.0):
            ground = palette.faded(colour, share)
            assert palette.contrast(palette.ink_on(ground), ground) > 3.9, (colour, share)


def test_contrast_of_black_and_white_is_the_known_21() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21.0)
