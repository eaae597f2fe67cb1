"""Which changes are found between two states of assertion graphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.differences.states import BASIC, changes

MEMBER = "kt:member id:kazakhstan"
ELSEWHERE = "p:902-p1 a kt:Passage . a:902-p1 kt:passage p:902-p1 ; kt:modality c:planned ."


def test_added_and_removed(tmp_path: Path) -> None:
    more = BASIC.replace(MEMBER, f"{MEMBER}, id:turkiye")
    member = "https://w3id.org/kzturk/id/turkiye"
    assert changes(tmp_path, BASIC, more) == [("added", "kt:member", [], [member])]
    assert changes(tmp_path, more, BASIC) == [("removed", "kt:member", [member], [])]


def test_another_value_in_the_same_assertion_is_a_change(tmp_path: Path) -> None:
    found = changes(tmp_path, BASIC, BASIC.replace("2012-05", "2012-10"))
    assert found == [("changed", "kt:establishedOn", ["2012-05"], ["2012-10"])]


def test_a_value_changed_while_another_document_keeps_the_old_one(tmp_path: Path) -> None:
    other = ELSEWHERE + 'a:902-p1 { id:x kt:establishedOn "2012-05"^^edtf:EDTF . }'
    found = changes(tmp_path, BASIC + other, BASIC.replace("2012-05", "2012-10") + other)
    assert found == [("changed", "kt:establishedOn", ["2012-05"], ["2012-10"])]


def test_another_value_in_another_assertion_of_the_document_is_a_change(tmp_path: Path) -> None:
    moved = BASIC.replace(' kt:establishedOn "2012-05"^^edtf:EDTF ;', "")
    moved += "a:901-p2 kt:passage p:901-p1 ; kt:modality c:fact ."
    moved += 'a:901-p2 { id:x kt:establishedOn "2013"^^edtf:EDTF . }'
    found = changes(tmp_path, BASIC, moved, facts_only=True)
    assert found == [("changed", "kt:establishedOn", ["2012-05"], ["2013"])]


def test_another_value_in_another_document_is_none(tmp_path: Path) -> None:
    moved = BASIC.replace(' kt:establishedOn "2012-05"^^edtf:EDTF ;', "")
    moved += ELSEWHERE + 'a:902-p1 { id:x kt:establishedOn "2013"^^edtf:EDTF . }'
    kinds = [kind for kind, *_ in changes(tmp_path, BASIC, moved, facts_only=True)]
    assert kinds == ["added", "removed"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"A"@en, "B"@tr', '"B2"@tr, "A2"@en', [("changed", ["A"], ["A2"]), ("changed", ["B"], ["B2"])]),
        ('"A"@en', '"B"@tr', [("added", [], ["B"]), ("removed", ["A"], [])]),
        ('"A"', '"A"@en', [("changed", ["A"], ["A"])]),
        (
            '"long name", "other"',
            '"third", "long names"',
            [("changed", ["long name"], ["long names"]), ("changed", ["other"], ["third"])],
        ),
        ('"A"@en', '"B"@en, "A1"@en', [("added", [], ["B"]), ("changed", ["A"], ["A1"])]),
        ("1.50", "1.5", [("changed", ["1.50"], ["1.5"])]),
    ],
)
def test_which_value_came_for_which(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, list[str], list[str]]]
) -> None:
    texts = (f"{ELSEWHERE} a:902-p1 {{ id:y kt:summary {values} . }}" for values in (old, new))
    found = [(kind, was, now) for kind, _, was, now in changes(tmp_path, *texts)]
    assert sorted(found) == sorted(expected)


def test_a_fact_of_another_assertion_is_re_sourced(tmp_path: Path) -> None:
    other = ELSEWHERE + "a:902-p1 { id:x kt:member id:kazakhstan . }"
    kazakhstan = "https://w3id.org/kzturk/id/kazakhstan"
    found = changes(tmp_path, BASIC, BASIC + other, facts_only=True)
    assert found == [("re-sourced", "kt:member", [kazakhstan], [kazakhstan])]


def test_facts_whose_assertion_names_another_passage_are_re_sourced(tmp_path: Path) -> None:
    found = changes(tmp_path, BASIC, BASIC.replace("kt:passage p:901-p1", "kt:passage p:901-p2"))
    assert [kind for kind, *_ in found] == ["re-sourced"] * 5 + ["metadata"]


@pytest.mark.parametrize(
    ("was", "now", "name"),
    [
        ("kt:modality c:fact", "kt:modality c:planned", "kt:modality"),
        ("kt:modality c:fact", "kt:modality c:fact ; kt:voice id:turkiye", "kt:voice"),
        ("kt:modality c:fact", 'kt:modality c:fact ; kt:note "Unsure."@en', "kt:note"),
        ("kt:modality c:fact", "kt:modality c:fact ; kt:status c:erroneous", "kt:status"),
        ("kt:Passage ;", "kt:Passage ; kt:number 1 ;", "kt:number"),
    ],
)
def test_metadata(tmp_path: Path, was: str, now: str, name: str) -> None:
    found = changes(tmp_path, BASIC, BASIC.replace(was, now))
    assert [(kind, key) for kind, key, *_ in found] == [("metadata", name)]
    assert changes(tmp_path, BASIC, BASIC.replace(was, now), facts_only=True) == []


def test_a_broken_pattern_can_be_compared(tmp_path: Path) -> None:
    broken = 'a:901-p9 { id:v a kt:Visit ; kt:date "soon"^^edtf:EDTF ; nope:x [] . }'
    broken += "a:905-p1 kt:modality c:fact, c:planned ."
    found = changes(tmp_path, BASIC, "@prefix nope: <http://nope/> .\n" + BASIC + broken)
    assert {name for _, name, *_ in found} == {"rdf:type", "kt:date", "http://nope/x", "kt:modality"}


def test_one_entity(tmp_path: Path) -> None:
    other = ELSEWHERE + "a:902-p1 { id:y kt:partner id:x . id:z kt:partner id:y . }"
    found = changes(tmp_path, BASIC, BASIC + other, entity="konsey", facts_only=True)
    assert found == [("added", "kt:partner", [], ["https://w3id.org/kzturk/id/x"])]
    assert len(changes(tmp_path, BASIC, BASIC + other, entity="902-p1", facts_only=True)) == 2
    assert changes(tmp_path, BASIC, BASIC + other, entity="turkiye") == []
