"""Where parameters act: known places, and a check of every place against the line that it names."""

import re
from pathlib import Path

import pytest

from sim.model.observation.measure_catalogue import PROVINCE, WHOLE
from sim.model.processes.coordination import CoordinationParameters
from sim.model.state.event_log import KINDS
from sim.model.state.group_table import GroupTraits
from sim.provenance.project_paths import Project
from sim.provenance.register import Register
from sim.provenance.usage import declaration, declaration_location, event_locations, measure_locations, readers

PROJECT = Project()
LINES: dict[str, list[str]] = {}


def line(file: str, number: int) -> str:
    """A line of a file of the project."""
    if file not in LINES:
        LINES[file] = (PROJECT.root / file).read_text(encoding="utf-8").splitlines()
    return LINES[file][number - 1]


def test_a_path_leads_to_its_section_and_field() -> None:
    assert declaration("coordinate.carry_over") == (CoordinationParameters, "carry_over")
    assert declaration("groups.hezbollah.obedience") == (GroupTraits, "obedience")
    with pytest.raises(KeyError):
        declaration("coordinate.carry_ower")


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("coordinate.carry_over", {"sim/model/processes/coordination.py step", "sim/model/schedule.py month"}),
        ("iran.interests.regime_survival", {"sim/model/actors/partner_goals.py regime_survival"}),
        ("russia.interests.standing", {"sim/model/actors/partner_goals.py standing", "sim/model/actors/partner.py PartnerActor.act"}),
        ("russia.heed", {"sim/model/actors/partner_goals.py israel_balance"}),
        ("russia.enrolment", {"sim/model/processes/entrenchment.py step"}),
        ("iran.means.militia_share", {"sim/model/actors/partner.py sustained_manpower"}),
        ("russia.skill.air", {"sim/model/actors/partner.py PartnerActor.appraise"}),
        ("contract.russia.power", {"sim/model/processes/tenders.py sector_strength"}),
        ("groups.hezbollah.mobility", {"sim/model/processes/deployment.py step"}),
        ("zones.south.strength", {"sim/model/processes/offensive_choice.py barriers"}),
    ],
)
def test_known_parameters_are_read_where_they_are_read(path: str, where: set[str]) -> None:
    assert where <= {f"{place.file} {place.name}" for place in readers(path, PROJECT)}


def test_two_parameters_of_one_name_are_told_apart() -> None:
    strike, bargain = readers("strike.memory", PROJECT), readers("bargain.memory", PROJECT)
    assert {place.file for place in strike} == {"sim/model/processes/air_strikes.py"}
    assert {place.file for place in bargain} == {"sim/model/processes/bargaining.py"}


def test_every_place_names_a_line_that_holds_the_parameter(register: Register) -> None:
    for path in register.baseline.settings:
        name = path.rsplit(".", 1)[1]
        declared = declaration_location(path, PROJECT)
        assert line(declared.file, declared.line).strip().startswith(f"{name}: Row"), path
        places = readers(path, PROJECT)
        assert places, path
        for place in places:
            assert re.search(rf".{name}\b|\"{name}\"|getattr\(|f\"start", line(place.file, place.line)), f"{path}: {place}"


def test_every_measure_is_computed_somewhere() -> None:
    for measure in (*PROVINCE, *WHOLE):
        assert measure_locations(measure.name, PROJECT), measure.name


def test_every_kind_of_event_arises_somewhere() -> None:
    for kind in KINDS:
        places = event_locations(kind.name, PROJECT)
        assert places, kind.name
        assert all((PROJECT.root / Path(place.file)).is_file() for place in places)
