"""`spheres find`: anything by its words, the best first, and what is nearest where nothing has them."""

from pathlib import Path

import pytest
from command_line import typed

from sim.experiment.run_settings import SettingsError
from sim.explain.findable import KINDS
from sim.explain.lookup import UnknownName, explain, index, normalised
from sim.explain.word_search import WordIndex, by_kind, find
from sim.provenance.register import Register


@pytest.fixture(scope="module")
def words(register: Register) -> WordIndex:
    return WordIndex(register)


def keys(text: str, words: WordIndex, kind: str = "parameter") -> list[str]:
    return [thing.key for thing in by_kind(find(text, words)).get(kind, [])]


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        ("sanctions", "parameter", "united_states.sanctions"),
        ("sanctions", "scenario", "sanctions_lifted"),
        ("Hezbollah", "parameter", "groups.hezbollah.manpower"),
        ("hezbollah", "armed group", "hezbollah"),
        ("golan", "scenario", "golan_agreement_enforced"),
        ("R43", "claim", "R43"),
        ("primacy", "outcome", "russian_primacy"),
        ("friction military", "measure", "friction_military"),
        ("turkey", "actor", "turkey"),
    ],
)
def test_each_kind_is_found_by_any_word(text: str, kind: str, first: str, words: WordIndex) -> None:
    assert keys(text, words, kind)[0] == first


def test_names_come_before_meanings_and_meanings_before_sources(words: WordIndex) -> None:
    found = keys("sanctions", words)
    name, meaning, source = "contract.sanctions", "coordinate.evasion_pace", "contract.others.oil_gas"
    assert found.index(name) < found.index(meaning) < found.index(source)


def test_all_words_are_required_in_any_order_and_place(words: WordIndex) -> None:
    both = keys("iran budget", words)
    assert both == keys("budget iran", words) and both[0] == "iran.means.budget"
    assert set(both) == set(keys("iran", words)) & set(keys("budget", words))


@pytest.mark.parametrize("text", ["Sanction", "sanctions", "SANCTIONS", "sánctions"])
def test_plurals_capitals_and_accents_do_not_matter(text: str, words: WordIndex) -> None:
    assert keys(text, words) == keys("sanction", words)


def test_typos_get_the_nearest_words(words: WordIndex) -> None:
    with pytest.raises(SettingsError, match=r"Nearest words: hezbollah"):
        find("hezbolah", words)
    with pytest.raises(SettingsError, match="Try a part of it, or another word"):
        find("xyzzy", words)
    with pytest.raises(SettingsError, match="Give fewer words: all of them are required"):
        find("golan tenders quality", words)
    with pytest.raises(SettingsError, match="has no word to look for"):
        find("!?", words)


def test_every_thing_can_be_found_by_its_name_and_explained(register: Register, words: WordIndex) -> None:
    known = index(register)
    for thing, _ in words._things:
        assert thing.kind in KINDS and "\n" not in thing.line and thing.line.split()[0]
        if not thing.key.startswith("effort_"):  # efforts by goal are columns, explained with their interest
            assert normalised(thing.key) in known, thing.key


def test_explain_lists_what_has_a_word_that_is_no_name(register: Register) -> None:
    with pytest.raises(UnknownName) as caught:
        explain("sanctions", register)
    first, second, *rest = str(caught.value).splitlines()
    assert first.startswith("'sanctions' was not found in the model. Did you mean 'contract.sanctions'")
    assert second == "These have it in their name, meaning or source:" and len(rest) == 9
    assert rest[0].startswith("  united_states.sanctions = 0.7 share") and rest[-1].endswith("more: spheres find sanctions")
    with pytest.raises(UnknownName) as caught:
        explain("promsyrioimport", register)
    assert str(caught.value).startswith("No name is 'promsyrioimport', but these have it:\n  R34 (mechanism)") or "start.evasion" in str(
        caught.value
    )


def test_the_command_prints_kinds_with_their_numbers_and_how_many_more(tmp_path: Path) -> None:
    answer = typed(tmp_path, "find", "assumed")
    assert (
        answer.exit_code == 0
        and "parameters\n  choice.selectivity = " in answer.stdout
        and "more; another word narrows it down." in answer.stdout
    )
    assert all(len(line) <= 100 or "http" in line for line in answer.stdout.splitlines())
    answer = typed(tmp_path, "find", "Caesar", "Act")
    assert "Two claims" in answer.stdout or "One claim" in answer.stdout
    assert "united_states.sanctions = 0.7 share (0.5 to 0.9), inferred" in answer.stdout and "spheres explain NAME" in answer.stdout


def test_what_is_not_found_ends_with_status_2(tmp_path: Path) -> None:
    answer = typed(tmp_path, "find", "hezbolah")
    assert answer.exit_code == 2 and answer.stdout == "" and answer.stderr.count("\n") == 1 and not list(tmp_path.iterdir())
