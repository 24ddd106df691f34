"""`explain` answers for every name of every kind, and helps with what it does not know."""

import re

import pytest

from sim.experiment.run_settings import SettingsError
from sim.explain.answer import Answer, lines
from sim.explain.lookup import TOPICS, UnknownName, all_names, explain, index, normalised, similar_names
from sim.explain.topics import event_topic
from sim.provenance.register import Register


def text(told: Answer) -> str:
    """An answer as it is laid out."""
    return "\n".join(line for line, _ in lines(told, 100))


def only(word: str, register: Register) -> str:
    """The one meaning of a word."""
    answers = explain(word, register, with_results=False)
    assert len(answers) == 1, [told.title for told in answers]
    return text(answers[0])


@pytest.mark.parametrize("kind", TOPICS, ids=lambda kind: kind.name)
def test_every_name_of_every_kind_is_answered(kind: object, register: Register) -> None:
    names = kind.names(register)  # type: ignore[attr-defined]
    assert names
    for key in dict.fromkeys(names.values()):
        told = kind.describe(register, key)  # type: ignore[attr-defined]
        assert told.title and told.length > 40 and all(part.items for part in told.passages), key
        assert not re.search(r"\bNode\(|: None\b|\{", text(told)) or kind is event_topic.TOPIC, key


def test_every_name_leads_to_an_answer(register: Register) -> None:
    meanings = index(register)
    for name in all_names(register):
        assert meanings[normalised(name)], name


def test_a_claim_tells_report_and_reading_apart_and_what_rests_on_it(register: Register) -> None:
    told = only("r43", register)
    for part in (
        "The report: What the two learned",
        "Our reading, not part of the report: skill carries over",
        "coordinate.carry_over = 0.4 share (0.1 to 0.8)",
        "sim/model/processes/coordination.py:",
        "grown_channels",
        "bargain_iran",
        "learning_stays_military",
    ):
        assert part in told, part


def test_a_parameter_tells_value_range_source_place_and_scenarios(register: Register) -> None:
    told = " ".join(only("iran.interests.militia_entrenchment", register).split())
    for part in (
        "Central value: 1 weight",
        "from 0.5 to 1.6",
        "Grade: inferred",
        "R11: its own aim",
        "R11 (state): Iran's aim is a different one",
        "Unmet as far as it is not rooted in the areas of entrenchment; at stake there, in government territory",
        "Served by: militias, roots, force of its groups",
        "declared in sim/model/actors/partner.py:",
        "read by sim/model/actors/partner_goals.py:",
        "militias_first: times 2",
    ):
        assert part in told, part


def test_an_interest_that_nobody_pursues_says_so(register: Register) -> None:
    told = " ".join(only("iran.interests.order", register).split())
    assert "not pursued in the baseline; a scenario may give it a weight" in told
    assert "Unmet as far as the Islamic State is active in government territory where, of the partners, only the other is" in told
    fixed = " ".join(only("iran.exposed", register).split())
    assert "the same in every world." in fixed and "definition" not in fixed
    assert "because it is part of a definition" in " ".join(only("definitions.agreed", register).split())


def test_an_actor_and_its_interests_leave_out_what_it_does_not_pursue(register: Register) -> None:
    actor, section = (" ".join(text(explain(word, register, with_results=False)[-1]).split()) for word in ("iran", "iran.interests"))
    for told in (actor, section):
        assert "iran.interests.shield = 0.5 weight (0.2 to 0.9), inferred: a shield against strikes (R25). Unmet as far as" in told
        assert "(weight 0) army_reform, leverage, limit_militias, standing, israel_balance, order, bases" in told
        assert "iran.interests.order" not in told
    assert "Not pursued" not in " ".join(only("sdf.interests", register).split())


def test_a_number_that_is_ours_says_so(register: Register) -> None:
    assert "the number and the rule behind it are ours" in " ".join(only("coordinate.forgetting", register).split())
    assert "are ours" not in only("coordinate.carry_over", register)


def test_a_province_tells_who_is_there(register: Register) -> None:
    told = " ".join(only("SY-DY", register).split())
    for part in ("the SDF 50.1 %", "Kata'ib Hezbollah 85 %", "Iran 0.38", "al-Omar field", "Borders: Hasakah, Homs, Raqqa"):
        assert part in told, part
    assert only("sy-dy", register) == only("SY-DY", register)


def test_a_group_a_scenario_a_zone_and_a_class(register: Register) -> None:
    assert "Manpower: 6.5 thousand (5 to 8)" in only("Hezbollah", register)
    assert "coordinate.framework set to 0.8" in only("investment_framework", register)
    assert "Homs, Rif Dimashq" in only("tanf", register)
    assert "definitions.delimited = 0.45" in only("delimited_agreed", register)
    assert "sim/model/observation/classification.py" in only("delimitation", register)


def test_all_meanings_of_a_word_are_told_the_shortest_first(register: Register) -> None:
    answers = explain("Iran", register, with_results=False)
    assert {told.title.split(", ")[1].split(" with")[0] for told in answers} >= {"an actor", "a sphere"}
    assert [told.length for told in answers] == sorted(told.length for told in answers)


@pytest.mark.parametrize("word", ["Deir ez-Zor", "deir EZ-zor", "deir_ez_zor"])
def test_capitals_spaces_and_dashes_do_not_matter(word: str, register: Register) -> None:
    assert "a province" in " ".join(told.title for told in explain(word, register, with_results=False))


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("iran.interests.militia_entrenchmnt", "'iran.interests.militia_entrenchment'"),
        ("carry_over", "'coordinate.carry_over'"),
        ("R99", "'R"),
        ("Hezbolah", "'Hezbollah'"),
        ("lattakia", "'Latakia'"),
    ],
)
def test_near_misses_are_offered(word: str, offered: str, register: Register) -> None:
    with pytest.raises(UnknownName) as caught:
        explain(word, register)
    assert f"'{word}' was not found in the model. Did you mean {offered}" in str(caught.value)


def test_a_word_like_nothing_gets_examples(register: Register) -> None:
    with pytest.raises(UnknownName, match=r"Try a claim \(R43\)"):
        explain("zzzzqqqq", register)


def test_at_most_three_names_are_offered_and_none_far_from_the_nearest() -> None:
    assert similar_names("abcdef", ["abcdeg", "abcdeh", "abcdei", "abcdej"]) == ["abcdej", "abcdei", "abcdeh"]
    assert similar_names("abcdef", ["abcdeg", "abcxyg"]) == ["abcdeg"]
    assert similar_names("memory", ["strike.memory", "bargain.memory", "memories"]) == ["bargain.memory", "strike.memory"]


def test_no_line_is_wider_than_asked_unless_an_address_is(register: Register) -> None:
    for word in ("R43", "SY-DY", "iran"):
        for told in explain(word, register, with_results=False):
            assert all(len(line) <= 80 or "http" in line for line, _ in lines(told, 80))


def test_claims_and_parameters_are_also_told_by_results(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.validation.claim_ablation import claim_ablation
    from sim.validation.sensitivity import sensitivity_report

    monkeypatch.setattr(sensitivity_report, "explanation", lambda subject: [f"depends {subject}"])
    monkeypatch.setattr(claim_ablation, "explanation", lambda subject: [f"wrong {subject}", "  and so on", "  and so on"])
    claim, parameter, zone = (text(explain(word, register)[0]) for word in ("R43", "coordinate.carry_over", "tanf"))
    assert "depends R43" in claim and "  - wrong R43\n    - and so on\n    - and so on" in claim
    assert "depends coordinate.carry_over" in parameter and "wrong coordinate" not in parameter
    assert "depends" not in zone


def test_results_that_cannot_be_read_cost_only_themselves(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.validation.sensitivity import sensitivity_report

    def fails(subject: str) -> list[str]:
        raise SettingsError("results/default is not whole")

    monkeypatch.setattr(sensitivity_report, "explanation", fails)
    told = text(explain("coordinate.carry_over", register)[0])
    assert "Central value" in told and "Not available: results/default is not whole" in told
